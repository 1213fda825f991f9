"""A first look at a file: what each column seems to be, how sure we are, and what only its owner can tell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from floorwalker.sources.reading import Remark
from floorwalker.sources.spreadsheet import layout as layouts
from floorwalker.sources.spreadsheet import questions, words
from floorwalker.sources.spreadsheet.assign import UNSURE, Assignment, Seen, assigned, guessed
from floorwalker.sources.spreadsheet.codes import remark, unreadable
from floorwalker.sources.spreadsheet.fields import KINDS, Sort
from floorwalker.sources.spreadsheet.headers import Meaning, meaning
from floorwalker.sources.spreadsheet.layout import Layout
from floorwalker.sources.spreadsheet.mapping import fingerprint_of
from floorwalker.sources.spreadsheet.question import Question
from floorwalker.sources.spreadsheet.rows import LINE
from floorwalker.sources.spreadsheet.script import plain
from floorwalker.sources.spreadsheet.sniff import Values

SAMPLE_BYTES = 4 << 20
SAMPLE_ROWS = 50_000


@dataclass(frozen=True)
class ColumnSeen:
    """One column as it looks.

    `field` is "" when it is left out; `borrows` is the date column that a clock column needs. `form` is its format by
    `times` and `amounts`, `samples` three texts, `filled` the share of rows that have one, `distinct` how many differ.
    """

    name: str
    header: str
    field: str
    confidence: float
    form: str = ""
    decimal: str = "."
    unit: str = ""
    mean: bool = False
    borrows: str = ""
    samples: tuple[str, ...] = ()
    filled: float = 0.0
    distinct: int = 0

    @property
    def unsure(self) -> bool:
        """Whether the guess wants a look."""
        return bool(self.field) and self.confidence < UNSURE


@dataclass(frozen=True)
class Sighting:
    """A file as it looks. `rows` counts the rows looked at, `complete` tells whether these are all."""

    file: str
    kind: str
    columns: tuple[ColumnSeen, ...]
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header_line: int
    header_rows: int
    rows: int
    complete: bool
    tz: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' unique names."""
        return tuple(column.name for column in self.columns)

    @property
    def fingerprint(self) -> str:
        """The same for every file with these column names."""
        return fingerprint_of(self.header)

    def __getitem__(self, name: str) -> ColumnSeen:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def look(path: Path, *, tz: str = "", kind: str = "", chosen: Mapping[str, str] | None = None) -> Sighting:
    """What a file seems to hold.

    `tz` is the site's zone, proposed where times carry none. `kind` and `chosen` (column name to field, "" for none) are
    what a person has already decided; everything else is guessed around it.

    Raises
    ------
    Unreadable
        when there is no table to be seen.
    """
    layout = layouts.of(path)
    raw = next((batch for batch in layout.batches(SAMPLE_BYTES) if batch.frame.height), None)
    if raw is None:
        raise unreadable("header_only", layout.header_line or None, file=path.name)
    frame = _without_sums(raw.frame.head(SAMPLE_ROWS).drop(LINE))
    named = layout.header or ("",) * len(layout.columns)
    seen = [
        Seen(name, meaning(header) if header else Meaning(), _values(frame[name]))
        for name, header in zip(layout.columns, named, strict=True)
    ]
    chosen = {name: field for name, field in (chosen or {}).items() if name in layout.columns}
    found, margin = (assigned(seen, KINDS[kind], chosen), 9.0) if kind else guessed(seen, chosen)
    asked = questions.open_questions(seen, found, margin, tz, frame, layout.notes)
    return Sighting(
        file=path.name,
        kind=found.kind,
        columns=tuple(_column(column, header, found, frame.height) for column, header in zip(seen, named, strict=True)),
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        sheet=layout.sheet,
        sheets=layout.sheets,
        header_line=layout.header_line,
        header_rows=layout.header_rows,
        rows=frame.height,
        complete=raw.bytes_done >= path.stat().st_size and raw.frame.height <= SAMPLE_ROWS,
        tz=asked.tz,
        constants=asked.constants,
        questions=asked.questions,
        remarks=tuple(_remarks(layout)),
    )


def _without_sums(frame: pl.DataFrame) -> pl.DataFrame:
    """The sampled rows but for those that begin with a word for a sum; all when nothing else would be left."""
    first = frame.select(pl.coalesce(pl.when(pl.all() != "").then(pl.all()))).to_series()
    worded = first.filter(~first.str.contains("[0-9]")).unique()
    sums = [text for text in worded if plain(text).rstrip(" :") in words.totals()]
    rest = frame.filter(~first.is_in(sums))
    return rest if rest.height else frame


def _values(texts: pl.Series) -> Values:
    return Values(texts.filter((texts != "") & texts.is_not_null()))


def _column(column: Seen, header: str, found: Assignment, rows: int) -> ColumnSeen:
    name = found.fields.get(column.name, "")
    values = column.values
    samples = values.distinct.head(3).to_list()
    return ColumnSeen(
        name=column.name,
        header=header,
        field=name,
        confidence=found.sure.get(column.name, 0.0),
        form=form_of(column, KINDS[found.kind][name].sort) if name else _day_form(column, found),
        decimal=values.decimal if samples else ".",
        unit=column.meaning.unit,
        mean=column.meaning.mean,
        borrows=found.day if column.name in found.clocks else "",
        samples=tuple(samples),
        filled=len(values.texts) / rows,
        distinct=len(values.distinct),
    )


def _day_form(column: Seen, found: Assignment) -> str:
    return column.values.time.form if column.name == found.day and column.values.time else ""


def form_of(column: Seen, sort: Sort) -> str:
    """The format of a column that holds values of this sort; "" when it has no choice of formats, or none fits."""
    if column.empty:
        return ""
    if sort in (Sort.INSTANT, Sort.DATE):
        return column.values.time.form if column.values.time else ""
    if sort is Sort.DURATION:
        return column.values.clock_style or column.meaning.unit
    return ""


def _remarks(layout: Layout) -> list[Remark]:
    told = []
    if layout.words:
        told.append(remark("encoding_guessed", encoding=layout.encoding, words=", ".join(layout.words)))
    if layout.notes:
        told.append(remark("lines_above_header", lines=len(layout.notes)))
    if not layout.header:
        told.append(remark("no_header", columns=len(layout.columns)))
    if layout.header_rows == 2:
        told.append(remark("two_header_rows", line=layout.header_line))
    told += [
        remark("repeated_header", header=header, renamed=name)
        for header, name in zip(layout.header, layout.columns, strict=False)
        if header and name != header
    ]
    if len(layout.sheets) > 1:
        others = ", ".join(sheet for sheet in layout.sheets if sheet != layout.sheet)
        told.append(remark("other_sheets", taken=layout.sheet, others=others))
    return told
