"""`jianbao eval`: predictions, results, reports, comparisons and gates, as an evaluator uses it."""

import json
import re
from pathlib import Path

import pytest
from command import Command

from eval.results import read_cases

GOOD = {
    "id": "1", "type": "number", "lang": "zh", "question": "开封建成多少个老年食堂？",
    "answerable": True, "bulletin": ["kaifeng"], "evidence": ["建成老年食堂52个"],
    "must": [["52"]], "must_not": [],
}  # fmt: skip
WRONG = {**GOOD, "id": "2", "question": "开封老年食堂惠及多少老人", "must": [["5万"]]}
SILENT = {"id": "3", "type": "unanswerable", "question": "洛阳建了多少个老年食堂",
          "answerable": False}  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A question that is answered, one whose truth is impossible, one without an answer."""
    return write(tmp_path / "q.jsonl", GOOD, WRONG, SILENT)


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return path


def test_scores_are_printed_as_a_table(jianbao: Command, folder: Path, questions: Path) -> None:
    """A row a type and one for all: of three questions two are right."""
    done = jianbao("eval", str(questions), "--bulletins", str(folder))
    assert done.status == 0
    assert re.search(r"all +3 +0\.667", done.out)
    assert "3 questions, 2 bulletins" in done.out


def test_json_tells_values_intervals_and_what_made_them(
    jianbao: Command, folder: Path, questions: Path
) -> None:
    """Overall, by type and by bulletin, with commit, settings, model, library and date."""
    (line,) = jianbao("eval", str(questions), "--bulletins", str(folder), "--json").lines
    assert line["overall"]["answer"] == pytest.approx(2 / 3)
    assert line["by_type"]["unanswerable"]["refusal recall"] == 1
    assert line["by_bulletin"]["kaifeng"]["answer"] == 0.5
    low, high = line["intervals"]["answer"]
    assert low <= 2 / 3 <= high
    assert {"commit", "settings", "embedding_model", "library", "date"} <= line["made"].keys()


def test_results_come_back_as_a_baseline(
    jianbao: Command, folder: Path, questions: Path, tmp_path: Path
) -> None:
    """Against its own results nothing changed, and a gate on drops lets it pass."""
    results = tmp_path / "out" / "results.json"
    call = ("eval", str(questions), "--bulletins", str(folder))
    jianbao(*call, "--results", str(results))
    assert [case.question.id for case in read_cases(results)] == ["1", "2", "3"]
    done = jianbao(*call, "--baseline", str(results), "--max-drop", "0")
    assert done.status == 0
    assert "0 questions better, 0 worse" in done.out


def test_a_drop_against_the_baseline_fails(
    jianbao: Command, folder: Path, questions: Path, tmp_path: Path
) -> None:
    """A baseline in which the second question was right too: answer fell, status 1, one line."""
    results = tmp_path / "results.json"
    call = ("eval", str(questions), "--bulletins", str(folder))
    jianbao(*call, "--results", str(results))
    text = results.read_text("utf-8").replace('"answer": 0.0', '"answer": 1.0')
    results.write_text(text, "utf-8")
    done = jianbao(*call, "--baseline", str(results), "--max-drop", "0.1")
    assert done.status == 1
    assert "answer fell from 1.000 to 0.667" in done.err
    assert "0 questions better, 1 worse" in done.out


def test_limits_are_gates(jianbao: Command, folder: Path, questions: Path) -> None:
    """A kept limit ends with 0, a broken one with 1 and both values, a misspelt one with 2."""
    call = ("eval", str(questions), "--bulletins", str(folder), "--fail-under")
    assert jianbao(*call, "answer=0.6,hit@5=1").status == 0
    broken = jianbao(*call, "answer=0.7")
    assert (broken.status, broken.err.strip()) == (1, "jianbao: answer is 0.667, below 0.7")
    assert jianbao(*call, "anwser=0.7").status == 2


def test_every_faulty_line_is_named_before_anything_runs(
    jianbao: Command, folder: Path, tmp_path: Path
) -> None:
    """Status 2; no predictions are written."""
    path = write(tmp_path / "q.jsonl", GOOD, {**GOOD, "evidence": ["建成53个"]}, {"id": "4"})
    out = tmp_path / "p.jsonl"
    done = jianbao("eval", str(path), "--bulletins", str(folder), "--predictions", str(out))
    assert done.status == 2
    assert "line 2: id 1 stands in line 1 too" in done.err
    assert "line 2: the evidence “建成53个”" in done.err
    assert "line 3: 'question' is missing" in done.err
    assert len(done.err.splitlines()) == 1
    assert not out.exists() or not out.read_text("utf-8")


def test_predictions_of_another_system_are_scored(
    jianbao: Command, folder: Path, questions: Path, tmp_path: Path
) -> None:
    """Its one answer is right; the questions that it left out count as wrong: 1 of 3."""
    answers = write(tmp_path / "p.jsonl", {"id": "1", "answer": "52个", "refused": False})
    call = ("eval", str(questions), "--bulletins", str(folder), "--answers", str(answers))
    (line,) = jianbao(*call, "--json").lines
    assert line["overall"]["answer"] == pytest.approx(1 / 3)
    assert line["overall"]["hit@5"] == 0


def test_bare_questions_get_predictions(jianbao: Command, folder: Path, tmp_path: Path) -> None:
    """Id and question are enough where predictions are wanted, and a fault where scores are."""
    path = write(tmp_path / "q.jsonl", {"id": "1", "question": "开封建成多少个老年食堂"})
    call = ("eval", str(path), "--bulletins", str(folder))
    assert "'answerable' is missing" in jianbao(*call).err
    out = tmp_path / "p.jsonl"
    assert jianbao(*call, "--predictions", str(out)).status == 0
    line = json.loads(out.read_text("utf-8"))
    assert "52个" in line["answer"]


def test_a_public_set_is_asked(jianbao: Command, tmp_path: Path) -> None:
    """Its passages become a library of their own."""
    passage = "范廷颂是越南罗马天主教枢机。1963年被任为主教。"
    asked = {"id": "1", "question": "范廷颂是何时被任为主教的？",
             "answers": [{"text": "1963年", "answer_start": passage.find("1963年")}]}  # fmt: skip
    content = {"data": [{"paragraphs": [{"context": passage, "qas": [asked]}]}]}
    path = tmp_path / "set.json"
    path.write_text(json.dumps(content), "utf-8")
    (line,) = jianbao("eval", "--public", "cmrc2018", str(path), "--json").lines
    assert (line["overall"]["hit@1"], line["overall"]["answer"]) == (1, 1)


def test_the_ablation_is_a_table(jianbao: Command, folder: Path, questions: Path) -> None:
    """A row for words, for meaning, for both, and for each further stage."""
    out = jianbao("eval", str(questions), "--bulletins", str(folder), "--ablate").out
    assert "words only (BM25)" in out
    assert "+ reader" in out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "name a file of questions"),
        (["--max-drop", "0.1"], "--max-drop needs --baseline"),
        (["--baseline", "/no/such.json"], "no results of an evaluation"),
        (["--report", "/proc/no/report.html"], "cannot be written"),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    jianbao: Command, questions: Path, options: list[str], words: str
) -> None:
    """Status 2 and one line, before anything loads."""
    call = [str(questions)] if options else []
    done = jianbao("eval", *call, *options)
    assert done.status == 2
    assert words in done.err
