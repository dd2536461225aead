"""An answer as the text that a chat program shows: warnings and sources below it."""

from urllib.parse import urlencode

from rag.answering.answer import Answer, Citation

SOURCES = "出处 Sources："
_NOTES = "⚠ "


def program_text(answer: Answer) -> str:
    """The answer with its warnings, and its sources as a list at the end."""
    return f"{answer.text}{below(answer)}"


def below(answer: Answer) -> str:
    """What stands below an answer: its warnings and its sources; "" where it has neither."""
    parts = ["\n".join(f"{_NOTES}{warning.text}" for warning in answer.warnings)]
    listed = [f"[{one.marker}] {one.label}" for one in answer.citations]
    # two blanks: a chat program that shows Markdown breaks the line there
    parts.append("  \n".join([SOURCES, *listed]) if listed else "")
    return "".join(f"\n\n{part}" for part in parts if part)


def without_below(text: str) -> str:
    r"""An answer that a program sends back as what was said, without what stands below it.

    >>> without_below("建成180个[1]\n\n⚠ 存疑\n\n出处 Sources：  \n[1] 《简报》第1段")
    '建成180个[1]'
    """
    text = text.partition(f"\n\n{SOURCES}")[0]
    return text.partition(f"\n\n{_NOTES}")[0]


def citation_object(citation: Citation) -> dict[str, object]:
    """A citation with its label and its address on this server, for a program to link."""
    place = {"bulletin": citation.bulletin}
    if citation.paragraph is not None:
        place["paragraph"] = str(citation.paragraph)
    return {**citation.as_dict(), "label": citation.label, "url": f"/?{urlencode(place)}"}
