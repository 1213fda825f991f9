"""What a file cannot tell and only its owner can: asked once, with what speaks for each answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from floorwalker.sources.spreadsheet import amounts, times, words
from floorwalker.sources.spreadsheet.assign import Assignment, Seen
from floorwalker.sources.spreadsheet.codes import QUESTIONS
from floorwalker.sources.spreadsheet.fields import KINDS, Sort
from floorwalker.sources.spreadsheet.headers import languages, meaning
from floorwalker.sources.spreadsheet.scales import SCALES
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.sources.spreadsheet.sniff import Values, swapped

_CLEAR_LEAD = 0.5
_DAY_FIRST = frozenset(("pl", "fa", "ko", "zh"))
_ABSURD_MINUTES = 100.0
"""A median conversation of so many minutes is absurd: then the numbers are seconds."""
_LENGTHS = (5, 10, 15, 20, 30, 60, 1440)

_Facts = Mapping[str, str | int | float]


@dataclass(frozen=True)
class Question:
    """One open question. `choices` is empty when the answer is free (a zone); `recommended` is "" when nothing speaks for one.

    An answer is kept under `code`; it holds for every column that it concerns (`code:column` for one column alone).
    """

    code: str
    column: str = ""
    choices: tuple[str, ...] = ()
    recommended: str = ""
    facts: _Facts = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.facts) - set(QUESTIONS[self.code]):
            raise KeyError(f"{self.code} carries {QUESTIONS[self.code]}, not {sorted(self.facts)}")


@dataclass(frozen=True)
class Asked:
    """What could be decided, and the questions that stay open."""

    tz: str
    constants: Mapping[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class _Table:
    """The columns that matter, by field, and the sampled rows."""

    kind: str
    by_field: Mapping[str, Seen]
    frame: pl.DataFrame
    day: Seen | None
    languages: Mapping[str, int]

    def of_sort(self, *sorts: Sort) -> list[tuple[str, Seen]]:
        """Field and column of each mapped field of these sorts."""
        kind = KINDS[self.kind]
        return [(name, column) for name, column in self.by_field.items() if kind[name].sort in sorts]


def open_questions(
    seen: Sequence[Seen], found: Assignment, margin: float, tz: str, frame: pl.DataFrame, notes: Sequence[str]
) -> Asked:
    """The zone and the constants that the file itself tells, and the questions that it leaves open."""
    by_name = {column.name: column for column in seen}
    table = _Table(
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
    asked += [*_date_order(table), *_clock_style(table), *_duration_unit(table), *_decimal_sign(table)]
    if found.kind == "intervals":
        asked += _per_contact(table)
        if length is None and "length_min" not in table.by_field:
            asked.append(Question("interval_length", "", ("15", "30", "60"), "", {"found": frame.height}))
    asked += [*_scale(table), *_survey_kind(table), *_unanswered(table), *_hold_in_talk(table)]
    return Asked(zone, constants, tuple(asked))


def _zone(table: _Table, notes: Sequence[str]) -> tuple[str, str]:
    """The zone that the header or a note names, and a sample of a time that has none."""
    naive = [
        column for _, column in table.of_sort(Sort.INSTANT) if column.values.time and not times.is_utc(column.values.time.form)
    ]
    if not naive:
        return "", ""
    said = [column.meaning.tz for column in naive] + [meaning(note).tz for note in notes]
    zone = next((name for name in said if name), "")
    return zone, "" if zone else str(naive[0].values.distinct[0])


def _date_order(table: _Table) -> Iterator[Question]:
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


def _durations(table: _Table) -> list[tuple[str, Seen]]:
    return [(name, column) for name, column in table.of_sort(Sort.DURATION) if not column.empty]


def _clock_style(table: _Table) -> Iterator[Question]:
    """mm:ss or h:mm, decided by the largest value of all such columns where that is possible."""
    two_parts = [(name, column) for name, column in _durations(table) if column.values.clock_style == "mm:ss"]
    if not two_parts:
        return
    largest = max(column.values.largest_first_part for _, column in two_parts)
    sure_from = 100 if table.kind == "intervals" else 6
    if largest < sure_from:
        name, column = two_parts[0]
        yield Question(
            "clock_style", column.name, ("mm:ss", "h:mm"), "mm:ss", {"sample": column.values.distinct[0], "field": name}
        )


def _unitless(table: _Table) -> list[tuple[str, Seen]]:
    return [(name, column) for name, column in _durations(table) if not column.values.clock_style and not column.meaning.unit]


def _duration_unit(table: _Table) -> Iterator[Question]:
    plain_numbers = [(name, column) for name, column in _unitless(table) if len(column.values.numbers)]
    long_ones = [(name, column) for name, column in plain_numbers if name in ("talk_s", "handle_s")]
    if not plain_numbers:
        return
    medians = {name: float(np.median(column.values.numbers.to_numpy())) for name, column in plain_numbers}
    if table.kind != "intervals" and any(medians[name] >= _ABSURD_MINUTES for name, _ in long_ones):
        return
    name, column = (long_ones or plain_numbers)[0]
    typical, answered = medians[name], 1.0
    if table.kind == "intervals" and not column.meaning.mean and "answered" in table.by_field:
        counts = table.by_field["answered"].values.numbers
        typical = float(column.values.numbers.sum()) / max(float(counts.sum()), 1.0)
        answered = float(counts[0])
    whole = bool((column.values.numbers == column.values.numbers.round()).all())
    recommended = "seconds" if whole and typical >= 10 else "minutes" if not whole and typical < 60 else ""
    facts: _Facts = {
        "sample": str(column.values.distinct[0]),
        "answered": answered,
        "typical": round(typical, 2),
        "field": name,
    }
    yield Question("duration_unit", column.name, ("seconds", "minutes", "hours", "ms"), recommended, facts)


def _decimal_sign(table: _Table) -> Iterator[Question]:
    """14,118 is fourteen thousand where a comma never is a decimal sign; elsewhere its owner must say."""
    if not table.languages.get("pl"):
        return
    for _, column in table.of_sort(Sort.DURATION, Sort.NUMBER, Sort.SCORE):
        if column.values.grouped:
            sample = str(column.values.distinct.filter(column.values.distinct.str.contains(r"^-?\d{1,3},\d{3}$"))[0])
            facts = {"sample": sample, "as_decimal": sample.replace(",", "."), "as_thousands": sample.replace(",", "")}
            yield Question("decimal_sign", column.name, (".", ","), ".", facts)
            return


def _per_contact(table: _Table) -> Iterator[Question]:
    """Whether an interval's duration is a total or a mean, where neither the name nor the size tells."""
    answered = table.by_field.get("answered")
    for name, column in _durations(table):
        if name not in ("handle_s", "talk_s", "acw_s", "hold_s", "wait_s") or column.meaning.mean or answered is None:
            continue
        counts = float(answered.values.numbers.sum())
        values = _numeric(column.values)
        if name not in ("handle_s", "talk_s") or not counts or not len(values):
            continue
        as_total, as_mean = float(values.sum()) / counts, float(np.median(values))
        if as_total >= 30 and as_mean > 3600:
            return
        recommended = "contact" if as_total < 5 else "total" if as_total >= 30 else ""
        facts: _Facts = {
            "sample": str(column.values.distinct[0]),
            "as_total": round(as_total, 1),
            "as_mean": round(as_mean, 1),
            "field": name,
        }
        yield Question("per_contact", column.name, ("total", "contact"), recommended, facts)
        return


def _numeric(values: Values) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The column's durations, in seconds if they are clocks, else as they stand."""
    if not values.clock_style:
        return values.numbers.to_numpy()
    return amounts.seconds(amounts.spelled(values.texts), values.clock_style).drop_nulls().to_numpy()


def _scale(table: _Table) -> Iterator[Question]:
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


def _survey_kind(table: _Table) -> Iterator[Question]:
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


def _unanswered(table: _Table) -> Iterator[Question]:
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


def _hold_in_talk(table: _Table) -> Iterator[Question]:
    """Whether talk time already contains hold; a row with more hold than talk shows that it does not."""
    hold, talk = table.by_field.get("hold_s"), table.by_field.get("talk_s")
    if hold is None or talk is None:
        return
    held, talked = _numeric(hold.values), _numeric(talk.values)
    if len(held) == len(talked) and bool((held > talked).any()):
        return
    yield Question("hold_in_talk", hold.name, ("inside", "apart"), "apart", {"sample": str(hold.values.distinct[0])})


def _length(table: _Table) -> int | None:
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
