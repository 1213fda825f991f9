"""How many people a day takes against how many are planned, written for one reader."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning import people_words
from floorwalker.web.planning.asking import Choice, address
from floorwalker.web.planning.forecast_page import load_strip
from floorwalker.web.planning.keeping import POINTS
from floorwalker.web.planning.models import Expected
from floorwalker.web.planning.needs import Shortage
from floorwalker.web.planning.plan_lines import goal
from floorwalker.web.planning.queries import current_round
from floorwalker.web.planning.simulated import Played, play_day
from floorwalker.web.planning.staffing_day import QueueDay, StaffingDay, WhatIf, shortage, staffing_day
from floorwalker.web.ui.charts import Hand, People, Picture, Score, Table, score
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import UNKNOWN

DAYS = 14
SAME = 0.005


@dataclass(frozen=True)
class PeoplePage:
    """Everything on the page; without a picture there is nothing to compare yet."""

    sentence: str
    lede: str
    goal: str
    days: tuple[Choice, ...]
    picture: Picture | None
    assumptions: tuple[str, ...]
    levels: tuple[tuple[str, str], ...]
    by_queue: Table | None
    played: tuple[str, Table] | None = None


def people_page(
    site: Site, queue: str, day: date, what: WhatIf, now: datetime, reader: Reader, plays: bool = False
) -> PeoplePage:
    """The day of a queue, or of all together."""
    found = staffing_day(site, day, what)
    one = found.one(queue) if found else None
    days = _days(queue, day, what, now.date(), reader)
    if found is None or one is None:
        return PeoplePage(gettext("How many people it takes"), "", "", days, None, (), (), None)
    shown = one.shown(found.part if not queue else one.open)
    short = shortage(shown)
    gives = one.gives()
    return PeoplePage(
        sentence=people_words.headline(shown, short, reader),
        lede=people_words.lede(shown, reader),
        goal=goal(one.plan, reader) if one.plan else "",
        days=days,
        picture=people_picture(found, shown, now if day == now.date() else None, reader),
        assumptions=tuple(people_words.assumptions(one, reader)),
        levels=people_words.level_rows(gives, reader) if gives else (),
        by_queue=None if queue else _by_queue(found.queues, reader),
        played=_played(site, day, queue, found, what, reader) if plays else None,
    )


def _played(site: Site, day: date, queue: str, found: StaffingDay, what: WhatIf, reader: Reader) -> tuple[str, Table] | None:
    """What came of playing the day, of one queue or of all in which customers wait."""
    done = play_day(site, day, found, what.sick, current_round(site))
    asked = [each for each in done.queues if queue in ("", each.queue)] if done else []
    if done is None or not asked:
        return None
    said = people_words.played(done, reader)
    head = (gettext("Queue"), gettext("By formula"), gettext("As it was played"), gettext("Give or take"))
    return said, Table(gettext("Answered in time"), head, tuple(_played_row(each, reader) for each in asked))


def _played_row(each: Played, reader: Reader) -> tuple[str, ...]:
    doubt = gettext("%(n)s points") % {"n": reader.number(2 * each.error * 100, 1)}
    formula = UNKNOWN if each.formula is None else reader.percent(each.formula, 1)
    return each.queue, formula, reader.percent(each.level, 1), doubt


def _days(queue: str, day: date, what: WhatIf, today: date, reader: Reader) -> tuple[Choice, ...]:
    other = {"volume": str(what.volume or ""), "aht": str(what.aht or ""), "sick": str(what.sick or "")}
    named = {today: gettext("Today"), today + timedelta(1): gettext("Tomorrow")}
    return tuple(
        Choice(
            each.isoformat(),
            named.get(each) or reader.day(each, "short"),
            each == day,
            address(queue=queue, day=each.isoformat(), **other),
        )
        for each in (today + timedelta(step) for step in range(DAYS))
    )


def people_strip(
    shown: QueueDay, reader: Reader, short_words: Callable[[Shortage, Reader], str] = people_words.short_words
) -> People:
    """Needed and planned as a strip of a score."""
    short = shortage(shown)
    at = int(shown.need.argmax()) if len(shown.need) else 0
    words = {
        "need": reader.number(shown.need[at]),
        "low": reader.number(shown.low[at]),
        "high": reader.number(shown.high[at]),
    }
    notes = [gettext("%(need)s needed at the peak") % words, gettext("%(low)s to %(high)s") % words]
    if shown.planned is not None:
        notes.insert(0, gettext("%(n)s planned at the peak") % {"n": reader.number(shown.planned[at])})
    return People(
        need=shown.need.tolist(),
        low=shown.low.tolist(),
        high=shown.high.tolist(),
        planned=None if shown.planned is None else shown.planned.tolist(),
        title=gettext("People"),
        notes=tuple(notes),
        needed_words=gettext("needed, with doubt"),
        planned_words=gettext("planned"),
        short=(short.start, short.end, short_words(short, reader)) if short else None,
    )


def people_picture(found: StaffingDay, shown: QueueDay, now: datetime | None, reader: Reader) -> Picture:
    """Expected contacts over needed and planned people."""
    expected = found.expected[shown.queue]
    first = expected.curve["minutes"].index(shown.minutes[0])
    load = load_strip(_scaled(expected, shown, first), slice(first, first + len(shown.minutes)), reader)
    finding = f"{people_words.headline(shown, shortage(shown), reader)} {people_words.lede(shown, reader)}"
    at = now.hour * 60 + now.minute if now else None
    day = Score(shown.minutes, shown.length, load=load, people=people_strip(shown, reader), now=at)
    return score(Hand(reader), day, finding, people_table(shown, finding, reader))


def _scaled(expected: Expected, shown: QueueDay, first: int) -> Expected:
    """The expected contacts as they would be otherwise, when they are asked for so."""
    kept, asked = sum(expected.curve["mean"][first : first + len(shown.minutes)]), float(shown.contacts.sum())
    factor = asked / kept if kept else 1.0
    if abs(factor - 1) < SAME:
        return expected
    curve = {name: [each * factor for each in expected.curve[name]] for name in POINTS}
    total = {name: expected.total[name] * factor for name in POINTS}
    return Expected(day=expected.day, queue=expected.queue, curve={**expected.curve, **curve}, total=total, came=expected.came)


def people_table(shown: QueueDay, caption: str, reader: Reader) -> Table:
    """The picture's rows."""
    head = (gettext("From"), gettext("Expected"), gettext("Needed"), gettext("In 8 of 10 such days"), gettext("Planned"))
    rows = tuple(
        (
            reader.clock(minute),
            reader.number(shown.contacts[place], 1),
            reader.number(shown.need[place]),
            gettext("%(low)s to %(high)s") % {"low": reader.number(shown.low[place]), "high": reader.number(shown.high[place])},
            UNKNOWN if shown.planned is None else _people(shown.planned[place], reader),
        )
        for place, minute in enumerate(shown.minutes)
    )
    return Table(caption, head, rows)


def _people(count: float, reader: Reader) -> str:
    return reader.number(count, 0 if float(count).is_integer() else 1)


def _by_queue(queues: Sequence[QueueDay], reader: Reader) -> Table:
    head = (
        gettext("Queue"),
        gettext("Needed at its peak"),
        gettext("Planned then"),
        gettext("Largest shortage"),
        gettext("Answered in time"),
    )
    return Table(gettext("Queue by queue"), head, tuple(_queue_row(each, reader) for each in queues))


def _queue_row(day: QueueDay, reader: Reader) -> tuple[str, ...]:
    at, short, gives = int(day.need.argmax()), shortage(day), day.gives()
    level = getattr(gives, day.plan.definition) if gives and day.plan else None
    return (
        day.queue,
        reader.number(day.need[at]),
        UNKNOWN if day.planned is None else _people(day.planned[at], reader),
        people_words.short_words(short, reader) if short else UNKNOWN,
        UNKNOWN if level is None else reader.percent(level),
    )
