"""When a bulletin is from: its text first, then what its file is called and filed under."""

from collections.abc import Sequence

from corpus.bulletin import DateWhere, FoundDate, Unit
from corpus.bulletin_id import file_stem, folders_of
from corpus.metadata import date_of
from corpus.property_dates import property_date
from corpus.text.filed_dates import date_in_folders, date_in_name


def found_dates(bulletin_id: str, units: Sequence[Unit], data: bytes) -> tuple[FoundDate, ...]:
    """The dates of a bulletin with its id, units and bytes, one of each kind of place, the one to
    believe first. The file's properties are looked at where nothing else tells any.
    """
    found = []
    day, words = date_of(units)
    if day is not None and words is not None:
        found.append(FoundDate(day, DateWhere.TEXT, words))
    if named := date_in_name(file_stem(bulletin_id)):
        found.append(FoundDate(named[0], DateWhere.NAME, named[1]))
    if filed := date_in_folders(folders_of(bulletin_id)):
        found.append(FoundDate(filed[0], DateWhere.FOLDER, filed[1]))
    if not found and (made := property_date(data)):
        found.append(FoundDate(made, DateWhere.PROPERTIES, made))
    return tuple(found)


def believed(dates: Sequence[FoundDate]) -> FoundDate | None:
    """The date that a bulletin has by these: the first, but for one of its file's properties."""
    first = next(iter(dates), None)
    return first if first and first.where is not DateWhere.PROPERTIES else None
