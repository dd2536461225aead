"""Days and minutes as people write them, where records and counts are asked for by time."""

from datetime import date, datetime, timedelta

from corpus.errors import CallError


def moment(name: str, written: str | None, *, whole_day: bool = False) -> datetime | None:
    """A time in the zone of this machine; of a day its beginning, with `whole_day` its end. None
    where nothing is written; `name` is what an error calls it.

    :raises CallError: it is none.
    """
    if written is None or not written.strip():
        return None
    try:
        at = datetime.fromisoformat(written.strip())
        is_day = "T" not in written and ":" not in written
        return (at + timedelta(days=1) if whole_day and is_day else at).astimezone()
    except (ValueError, OverflowError) as error:
        raise CallError(
            f"{name} is {written[:40]!r}; give a day or a minute such as 2026-11-01 or "
            "2026-11-01T08:30 (请写日期或时刻)"
        ) from error


def day_of(name: str, written: str | None) -> date | None:
    """A day; None where nothing is written. `name` is what an error calls it.

    :raises CallError: it is none.
    """
    at = moment(name, written)
    return at.date() if at else None
