"""Units found for a query, with all that a ranker needs to weigh them."""

from dataclasses import dataclass

from index.records import Statistics, UnitReading
from index.vectors.encoder import Vectors


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates for a query, in order of their rows.

    `cosines[i]`, float32 of shape (passages,), are those of the passages of `readings[i]` with the
    query. `background`, float32, are the query's cosines with passages from all over the library:
    what cosine a text has that has nothing to do with the query differs from model to model and
    from query to query, so only the distance from it can be compared.
    """

    query: str
    tokens: tuple[str, ...]
    readings: tuple[UnitReading, ...]
    cosines: tuple[Vectors, ...]
    background: Vectors
    statistics: Statistics
