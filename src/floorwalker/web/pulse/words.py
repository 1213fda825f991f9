"""How the values of a cut are called: a queue by its name, a channel in the reader's language, an hour on the clock."""

from datetime import date

from floorwalker.core.measures import UNKNOWN, Filter
from floorwalker.web.pulse.record_words import CHANNELS
from floorwalker.web.pulse.record_words import UNKNOWN as UNKNOWN_WORDS
from floorwalker.web.ui.reader import Reader


def called(dimension: str, value: str | int | date | None, reader: Reader) -> str:
    """The name of one value of a dimension."""
    if value is None or value == UNKNOWN:
        return str(UNKNOWN_WORDS[dimension])
    if dimension == "channel":
        return str(CHANNELS.get(str(value), value))
    if dimension == "weekday":
        return reader.weekday(int(str(value)) - 1)
    if dimension == "hour":
        return reader.clock(int(str(value)) * 60)
    if dimension in ("day", "week"):
        return reader.day(value if isinstance(value, date) else date.fromisoformat(str(value)), "medium")
    if dimension == "month":
        return reader.month(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value)


def filter_words(filters: tuple[Filter, ...], reader: Reader) -> list[tuple[str, list[str]]]:
    """Each filter's dimension with the names of its values."""
    return [(each.dimension, [called(each.dimension, value, reader) for value in each.values]) for each in filters]
