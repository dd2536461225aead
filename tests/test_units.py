"""Units are found exactly, against truth made by hand; clean and damaged files give the same."""

import json
import re
from pathlib import Path

import pytest

from corpus.parse import read_bulletin
from eval.parsing import read_truth, score_units, unit_lines
from rag.settings import shipped_bulletins

TRUTH = Path(__file__).resolve().parent / "data" / "units"
# Documents that the repository does not carry; tests over them are skipped where they are absent.
DEVELOPMENT = Path(__file__).resolve().parents[2] / "shared" / "data" / "dev-bulletins"
needs_development = pytest.mark.skipif(
    not DEVELOPMENT.is_dir(), reason="the development bulletins are not beside the repository"
)


def exactness(folder: Path) -> tuple[float, float]:
    """Precision and recall over the units of all bulletins in a folder."""
    scores = [
        score_units(path, TRUTH / f"{path.stem}.tsv")[0] for path in sorted(folder.glob("*.txt"))
    ]
    exact = sum(score.exact for score in scores)
    return exact / sum(s.found for s in scores), exact / sum(s.true for s in scores)


def test_the_shipped_bulletins_are_parsed_exactly() -> None:
    """At least .99 of the units of the five are found, and at least .99 of those found are true."""
    precision, recall = exactness(shipped_bulletins())
    assert precision >= 0.99
    assert recall >= 0.99


@needs_development
def test_other_bulletins_are_parsed_nearly_exactly() -> None:
    """At least .95 of the units of clean letters, resolutions, statutes and digests are found."""
    precision, recall = exactness(DEVELOPMENT / "bulletins")
    assert precision >= 0.95
    assert recall >= 0.95


# In 06 one paragraph ends on a full line and the next one's indent left no trace in its length.
UNDECIDABLE = {"06-badong-geohazard-2004.txt": 1}


@needs_development
@pytest.mark.parametrize(
    "name", ["06-badong-geohazard-2004", "07-water-saving-2005", "20-yongning-minhang-budget",
             "23-nantong-tianjin-jobs"],
)  # fmt: skip
def test_a_damaged_file_gives_the_paragraphs_of_the_clean_one(name: str) -> None:
    """Wrapped, interrupted and without its points, a file has the same paragraphs."""
    damaged, clean = (
        [re.sub(r"[\W_]", "", unit.text) for unit in read_bulletin(path).paragraphs]
        for path in (
            DEVELOPMENT / "damaged" / f"{name}.txt",
            DEVELOPMENT / "bulletins" / f"{name}.txt",
        )
    )
    missing = [text for text in clean if text not in damaged]
    assert len(missing) <= 2 * UNDECIDABLE.get(f"{name}.txt", 0)
    assert "".join(damaged) == "".join(clean)


@needs_development
def test_no_sound_figure_is_called_damaged_for_certain() -> None:
    """In the clean files nothing is certain; in the damaged ones only what was damaged."""
    for path in sorted((DEVELOPMENT / "bulletins").glob("*.txt")):
        assert certain_in(path) == []
    for record in json.loads((DEVELOPMENT / "damaged" / "TRUTH.json").read_text("utf-8")):
        true = {entry["true"] for entry in record["dropped"]}
        for suggestion in certain_in(DEVELOPMENT / "damaged" / record["file"]):
            number = re.match(r"[\d.]+", suggestion)
            assert number is not None
            assert number[0] in true


def certain_in(path: Path) -> list[str]:
    """Repairs of the figures that are certain to be damaged in a file."""
    units = read_bulletin(path).units
    return [f.suggestion for unit in units for f in unit.figures if f.suggestion]


def test_a_truth_row_names_kind_and_lines(tmp_path: Path) -> None:
    """Ranges and commas give the lines of a unit."""
    (tmp_path / "a.tsv").write_text("title\t1\nparagraph\t3,5-7\n", "utf-8")
    assert read_truth(tmp_path / "a.tsv") == {("title", (1,)), ("paragraph", (3, 5, 6, 7))}


def test_units_are_compared_by_their_lines(tmp_path: Path) -> None:
    """Each unit of a file of two lines has its line."""
    path = tmp_path / "a.txt"
    text = "扎实推进养老服务\n\n全市人大代表深入基层一线开展专题调研，取得了较好的成效。\n"
    path.write_text(text, "utf-8")
    assert unit_lines(read_bulletin(path), text) == {("title", (1,)), ("paragraph", (3,))}
