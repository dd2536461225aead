"""What is told within a length is worth most, and fills it where it can."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.fitting import SizedWay, fitted

WAYS = st.lists(
    st.lists(st.builds(SizedWay, st.integers(1, 30), st.integers(1, 9).map(float)), max_size=2),
    max_size=4,
)


@settings(deadline=None)
@given(WAYS, st.integers(10, 80))
def test_it_is_the_best_of_all_that_fit(lines: list[list[SizedWay]], most: int) -> None:
    """As trying every choice finds it: no more characters than there may be, nine tenths filled
    where that can be, and then worth most.
    """
    chosen = fitted(lines, most, most)

    def total(ways: tuple[int | None, ...]) -> tuple[int, float]:
        own = [of[n] for of, n in zip(lines, ways, strict=True) if n is not None]
        return sum(one.length for one in own), sum(one.worth for one in own)

    every = [total(ways) for ways in product(*([None, *range(len(of))] for of in lines))]
    inside = [one for one in every if one[0] <= most]
    full = [one for one in inside if one[0] >= 0.9 * most]
    length, worth = total(tuple(chosen))
    assert length <= most
    assert worth == max(one[1] for one in full or inside)
