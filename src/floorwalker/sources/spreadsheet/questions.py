"""What a file cannot tell and only its owner can: asked once, with what speaks for each answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from floorwalker.sources.spreadsheet import times, words
from floorwalker.sources.spreadsheet.assign import Assignment, Seen
from floorwalker.sources.spreadsheet.duration_questions import duration_questions
from floorwalker.sources.spreadsheet.fields import KINDS, Sort
from floorwalker.sources.spreadsheet.headers import languages, meaning
from floorwalker.sources.spreadsheet.question import Question, Table
from floorwalker.sources.spreadsheet.scales import SCALES
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.sources.spreadsheet.sniff import swapped

_CLEAR_LEAD = 0.5
_DAY_FIRST = frozenset(("pl", "fa", "ko", "zh"))
_LENGTHS = (5, 10, 15, 20, 30, 60, 1440)


@dataclass(frozen=True)
class Asked:
    """What could be decided, and the questions that stay open."""

    tz: str
    constants: Mapping[str, str]
    questions: tuple[Question, ...]


def open_questions(
    seen: Sequence[Seen], found: Assignment, margin: float, tz: str, frame: pl.DataFrame, notes: Sequence[str]
) -> Asked:
    """The zone and the constants that the file itself tells, and the questions that it leaves open."""
    by_name = {column.name: column for column in seen}
    table = Table(
        found.kind,
        {name: by_name[column] for column, name in found.fields.items()},
        frame,
        by_name.get(found.day),
        languages(by_name),
    )
    zone, zone_open = _zone(table, notes)
    length = _length(table) if found.kind == "intervals" else None
    constants = {"length_min": str(length)} if length else {}
    asked: list[Question] = []
    if margin < _CLEAR_LEAD:
        asked.append(Question("kind", "", tuple(KINDS), found.kind, {"found": found.kind}))
    if zone_open:
        asked.append(Question("time_zone", "", (), tz, {"sample": zone_open}))
    asked += [*_date_order(table), *duration_questions(table)]
    if found.kind == "intervals" and length is None and "length_min" not in table.by_field:
        asked.append(Question("interval_length", "", ("15", "30", "60"), "", {"found": frame.height}))
    asked += [*_scale(table), *_survey_kind(table), *_unanswered(table)]
    return Asked(zone, constants, tuple(asked))


def _zone(table: Table, notes: Sequence[str]) -> tuple[str, str]:
    """The zone that the header or a note names, and a sample of a time that has none."""
    naive = [
        column for _, column in table.of_sort(Sort.INSTANT) if column.values.time and not times.is_utc(column.values.time.form)
    ]
    if not naive:
        return "", ""
    said = [column.meaning.tz for column in naive] + [meaning(note).tz for note in notes]
    zone = next((name for name in said if name), "")
    return zone, "" if zone else str(naive[0].values.distinct[0])


def _date_order(table: Table) -> Iterator[Question]:
    dated = [column for _, column in table.of_sort(Sort.INSTANT, Sort.DATE)] + ([table.day] if table.day else [])
    forms = [(column, column.values.time) for column in dated if column.values.time and column.values.time.has_date]
    open_ones = [(column, time) for column, time in forms if time.either]
    if not open_ones or any(not time.either and time.form.startswith(("%d/", "%m/", "%d-", "%m-")) for _, time in forms):
        return
    column, time = open_ones[0]
    sample: str | None = next((text for text in column.values.distinct if _differs(text, time.form)), None)
    if sample is None:
        return
    spoken = max(table.languages, key=lambda language: table.languages[language], default="")
    first, second = (_iso(sample, form) for form in (time.form, swapped(time.form)))
    facts = {"sample": sample, "day_first": first, "month_first": second}
    yield Question("date_order", column.name, ("day_first", "month_first"), "day_first" if spoken in _DAY_FIRST else "", facts)


def _differs(text: str, form: str) -> bool:
    return _iso(text, form) != _iso(text, swapped(form))


def _iso(text: str, form: str) -> str:
    read = times.readings(times.spelled(pl.Series([text])), form)[0]
    return read.date().isoformat() if read else ""


def _scale(table: Table) -> Iterator[Question]:
    column = table.by_field.get("score")
    if column is None or column.empty:
        return
    numbers = column.values.numbers
    if not len(numbers):
        return
    lowest, highest = float(numbers.min()), float(numbers.max())  # type: ignore[arg-type]
    fitting = tuple(name for name in SCALES if "-" in name and _within(name, lowest, highest))
    recommended = next((name for name in fitting if name.endswith(f"-{highest:g}")), "")
    samples = ", ".join(column.values.distinct.head(5))
    yield Question("scale", column.name, fitting, recommended, {"lowest": lowest, "highest": highest, "samples": samples})


def _within(scale: str, lowest: float, highest: float) -> bool:
    bottom, _, top = scale.partition("-")
    return float(bottom) <= lowest and highest <= float(top)


def _survey_kind(table: Table) -> Iterator[Question]:
    column = table.by_field.get("score")
    if column is None or column.empty or "kind" in table.by_field or kind_said(column.name):
        return
    numbers = column.values.numbers
    top = float(numbers.max()) if len(numbers) else 5.0  # type: ignore[arg-type]
    bottom = float(numbers.min()) if len(numbers) else 1.0  # type: ignore[arg-type]
    yield Question(
        "survey_kind",
        column.name,
        ("csat", "nps", "ces", "fcr"),
        "nps" if top == 10 and bottom == 0 else "csat",
        {"lowest": bottom, "highest": top},
    )


def kind_said(header: str) -> str:
    """The kind of survey that a column's name says, or ""."""
    name = plain(header)
    found = [kind for word, kind in words.lexicon("kind").items() if word in name and len(word) > 1]
    return found[0] if found else ""


def _unanswered(table: Table) -> Iterator[Question]:
    """What became of contacts that nobody answered, when only the answering is told."""
    if table.kind != "contacts" or {"outcome", "abandoned"} & set(table.by_field):
        return
    telling = next((name for name in ("answered", "answered_at", "talk_s") if name in table.by_field), "")
    if not telling:
        return
    column = table.by_field[telling]
    rows = table.frame.height - len(column.values.texts)
    if telling == "answered":
        rows = table.frame.height
    if rows:
        yield Question("unanswered", column.name, ("abandoned", "unknown"), "abandoned", {"column": column.name, "rows": rows})


def _length(table: Table) -> int | None:
    """The interval's length in minutes: the smallest step between two starts."""
    if "length_min" in table.by_field or "started_at" not in table.by_field:
        return None
    column = table.by_field["started_at"]
    time = column.values.time
    if time is None:
        return None
    texts = times.spelled(column.values.distinct)
    read = times.readings(
        texts if time.has_date else "2000-01-01 " + texts, time.form if time.has_date else f"%Y-%m-%d {time.form}"
    )
    steps = read.drop_nulls().unique().sort().diff().drop_nulls().dt.total_minutes()
    return next((length for length in _LENGTHS if len(steps) and steps.min() == length), None)
