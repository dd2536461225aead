"""Which part of a library somebody may see: a value that the library is bounded by."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.bulletin_id import folders_of
from index.scope import Scope
from index.shelf.other_places import Places


@dataclass(frozen=True, slots=True)
class Sight:
    """All bulletins but those that lie only in `closed`: folders at the top of the library's tree,
    in order, each once.
    """

    closed: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything is seen."""
        return not self.closed

    def narrowed(self, other: "Sight") -> "Sight":
        """What both of them see."""
        return sight_without((*self.closed, *other.closed))

    def sees_place(self, bulletin_id: str) -> bool:
        """Whether a place in the tree, an id or the name of a file, lies in no closed folder."""
        return folders_of(bulletin_id)[:1] not in [(folder,) for folder in self.closed]

    def sees(self, bulletin_id: str, places: Places) -> bool:
        """Whether a bulletin that is held under this id is seen: one of the places that hold its
        content is.
        """
        return self.sees_place(bulletin_id) or any(map(self.sees_place, places.others(bulletin_id)))

    def within(self, scope: Scope, places: Places) -> Scope:
        """The part of a scope that is seen."""
        if not self.closed:
            return scope
        shared = {
            double.of
            for place, double in places.doubles.items()
            if self.sees_place(place) and not self.sees_place(double.of)
        }
        return replace(scope, closed=self.closed, shared=tuple(sorted(shared)))


def sight_without(folders: Iterable[str]) -> Sight:
    """The sight of somebody to whom these folders are closed."""
    return Sight(tuple(sorted(set(folders))))


WHOLE = Sight()
