"""Who of the planned people really came: seen when they worked on any contact of their day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

import polars as pl

from floorwalker.core.measures import Filter, Question
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.warehouse.warehouse import Warehouse
from floorwalker.web.accounts.models import Person, Site
from floorwalker.web.planning.planned import queues_of
from floorwalker.web.planning.rosters import counted

Attendance = Mapping[str, Mapping[date, tuple[int, int]]]
"""By queue and day: person-days planned with a name, and how many of these nobody saw."""


def attendance(site: Site, warehouse: Warehouse, first: date, last: date) -> Attendance:
    """Only people who were seen at least once in the time count, and only days of which contacts are known: who works under
    another name in the log, or has no contacts, tells nothing.
    """
    seen = _seen(site, warehouse, first, last)
    days = {day for _person, day in seen}
    people = {person for person, _day in seen}
    planned: Counter[tuple[str, date]] = Counter()
    missing: Counter[tuple[str, date]] = Counter()
    shifts = counted(site).filter(day__range=(first, last), person__in=people)
    for day, written, person in shifts.values_list("day", "queue", "person"):
        if day in days:
            for queue in queues_of(written):
                planned[queue, day] += 1
                missing[queue, day] += (person, day) not in seen
    found: dict[str, dict[date, tuple[int, int]]] = {}
    for (queue, day), many in planned.items():
        found.setdefault(queue, {})[day] = (many, missing[queue, day])
    return found


def _seen(site: Site, warehouse: Warehouse, first: date, last: date) -> set[tuple[int, date]]:
    """Each person and day with a contact that they worked on."""
    names = {
        plain(each.name): person.pk
        for person in Person.objects.filter(site=site).prefetch_related("agent_names")
        for each in person.agent_names.all()
    }
    asked = Question(("aht",), ("agent", "day"), first, last, (Filter("agent", ("*",)),))
    frame = warehouse.answer(asked).frame.filter(pl.col("aht.n") > 0)
    rows = frame.select("agent", "day").iter_rows()
    return {(names[known], day) for agent, day in rows if (known := plain(agent)) in names}
