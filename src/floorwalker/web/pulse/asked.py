"""What a Pulse address asks: measure, cut, period and filters, read from its query and written back into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict
from persiantools.jdatetime import JalaliDate

from floorwalker.core.measures import MEASURES, UNKNOWN, Filter, Question, Unanswerable
from floorwalker.web.pulse.record_words import CUTS

FILTERED_BY = (*CUTS, "day")
CHOSEN_BY = ("queue", "channel", "topic", "team", "agent")
NOT_KNOWN = "-"
WEEKS = 12
LATEST_JALALI_YEAR = 1700
DAILY_UNTIL, WEEKLY_UNTIL = 100, 500


@dataclass(frozen=True)
class Asked:
    """A question of the Pulse page: `measure` cut by `cut`, from `since` to `until`, of contacts that pass `where`."""

    measure: str
    cut: str
    since: date
    until: date
    where: tuple[Filter, ...] = ()
    definition: str = ""

    @property
    def step(self) -> str:
        """Day by day up to a hundred days, then week by week, then month by month."""
        length = (self.until - self.since).days + 1
        return "day" if length <= DAILY_UNTIL else "week" if length <= WEEKLY_UNTIL else "month"

    def question(self, *by: str, others: bool = False) -> Question:
        """The question for the warehouse."""
        definitions = ((self.measure, self.definition),) if self.definition else ()
        return Question((self.measure,), by, self.since, self.until, self.where, definitions, others)

    def values(self, dimension: str) -> tuple[str, ...]:
        """What is filtered for on a dimension; empty when it is not filtered."""
        return next((each.values for each in self.where if each.dimension == dimension), ())

    def narrowed(self, **to: str) -> "Asked":
        """The same question with each dimension of `to` filtered for that one value only; an empty text is the unknown."""
        kept = tuple(each for each in self.where if each.dimension not in to)
        return replace(self, where=(*kept, *(Filter(dimension, (value,)) for dimension, value in to.items())))

    def widened(self, dimension: str) -> "Asked":
        """The same question without the filter on `dimension`."""
        return replace(self, where=tuple(each for each in self.where if each.dimension != dimension))

    def query(self) -> str:
        """The query of the address that asks this: complete, so that it asks the same tomorrow."""
        pairs = [("measure", self.measure), ("by", self.cut), ("since", str(self.since)), ("until", str(self.until))]
        if self.definition:
            pairs.append(("definition", self.definition))
        pairs += [(each.dimension, value or NOT_KNOWN) for each in self.where for value in each.values]
        return urlencode(pairs)


def asked(query: QueryDict, known: tuple[date, date]) -> Asked:
    """What an address asks, about the days `known`; what it leaves open is service level by queue in the last twelve weeks.

    Raises
    ------
    Unanswerable
        when the address names a measure, cut, definition or day that does not exist.
    """
    measure = query.get("measure") or "service_level"
    cut = query.get("by") or "queue"
    if measure not in MEASURES:
        raise Unanswerable("unknown_measure", value=measure, known=", ".join(MEASURES))
    if cut not in CUTS:
        raise Unanswerable("unknown_dimension", value=cut, known=", ".join(CUTS))
    until = _day(query.get("until", ""), known[1])
    since = _day(query.get("since", ""), until - timedelta(days=7 * WEEKS - 1))
    definition = query.get("definition", "")
    if definition not in MEASURES[measure].others:
        definition = ""
    found = Asked(measure, cut, since, until, _filters(query), definition)
    found.question()
    return found


def periods(known: tuple[date, date]) -> Mapping[str, tuple[date, date]]:
    """The periods that a click chooses: each ends on the last known day."""
    last = known[1]
    return {str(weeks): (last - timedelta(days=7 * weeks - 1), last) for weeks in (4, 12, 52)}


def _filters(query: QueryDict) -> tuple[Filter, ...]:
    found = []
    for dimension in FILTERED_BY:
        values: Sequence[str] = [value for value in query.getlist(dimension) if value]
        if values:
            found.append(Filter(dimension, tuple(UNKNOWN if value == NOT_KNOWN else value for value in dict.fromkeys(values))))
    return tuple(found)


def _day(written: str, otherwise: date) -> date:
    """A day as 2026-11-24, or as 1405/09/03 for those who count so; any digits, any separator."""
    if not written.strip():
        return otherwise
    parts = written.replace("/", "-").replace(".", "-").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        if year < LATEST_JALALI_YEAR:
            return JalaliDate(year, month, day).to_gregorian()
        return date(year, month, day)
    except ValueError as error:
        raise Unanswerable("not_a_day", value=written) from error
