"""What was read for a question is not read again; what is kept is bounded."""

from doubles import read_query

from rag.query.question import Query
from rag.reading.memory import KEPT, LONGEST, Memory
from rag.reading.reader import Passage, ReadPassage


class Counter:
    """Reads passages and counts them."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, passages: list[Passage]) -> list[ReadPassage]:
        self.read += [passage.text for passage in passages]
        return [ReadPassage((), float(len(passage.text))) for passage in passages]


def of(memory: Memory, query: Query, texts: list[str], reads: Counter) -> list[float]:
    return [one.answers for one in memory.of(query, [Passage(t) for t in texts], reads)]


def test_a_passage_is_read_once_for_a_question() -> None:
    """The second call reads only what is new, and gives all in the order asked for."""
    memory, reads = Memory(), Counter()
    query = read_query("有多少个助餐点")
    assert of(memory, query, ["一", "二二"], reads) == [1.0, 2.0]
    assert of(memory, query, ["三三三", "二二", "一"], reads) == [3.0, 2.0, 1.0]
    assert reads.read == ["一", "二二", "三三三"]


def test_another_question_or_conversation_reads_anew() -> None:
    """What was said before belongs to a question."""
    memory, reads = Memory(), Counter()
    for query in (read_query("甲"), read_query("乙"), read_query("甲", before="三门峡有多少")):
        of(memory, query, ["一"], reads)
    assert reads.read == ["一", "一", "一"]


def test_the_same_passage_twice_in_a_call_is_read_once() -> None:
    """Two places of a library may hold the same words."""
    memory, reads = Memory(), Counter()
    assert of(memory, read_query("甲"), ["一", "一"], reads) == [1.0, 1.0]
    assert reads.read == ["一"]


def test_the_oldest_are_forgotten_and_the_longest_never_kept() -> None:
    """KEPT passages later the first one is read again; a very long one is read each time."""
    memory, reads = Memory(), Counter()
    query = read_query("甲")
    of(memory, query, ["first"], reads)
    of(memory, query, [f"{n}" for n in range(KEPT)], reads)
    of(memory, query, ["first"], reads)
    assert reads.read.count("first") == 2
    long = "长" * (LONGEST + 1)
    of(memory, query, [long], reads)
    of(memory, query, [long], reads)
    assert reads.read.count(long) == 2
