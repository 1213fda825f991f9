"""What is special about a day: a holiday, days around it, a bridge day, an event that somebody told of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from floorwalker.core.demand.history import EPOCH, Unusable

AROUND = 3
"""Days before and after a holiday that may be unlike others."""
KINDS = ("holiday", "event", "outage")


@dataclass(frozen=True)
class Special:
    """Why a day is unlike others: a class whose days are pooled, and the name within it."""

    group: str
    """holiday, bridge, before_1 ... before_3, after_1 ... after_3, event."""
    name: str


@dataclass(frozen=True)
class Calendar:
    """Special days of one queue, by day since 1970-01-01."""

    special: Mapping[int, tuple[Special, ...]] = field(default_factory=dict)
    broken: frozenset[int] = frozenset()
    """Days of which nothing is to be learned: blips and outages."""
    resets: tuple[int, ...] = ()
    """Days on which a lasting shift began, sorted."""


def read(queue: str, known: pl.DataFrame | None, masked: pl.DataFrame | None, levels: pl.DataFrame | None) -> Calendar:
    """The calendar of one queue from the tables that `forecast` is given. Raises Unusable for a column that is missing."""
    holidays: dict[int, str] = {}
    events: dict[int, list[str]] = {}
    broken = set(_days(masked, queue))
    if known is not None:
        for day, name, kind in _rows(known, queue, ("date", "name", "kind")).iter_rows():
            if kind == "holiday":
                holidays[day] = _plain(name)
            elif kind == "outage":
                broken.add(day)
            else:
                events.setdefault(day, []).append(_plain(name))
    special = {day: (Special(group, name),) for day, (group, name) in _around(holidays).items()}
    for day, names in events.items():
        special[day] = (*special.get(day, ()), *(Special("event", name) for name in sorted(set(names))))
    return Calendar(special, frozenset(broken), tuple(sorted(set(_days(levels, queue)))))


def _around(holidays: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Group and name of each day at a holiday or near one. A bridge is a working day (Monday to Friday) between a holiday and a
    weekend; a day near two holidays belongs to the nearer one.
    """
    found = {day: ("holiday", name) for day, name in holidays.items()}
    free = set(holidays)
    for day, name in holidays.items():
        for near in (day - 1, day + 1):
            beyond = 2 * near - day
            if near not in free and _weekday(near) < 5 and (_weekday(beyond) > 4 or beyond in free):
                found.setdefault(near, ("bridge", name))
    for distance in range(1, AROUND + 1):
        for day, name in sorted(holidays.items()):
            found.setdefault(day - distance, (f"before_{distance}", name))
            found.setdefault(day + distance, (f"after_{distance}", name))
    return found


def _weekday(day: int) -> int:
    return (day + 3) % 7


def _plain(name: object) -> str:
    """A name without what a year adds to it: "Christmas Day (observed)" is a Christmas Day."""
    return str(name or "").partition(" (")[0].strip()


def _days(table: pl.DataFrame | None, queue: str) -> list[int]:
    return [] if table is None else _rows(table, queue, ("date",))["date"].to_list()


def _rows(table: pl.DataFrame, queue: str, columns: Iterable[str]) -> pl.DataFrame:
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise Unusable("column_missing", column=missing[0], found=", ".join(table.columns))
    mine = table
    if "queue" in table.columns:
        mine = table.filter((pl.col("queue").cast(pl.String) == queue) | pl.col("queue").is_null())
    date = pl.col("date").str.to_date() if mine.schema["date"] == pl.String else pl.col("date").cast(pl.Date)
    return mine.with_columns(date=date.cast(pl.Int32)).select(columns).drop_nulls("date")


def holidays_of(country: str, first: dt.date, last: dt.date, language: str | None = None) -> pl.DataFrame:
    """The public holidays of a country (ISO code, or COUNTRY-SUBDIVISION), as `known`: date, name, kind.

    Moving feasts come out right (Easter, Seollal, Nowruz, Islamic days as calculated); half days are not told.
    Raises Unusable for a country that is not known.
    """
    import holidays

    place, _, subdivision = country.upper().partition("-")
    years = range(first.year, last.year + 1)
    try:
        found = holidays.country_holidays(place, subdiv=subdivision or None, years=years, language=language)
    except NotImplementedError as error:
        raise Unusable("country", found=country) from error
    rows = [(day, name) for day, name in sorted(found.items()) if first <= day <= last]
    days = pl.Series([day for day, _ in rows], dtype=pl.Date)
    names = pl.Series([name for _, name in rows], dtype=pl.String)
    return pl.DataFrame({"date": days, "name": names, "kind": ["holiday"] * len(rows)}, schema_overrides={"kind": pl.String})


def number(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH.date()).days
