"""Predictions are written as the contract says, and another system's can be read."""

import json
from pathlib import Path

import pytest
from cases import predict

from corpus.errors import CallError
from eval.predictions import read_predictions, write_predictions


def test_predictions_come_back_as_they_were_written(tmp_path: Path) -> None:
    """A line each, with the fields of the contract."""
    path = tmp_path / "p.jsonl"
    first, second = predict(warnings=("doubtful_figure",)), predict(question_id="q2", refused=True)
    write_predictions(path, [first, second])
    assert read_predictions(path) == {"q1": first, "q2": second}
    line = json.loads(path.read_text("utf-8").splitlines()[0])
    assert line.keys() >= {"id", "answer", "refused", "citations", "retrieved", "seconds"}


def test_another_system_need_not_tell_everything(tmp_path: Path) -> None:
    """Of a hit its text is enough; times and warnings may be missing."""
    path = tmp_path / "p.jsonl"
    line = {"id": "q1", "answer": "180个", "refused": False, "retrieved": [{"text": "建成180个"}]}
    path.write_text(json.dumps(line), "utf-8")
    found = read_predictions(path)["q1"]
    assert (found.retrieved[0].text, found.seconds, found.citations) == ("建成180个", None, ())


def test_faulty_predictions_are_all_named(tmp_path: Path) -> None:
    """No JSON, a missing field and a double id, each with its line."""
    path = tmp_path / "p.jsonl"
    good = json.dumps({"id": "q1", "answer": "", "refused": True})
    path.write_text(f'{good}\n{{\n{{"id": "q2"}}\n{good}\n', "utf-8")
    with pytest.raises(CallError, match=r"line 2: .*line 3: .*line 4: id q1 was there before"):
        read_predictions(path)
    with pytest.raises(CallError, match="cannot be read"):
        read_predictions(tmp_path / "none.jsonl")
