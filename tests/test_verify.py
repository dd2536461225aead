"""A sentence stands if what it states stands in the paragraphs it cites."""

import pytest

from rag.writing.verify import overlap, unsupported

PARAGRAPH = "截至2023年底，全市建成老年助餐场所180个，占比百分之八十，印发《工作指南》。"


@pytest.mark.parametrize(
    "sentence",
    ["建成老年助餐场所180个。[1]", "印发《工作指南》。", "占百分之八十。", "到２０２３年底建成。"],
)
def test_what_the_paragraph_holds_is_supported(sentence: str) -> None:
    """Figures, shares, titles and years as written in the paragraph need no more."""
    assert unsupported(sentence, [PARAGRAPH]) == []


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("建成18个。", ["18"]),
        ("建成1800个。", ["1800"]),
        ("2024年建成180个。", ["2024"]),
        ("占百分之九十。", ["百分之九十"]),
        ("印发《实施方案》。", ["《实施方案》"]),
    ],
)
def test_what_the_paragraph_does_not_hold_is_named(sentence: str, missing: list[str]) -> None:
    """A number inside a longer number, another year or title is not supported."""
    assert unsupported(sentence, [PARAGRAPH]) == missing


def test_markers_are_not_figures() -> None:
    """[7] is a marker and needs no support."""
    assert unsupported("建成180个[7]。", [PARAGRAPH]) == []


def test_overlap_is_the_share_of_a_sentences_own_tokens() -> None:
    """All tokens shared is 1, none is 0."""
    assert overlap("老年助餐场所", [PARAGRAPH]) == 1
    assert overlap("xyz", [PARAGRAPH]) == 0
