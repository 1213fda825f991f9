"""A roster file becomes shifts: every row is taken or refused with its reason. Nothing is stored here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from floorwalker.sources.spreadsheet import layout, times
from floorwalker.sources.spreadsheet.rows import LINE
from floorwalker.sources.spreadsheet.script import digits, plain, tidy
from floorwalker.sources.spreadsheet.sniff import Values
from floorwalker.web.planning.columns import found_in

DAY = 24 * 60
LONGEST = 16 * 60
CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2})?")
SPAN = re.compile(r"(\d{1,2}[:.h]\d{2})\s*(?:-|–|to|do|~)\s*(\d{1,2}[:.h]\d{2})")
NEEDED = ("start", "end", "queue")


@dataclass(frozen=True)
class Known:
    """Somebody whom a roster may name: until when and since when they work here."""

    pk: int
    hired_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Draft:
    """One shift as a file tells it: minutes from midnight of `day`."""

    line: int
    day: date
    start: int
    end: int
    queue: str
    person: int | None
    people: int = 1
    breaks: tuple[tuple[int, int], ...] = ()

    def overlaps(self, other: "Draft") -> bool:
        """Whether both are at work at the same moment, over midnight as well."""
        apart = (other.day - self.day).days * DAY
        return self.start < other.end + apart and other.start + apart < self.end


@dataclass
class Read:
    """What a file says. `refused` are line, code, column, value; `missing` the columns without which nothing can be read."""

    rows: int = 0
    drafts: list[Draft] = field(default_factory=list)
    refused: list[dict[str, str | int]] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    queues_unknown: dict[str, int] = field(default_factory=dict)


class _Refused(Exception):
    def __init__(self, code: str, column: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.column, self.value = code, column, value


def read(path: Path, people: Mapping[str, Known], queues: Sequence[str]) -> Read:
    """The shifts of a CSV, TSV or workbook. `people` by name, staff number, address and agent name in small letters.

    Raises
    ------
    Unreadable
        when there is no table in the file.
    """
    place = layout.of(path)
    columns = found_in(place.columns)
    missing = tuple(name for name in NEEDED if name not in columns)
    done = Read(missing=missing)
    if missing:
        return done
    called = {plain(queue): queue for queue in queues}
    for batch in place.batches():
        done.rows += batch.frame.height + len(batch.refusals)
        done.refused += [{"line": each.line, "code": "row_broken", "column": "", "value": ""} for each in batch.refusals]
        for row in _rows(batch.frame, columns):
            try:
                draft = _draft(row, people, called)
            except _Refused as why:
                done.refused.append({"line": row["line"], "code": why.code, "column": why.column, "value": why.value[:80]})
            else:
                done.drafts.append(draft)
                if plain(draft.queue) not in called:
                    done.queues_unknown[draft.queue] = done.queues_unknown.get(draft.queue, 0) + 1
    _refuse_overlaps(done)
    done.refused.sort(key=lambda each: int(each["line"]))
    return done


def _rows(frame: pl.DataFrame, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    """Rows with the texts of our columns, and readings of those that say a day."""
    data: dict[str, list[object]] = {"line": frame[LINE].to_list()}
    for name, column in columns.items():
        data[name] = frame[column].to_list()
        if name in ("day", "start", "end"):
            data[f"{name} at"] = _readings(frame[column])
    return [dict(zip(data, values, strict=True)) for values in zip(*data.values(), strict=True)]


def _readings(texts: pl.Series) -> list[object]:
    """Readings of a column that tells days, in any calendar and format that one column keeps to; else nothing."""
    form = Values(texts.drop_nulls()).time
    if form is None or not form.has_date:
        return [None] * len(texts)
    return list(times.readings(times.spelled(texts), form.form))


def _draft(row: Mapping[str, Any], people: Mapping[str, Known], called: Mapping[str, str]) -> Draft:
    queue = tidy(str(row["queue"] or ""))
    if not queue:
        raise _Refused("queue_missing", "queue")
    day, start, end = _span(row)
    person = _person(str(row.get("person") or ""), day, people)
    count = _count(str(row.get("people") or ""), person)
    breaks = _breaks(str(row.get("breaks") or ""), start, end)
    return Draft(int(str(row["line"])), day, start, end, called.get(plain(queue), queue), person, count, breaks)


def _span(row: Mapping[str, Any]) -> tuple[date, int, int]:
    starts, ends = row.get("start at"), row.get("end at")
    said, told = str(row["start"] or ""), str(row["end"] or "")
    if isinstance(starts, datetime):
        day, start = starts.date(), _minute(starts)
    else:
        on = row.get("day at")
        if not isinstance(on, datetime):
            raise _Refused("day_unreadable", "day", str(row.get("day") or said))
        day, start = on.date(), _clock(said, "start")
    if isinstance(ends, datetime):
        end = (ends.date() - day).days * DAY + _minute(ends)
    else:
        end = _clock(told, "end")
        end += DAY if end <= start else 0
    if end <= start:
        raise _Refused("ends_before_start", "end", told)
    if end - start > LONGEST:
        raise _Refused("too_long", "end", told)
    return day, start, end


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _clock(text: str, column: str) -> int:
    found = CLOCK.fullmatch(digits(text).strip())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else DAY + 1
    if minutes > DAY or (found and int(found[2] or 0) > 59):
        raise _Refused("time_unreadable", column, text)
    return minutes


def _person(said: str, day: date, people: Mapping[str, Known]) -> int | None:
    if not said.strip():
        return None
    known = people.get(plain(said))
    if known is None:
        raise _Refused("person_unknown", "person", said)
    if known.left_on and known.left_on < day:
        raise _Refused("person_left", "person", said)
    if known.hired_on and known.hired_on > day:
        raise _Refused("person_not_here_yet", "person", said)
    return known.pk


def _count(said: str, person: int | None) -> int:
    if not said.strip() or person is not None:
        return 1
    text = digits(said).strip()
    if not text.isdigit() or not 0 < int(text) < 10_000:
        raise _Refused("people_unreadable", "people", said)
    return int(text)


def _breaks(said: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    found = [(_clock(first, "breaks"), _clock(last, "breaks")) for first, last in SPAN.findall(digits(said))]
    if said.strip() and not found:
        raise _Refused("breaks_unreadable", "breaks", said)
    over = [(first + DAY, last + DAY) if last <= start else (first, last) for first, last in found]
    if any(not start <= first < last <= end for first, last in over):
        raise _Refused("breaks_outside", "breaks", said)
    return tuple(sorted(over))


def _refuse_overlaps(done: Read) -> None:
    """Of two rows that put one person in two places at once, the later line is refused."""
    taken: dict[tuple[int, date], list[Draft]] = {}
    kept = []
    for draft in done.drafts:
        if draft.person is not None:
            near = [each for step in (-1, 0, 1) for each in taken.get((draft.person, draft.day + timedelta(step)), ())]
            other = next((each for each in near if draft.overlaps(each)), None)
            if other:
                done.refused.append({"line": draft.line, "code": "overlaps", "column": "person", "value": str(other.line)})
                continue
            taken.setdefault((draft.person, draft.day), []).append(draft)
        kept.append(draft)
    done.drafts = kept
