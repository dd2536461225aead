"""A refusal in words, made of its data at the last step."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.citation_label import citation_label
from rag.answering.answer import Answer, Near
from rag.answering.telling import cautions, cite
from rag.query.claims import Ask
from rag.query.question import Query
from rag.refusing.reasons import Reason
from rag.refusing.refusal import Coverage, Missing, Refusal
from rag.retrieval.search import Hit

MAX_PLACES = 12  # that a refusal names of those the library covers


def refused(query: Query, no: Refusal, hits: Sequence[Hit]) -> Answer:
    """The refusal as an answer; what the source does say is quoted and cited."""
    text, nearest = _worded(no)
    said = no.said
    return Answer(
        question=query.question,
        understood=query.understood,
        text=f"{text}{said.quote}[1]" if said else text,
        citations=(cite(said, 1),) if said else (),
        refused=True,
        reason=no.reason,
        warnings=tuple(cautions(said)) if said else (),
        hits=tuple(hits),
        nearest=nearest,
    )


def unsaid(answer: Answer, query: Query) -> Answer:
    """A refusal as the answer that it is, where it was asked whether the bulletins say something:
    they do not.
    """
    asked = query.claim is not None and query.claim.ask is Ask.SAID
    if not asked or answer.reason is not Reason.SILENT:
        return answer
    opening = f"{query.claim.no}。" if query.claim else ""
    moved = tuple(replace(near, start=near.start + len(opening)) for near in answer.nearest)
    return replace(
        answer, text=f"{opening}{answer.text}", value=opening.rstrip("。"), nearest=moved,
        refused=False, reason=None,
    )  # fmt: skip


def refusal_text(no: Refusal) -> str:
    """The words of a refusal, without what the source does say."""
    return _worded(no)[0]


def _worded(no: Refusal) -> tuple[str, tuple[Near, ...]]:
    """The words of a refusal, and the nearest paragraphs with where they are named in them."""
    text = no.reason.chinese.format(**_names(no.missing))
    if no.coverage:
        text += _covered(no.coverage)
    nearest: list[Near] = []
    for hit in no.nearest:
        text += "；" if nearest else "最接近的段落（未必相关）："
        label = citation_label(hit.title, hit.paragraph, hit.kind)
        nearest.append(Near(label, hit.bulletin, hit.paragraph, hit.position, len(text)))
        text += label
    text += "。" if nearest else ""
    text += f"\n{no.reason.english}" if no.in_english else ""
    return text, tuple(nearest)


def _names(missing: Missing) -> dict[str, str]:
    """What is missing, as it fills the {braces} of a reason's words."""
    return {
        "places": "、".join(missing.places),
        "years": "、".join(missing.years),
        "topic": f"“{missing.topic}”" if missing.topic else "所问的内容",
        "words": f"（未见：{'、'.join(missing.words)}）" if missing.words else "",
        "act": missing.act,
    }


def _covered(coverage: Coverage) -> str:
    """What the library covers, in a sentence."""
    places = coverage.places
    more = f"等{len(places)}地" if len(places) > MAX_PLACES else ""
    covered = f"，涉及{'、'.join(places[:MAX_PLACES])}{more}" if places else ""
    return f"现有{coverage.bulletins}份简报{covered}。"
