"""The page's words exist in Chinese and in English."""

import ast
import re
from pathlib import Path

import pytest

from ui.views.page_words import ENGLISH, both, label, translations

UI = Path(__file__).parent.parent / "ui"


def literals() -> set[str]:
    """What the code of the page gives to `both` and `label` as literal words."""
    found = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("both", "label")
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(node.args[0].value)
    return found


def test_every_word_of_the_page_has_its_english() -> None:
    """And the table names the same values in both languages, for they are filled in by name."""
    assert literals() <= ENGLISH.keys()
    for chinese, english in ENGLISH.items():
        assert set(re.findall(r"{\w+}", chinese)) == set(re.findall(r"{\w+}", english))


def test_no_word_is_kept_that_the_page_does_not_say() -> None:
    """Each entry of the tables stands in the code somewhere else too."""
    tables = ("asking_words.py", "keeping_words.py")
    code = "".join(p.read_text("utf-8") for p in UI.rglob("*.py") if p.name not in tables)
    assert [chinese for chinese in ENGLISH if chinese not in code] == []


def test_words_without_english_are_an_error() -> None:
    """A new word cannot be forgotten."""
    for say in (both, label):
        with pytest.raises(KeyError):
            say("没有这个词")


def test_values_are_escaped() -> None:
    """What is filled in is text, not markup, in both languages."""
    html = both("已理解为：{question}", question="<b>{x}</b>")
    assert "<b>" not in html
    assert html.count("&lt;b&gt;&#123;x&#125;&lt;/b&gt;") == 2


def test_every_chinese_browser_reads_chinese() -> None:
    """Simplified and traditional locales get the Chinese words."""
    tables = translations().translations_dict
    assert tables["zh-TW"]["提问"] == tables["zh-CN"]["提问"] == "提问"
    assert tables["en"]["提问"] == "Ask"
