"""Broken files for the parsers, led by the code that they reach: `python tests/fuzz.py`.

Any bytes are a bulletin or a BulletinError. A file that does anything else, or takes longer than
SLOW seconds, or more than MEMORY, stops the run and stays in build/fuzz.
"""

import argparse
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests" / "data" / "20-yongning-minhang-budget.docx"
SEEDS = {  # by target: the files that the first inputs are made of
    "txt": sorted((ROOT / "corpus" / "bulletins").glob("*.txt")),
    "html": sorted((ROOT / "tests" / "data").glob("*.html")),
    "pdf": sorted((ROOT / "tests" / "data").glob("*.pdf")),
    "doc": sorted((ROOT / "tests" / "data").glob("*.doc")),
    "rtf": sorted((ROOT / "tests" / "data").glob("*.rtf")),
    "docx": [SAMPLE],
    "docx-xml": [SAMPLE],  # of which the text alone is broken: broken zips are refused at once
}
PART = "word/document.xml"
SLOW = 30  # seconds for one file
MEMORY = 3000  # MiB of the process
LENGTH = 500_000  # bytes of an input: the longest of the seeds is whole
PIECE = 10_000  # bytes; of long texts also pieces are seeds, as they are read faster


def packed(xml: bytes) -> bytes:
    """A Word file with this text, and the styles of SAMPLE."""
    packed = io.BytesIO()
    with zipfile.ZipFile(SAMPLE) as sample, zipfile.ZipFile(packed, "w") as made:
        for part in sample.namelist():
            made.writestr(part, xml if part == PART else sample.read(part))
    return packed.getvalue()


def seeds(target: str, folder: Path) -> None:
    """Write the first inputs of a target into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in SEEDS[target]:
        data = path.read_bytes()
        if target == "docx-xml":
            data = zipfile.ZipFile(path).read(PART)
        (folder / path.name).write_bytes(data)
        for start in range(0, len(data), PIECE) if target in ("txt", "html") else ():
            (folder / f"{path.name}-{start}").write_bytes(data[start : start + PIECE])


def fuzz(target: str, options: list[str]) -> None:
    """Read inputs until the time is over; never returns."""
    import atheris

    with atheris.instrument_imports(include=["corpus"]):
        from corpus.parse import parse
    from corpus.errors import BulletinError

    name = f"a.{target.removesuffix('-xml')}"

    def one(data: bytes) -> None:
        try:
            parse(packed(data) if target == "docx-xml" else data, name)
        except BulletinError:
            return

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def run(target: str, seconds: int) -> bool:
    """Fuzz a target in a process of its own; True where nothing fell."""
    folder = ROOT / "build" / "fuzz" / target
    seeds(target, folder / "seeds")
    (folder / "found").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, __file__, "--target", target, f"-max_total_time={seconds}",
         f"-timeout={SLOW}", f"-rss_limit_mb={MEMORY}", f"-max_len={LENGTH}",
         f"-artifact_prefix={folder}/", "-print_final_stats=1",
         str(folder / "found"), str(folder / "seeds")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    runs = re.search(r"number_of_executed_units: *(\d+)", done.stderr)
    print(f"{target}: {runs[1] if runs else '?'} files in {seconds} s, exit status "
          f"{done.returncode}")  # fmt: skip
    if done.returncode:
        print(done.stderr[-4000:])
    return done.returncode == 0 and runs is not None


def main() -> int:
    """Exit status 0: nothing fell."""
    parser = argparse.ArgumentParser(description="Fuzz the parsers.")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", choices=SEEDS, help="be the process that fuzzes this one")
    known, options = parser.parse_known_args()
    if known.target:
        fuzz(known.target, options)
    fell = [target for target in SEEDS if not run(target, known.seconds)]
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
