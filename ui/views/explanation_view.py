"""How an answer came about, for a reader at the terminal."""

from collections import Counter

from rich.console import Console
from rich.text import Text

from corpus.citation_label import citation_label
from rag.answering.explanation import Explained, Explanation, Fate, Use, Way
from rag.query.intents import Wants
from rag.query.question import Query
from rag.refusing.grounds import MIN_ANSWERED
from rag.refusing.wording import refusal_text
from rag.trace import Step

# Sentences of a side that are shown: those that are told, and the most probable others.
SHOWN_SENTENCES, SHOWN_PROBABILITY = 8, 0.005
_STEPS = {
    Step.UNDERSTAND: "理解 understand",
    Step.SEARCH: "检索 search",
    Step.EVIDENCE: "取证 evidence",
    Step.ANSWER: "作答 answer",
}
_WANTS = {
    Wants.NUMBER: "数字", Wants.PERSON: "人", Wants.DATE: "时间", Wants.LIST: "列举",
    Wants.WAY: "做法", Wants.COMPARISON: "比较", Wants.CATALOGUE: "资料目录", Wants.FACT: "事实",
}  # fmt: skip
_WAYS = {
    Way.SENTENCES: "用原文的句子 in the sentences of the source",
    Way.MODEL: "大模型所写，逐句核对 by a chat model, checked",
    Way.CATALOGUE: "据资料目录或提纲 from the catalogue or an outline",
    Way.REFUSAL: "拒答 refused",
    Way.COURTESY: "寒暄，没有查资料 small talk, nothing was searched",
}
_USES = {
    Use.READ: "已读",
    Use.NAME: "标题，不作依据",
    Use.PLACE: "说的是别处",
    Use.FAR: "名次靠后，未读",
    Use.UNREAD: "未读",
}
_FATES = {
    Fate.TOLD: "采用",
    Fate.CERTAIN: "前面的已足够确定",
    Fate.UNLIKELY: "可能性太小",
    Fate.ENOUGH: "句数已够",
    Fate.POINTS: "改为逐条列出原文要点",
    Fate.REFUSED: "未作回答",
    Fate.SIDE: "已用于另一方，或与另一方所述不相类",
    Fate.UNCITED: "大模型没有引用",
}


def print_explanation(way: Explanation) -> None:
    """The steps with their times, what was understood, found and weighed, and why."""
    console = Console(soft_wrap=True)
    console.print(Text("\n由来 how it came about", style="bold"))
    times = [f"{name} {way.seconds.get(step, 0) * 1000:.1f} ms" for step, name in _STEPS.items()]
    console.print(_line("用时 time", " · ".join(times)))
    console.print(_line("理解 understood", _understood(way.query)))
    if way.terms:
        console.print(_line("词语 terms", "，".join("/".join(words) for words in way.terms)))
    for side in way.sides:
        _print_side(console, side)
    console.print(_line("作答 answer", _WAYS[way.way]))


def _print_side(console: Console, side: Explained) -> None:
    if side.label:
        console.print(Text(f"{side.label}：{side.query.understood}", style="bold"))
    console.print(_line("命中 hits", str(len(side.hits))))
    for number, (hit, use) in enumerate(side.hits, start=1):
        label = citation_label(hit.title, hit.paragraph, hit.kind)
        head = Text(f"{number:>4} {hit.score:.2f} {label}", style="cyan")
        console.print(head + Text(f"  {_USES[use]}；{hit.why}", style="dim"))
    if not side.sentences:
        return
    chance = f"{side.read.answered:.2f}（低于{MIN_ANSWERED}即拒答 refused below）"
    console.print(_line("句子 sentences", f"{len(side.sentences)}，有答案的概率 answered {chance}"))
    if side.read.unsaid:
        console.print(_line("未见 unsaid", "、".join(side.read.unsaid)))
    left: Counter[Fate] = Counter()
    for n, one in enumerate(side.sentences):
        told = one.fate is Fate.TOLD
        if not told and (n >= SHOWN_SENTENCES or one.probability < SHOWN_PROBABILITY):
            left[one.fate] += 1
            continue
        beside = f"→{one.beside:.1%}" if one.beside != one.probability else ""
        head = Text(f"  {'✓' if told else '✗'} {one.probability:.1%}{beside} ")
        quote = Text(f"命中{one.hit}：{one.item.quote}", style="" if told else "dim")
        console.print(head + quote + Text(f"  {_FATES[one.fate]}", style="cyan"))
    if left:
        rest = "，".join(f"{_FATES[fate]} {count}" for fate, count in left.most_common())
        console.print(Text(f"  … {left.total()} more：{rest}", style="dim"))
    if side.refusal:
        console.print(
            _line("拒答 refusal", f"{side.refusal.reason.value}：{refusal_text(side.refusal)}")
        )


def _understood(query: Query) -> str:
    said = [
        query.understood,
        f"问{_WANTS[query.wants]}" + (f"（{query.unit}）" if query.unit else ""),
    ]
    if query.places:
        said.append("、".join(place.name for place in query.places))
    said += [f"{year}年" for year in query.years]
    if query.official:
        said.append(f"公文用语：{query.official}")
    return "；".join(said)


def _line(name: str, text: str) -> Text:
    return Text(f"{name}  ", style="bold cyan") + Text(text, style="")
