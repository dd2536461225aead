"""The figures of a load test as a table for readers."""

from collections.abc import Mapping
from typing import Any


def load_markdown(result: Mapping[str, Any], file: str = "load.json") -> str:
    """The page of what `python -m eval.bench.load` has measured, whose figures are in this file."""
    memory = result["memory_mib"]
    beside = f"beside one with {result['greedy']['open']} open requests 旁有一人并发提问"
    rows = [
        ("questions answered 已回答", f"{result['answered']:,}"),
        ("answers a second 每秒回答", f"{result['answered'] / result['minutes'] / 60:.1f}"),
        ("turned away with a sentence 请稍候", f"{result['turned_away']:,}"),
        ("errors 错误", f"{sum(result['errors'].values()):,}"),
        ("torn answers 残缺的回答", f"{sum(result['torn'].values()):,}"),
        ("bulletins added or removed meanwhile 其间增删简报", f"{result['changes']:,}"),
        ("full answer 完整回答", _spread(result["seconds"])),
        ("one quiet person alone 单人提问", _spread(result["quiet_alone"])),
        (f"the quiet person {beside}", _spread(result["quiet_beside_greedy"])),
        ("server memory at start 内存", f"{memory[0]:,} MiB"),
        ("at each minute 每分钟", ", ".join(f"{one:,}" for one in memory[1:]) + " MiB"),
    ]
    made, office = "make load", result.get("office")
    if office is not None:
        made += " OFFICE=1"
        group = "answers from the folder, to its group alone 分组文件夹的回答，只给本组"
        rows.append((group, f"{office['cited_to_the_group']:,}"))
    signed = "sign in, every second one sees a folder more, and " if office is not None else ""
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return (
        "# Under load 负载\n\n"
        f"{result['people']} people {signed}ask for {_minutes(result['minutes'])}, "
        f"{result['pause_seconds']:g} s from an answer to the next question; the server and the "
        f"people share {result['cores']} cores. Made by `{made}`, with [{file}]({file})."
        f"\n\n| what | measured |\n|---|---|\n{table}\n"
    )


def _minutes(minutes: float) -> str:
    return "1 minute" if minutes == 1 else f"{minutes:g} minutes"


def _spread(seconds: Mapping[str, float]) -> str:
    if not seconds:
        return "–"
    return f"p50 {seconds['p50']:.2f} s, p95 {seconds['p95']:.2f} s, max {seconds['max']:.2f} s"
