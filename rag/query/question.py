"""Question and history to Query: what is asked, of which place, of which year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.bulletin import Kind
from corpus.errors import CallError
from corpus.questions.truth import Turn as Turn  # part of what `understand` takes
from corpus.text.places import Place, ancestors, find_places
from corpus.text.reading_text import narrow
from corpus.text.surrogates import encodable
from corpus.text.traditional import simplified
from index.words.terms import Term
from index.words.tokenizer import asked as asked_tokens
from index.words.tokenizer import words
from rag.query.asking import ASKING, COUNTERS
from rag.query.bounds_asked import AskedBound, asked_bound, english_bound
from rag.query.changes import Lean
from rag.query.claims import Ask, Claim, claim_of
from rag.query.english_followup import chained_english
from rag.query.english_terms import english_places, gist, is_english, translate
from rag.query.english_unit import english_unit
from rag.query.everyday import official_wording
from rag.query.followup import completed
from rag.query.intents import Asks, Aspect, Wants, asked_aspect, kinds_asked, wanted
from rag.query.operations import compared_plainly
from rag.query.ranks import plainly
from rag.query.short_years import years_written_out
from rag.query.small_talk import without_greeting

MAX_TURNS = 40  # of a conversation, its last: no question leans on what was said longer ago
MAX_HISTORY_CHARS = 200_000  # of those turns together; like the next, it bounds an answer's time
MAX_SAID_CHARS = 60  # of the last answer, for the reader: what it is about stands first
MAX_QUESTION_CHARS = 2000  # a page of text; nobody asks more, and it bounds the time of an answer


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it is searched and answered.

    `understood` is the question completed from the history, the same as `question` where it needs
    nothing. `unit` is the unit that a number is asked in (多少家, 占比), "" if any will do. `terms`
    are the Chinese words for a question in English, empty for one in Chinese. `official` is the
    question with its everyday words replaced by official ones, "" where it has none. `before` is
    the last question of the conversation with the beginning of its answer, for a reader that
    understands a question by what was said. `aspect` is what it asks of the bulletins themselves,
    None if it asks of their content; `stated_by` are the kinds of unit that may state that. `bound`
    is what the figure asked for is to be held against, `claim` what a yes or a no is wanted of.
    `asks` is how many things it asks, whatever its words, None where that was not told.
    """

    question: str
    understood: str
    wants: Wants
    places: tuple[Place, ...]
    years: tuple[str, ...]
    unit: str
    terms: tuple[Term, ...] = ()
    official: str = ""
    before: str = ""
    aspect: Aspect | None = None
    stated_by: frozenset[Kind] = frozenset()
    bound: AskedBound | None = None
    claim: Claim | None = None
    asks: Asks | None = None

    @property
    def to_read(self) -> str:
        """What a reader is asked: the question as it was typed, where the conversation before it is
        read along; else what is understood.
        """
        return self.question if self.before else self.understood

    @property
    def chinese(self) -> str:
        """What is understood, in Chinese: of an English question its words one by one."""
        return gist(self.terms) if self.terms else self.understood


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=\s*年|\D|$)")
# The measure word of 多少 or 几, and what tells the unit without one.
_UNIT = re.compile(rf"(?:多少|几)\s*(?:万|亿|百|千)?(?P<unit>{COUNTERS})")
_HUNDREDS_OF_MILLIONS = re.compile(r"(?:多少|几)个?亿")  # of what else they are, that is said
_SHARE = re.compile(
    r"百分之几|百分之多少|占比|比例|比重|[^频效]率(?:是|有|为|达)?|percent|what share", re.I
)


def understand(question: str, history: Sequence[Turn] = (), lean: Lean | None = None) -> Query:
    """The query that a question stands for after this conversation, whose last MAX_TURNS are read;
    `lean` is how it leans on that, where it is told by more than its words.

    :raises CallError: the question is empty or longer than MAX_QUESTION_CHARS, or the turns are
        longer than MAX_HISTORY_CHARS.
    """
    history = history[-MAX_TURNS:]
    if (said_chars := sum(len(turn["content"]) for turn in history)) > MAX_HISTORY_CHARS:
        raise CallError(
            f"the last {len(history)} turns of the history have {said_chars:,} characters, at most "
            f"{MAX_HISTORY_CHARS:,} are read; shorten them (对话过长，请缩短)"
        )
    asked = encodable(question).strip()
    if not asked:
        raise CallError("the question is empty; ask something (问题为空，请输入问题)")
    if len(asked) > MAX_QUESTION_CHARS:
        raise CallError(
            f"the question has {len(asked):,} characters, at most {MAX_QUESTION_CHARS:,} are read; "
            "shorten it (问题过长，请缩短)"
        )
    understood = simplified(narrow(without_greeting(asked)))
    before = [simplified(encodable(turn["content"])) for turn in history if turn["role"] == "user"]
    said = [encodable(turn["content"]) for turn in history if turn["role"] == "assistant"]
    if is_english(understood):
        query = _english(asked, chained_english([*before, understood]))
        return replace(query, before=_said_last(before, said))
    whole = False
    # which bulletins there are is asked of the whole library, whatever was spoken of before
    if before and asked_aspect(understood) is not Aspect.LIST:
        made = completed(understood, before, said, lean)
        understood, whole = made.text, made.whole
    understood = compared_plainly(years_written_out(understood))
    if not find_places(understood):
        understood = plainly(understood)
    bound = asked_bound(understood)
    claim = None if bound else claim_of(understood)
    if bound:
        understood = bound.question
    elif claim and claim.ask is Ask.SAID:  # what is asked is whether there is anything to be told
        understood = claim.statement
    aspect, places = asked_aspect(understood), places_named(understood)
    return Query(
        question=asked,
        understood=understood,
        wants=wanted(understood, aspect, len({place.name for place in places})),
        places=places,
        years=tuple(dict.fromkeys(_YEAR.findall(understood))),
        unit=_unit(understood),
        official=official_wording(understood),
        before="" if whole else _said_last(before, said),
        aspect=aspect,
        stated_by=kinds_asked(understood, aspect),
        bound=bound,
        claim=claim,
    )


def _said_last(asked: Sequence[str], answers: Sequence[str]) -> str:
    """The last question of a conversation, with the beginning of the last answer."""
    return " ".join([*asked[-1:], *(answer[:MAX_SAID_CHARS] for answer in answers[-1:])])


def places_named(text: str) -> tuple[Place, ...]:
    """The places named, each once; of 焦作市山阳区 the district is asked about, not the city. Of a
    name that several bear and that the text leaves open, all of them.
    """
    named = [place for mention in find_places(text) for place in mention.places]
    above = {parent for place in named for parent in ancestors(place)}
    return tuple(dict.fromkeys(place for place in named if place not in above))


def _english(asked: str, understood: str) -> Query:
    """The query of a question in English, its words carried over to Chinese."""
    if not is_english(understood):  # a bare place took over a question in Chinese
        return replace(understand(understood), question=asked)
    bound = english_bound(understood)
    understood = bound.question if bound else understood
    places, names = english_places(understood)
    aspect = asked_aspect(understood)
    return Query(
        question=asked,
        understood=understood,
        wants=wanted(understood, aspect, names),
        places=places,
        years=tuple(dict.fromkeys(_YEAR.findall(understood))),
        unit=english_unit(understood),
        terms=translate(understood),
        aspect=aspect,
        stated_by=kinds_asked(understood, aspect),
        bound=bound,
    )


def _unit(question: str) -> str:
    """The unit that a number is asked in; "" where the question leaves it open."""
    asked = _UNIT.search(question)
    if asked is None and _HUNDREDS_OF_MILLIONS.search(question):
        return "元"
    if asked is None:
        return "%" if _SHARE.search(question) else ""
    return asked["unit"]


def placeless(query: Query) -> str:
    """What is understood without the names of its places, which decide where to look and not what
    for: the sentence that answers says 我市, or nothing. Of an English question its Chinese words.
    """
    text = query.chinese
    for place in query.places:
        text = text.replace(place.name, " ").replace(place.short, " ")
    return text if asked_tokens(text) else query.chinese


def subject_words(query: Query) -> list[str]:
    """The words of a query that say what it is about: no asking words, no names of its places,
    which decide where to look and not what to look for.
    """
    text = query.chinese
    for place in query.places:
        # 三门峡市长 is the 市长 of 三门峡, 三门峡市委 its 市委
        text = re.sub(f"{place.name}(?![长委])|{place.short}", " ", text)
    return [word for word in words(ASKING.sub(" ", text)) if word.strip()]
