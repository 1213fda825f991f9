"""The texts of one batch, read field by field: values where they fit, refused rows where they do not."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map

import polars as pl

from floorwalker.sources.reading import Refusal, Remark
from floorwalker.sources.spreadsheet import amounts, times, words, zones
from floorwalker.sources.spreadsheet.codes import REFUSALS, refusal, remark
from floorwalker.sources.spreadsheet.fields import Field, Sort
from floorwalker.sources.spreadsheet.mapping import Mapping, Rule
from floorwalker.sources.spreadsheet.rows import LINE
from floorwalker.sources.spreadsheet.scales import Scale
from floorwalker.sources.spreadsheet.script import SPACES, digits, plain

Facts = Map[str, str | int | float]
PERSONS = ("agent",)
ABSURD_S = 86_400.0
_LARGEST_COUNT = 10_000_000


class Cells:
    """Reads a batch's columns by a mapping. Each reading refuses the rows that do not fit; `standing` are those still good.

    `hashes` are the rows' hashes, as the column row_hash.
    """

    def __init__(self, frame: pl.DataFrame, mapping: Mapping, tz: str, hashes: pl.Series) -> None:
        self.frame, self.mapping, self.tz = frame, mapping, tz
        self.lines, self.hashes = frame[LINE].alias("line"), hashes
        self.standing = pl.repeat(True, frame.height, eager=True)
        self.refusals: list[Refusal] = []
        self.aside = 0
        self.remarks: list[Remark] = []
        self._started: pl.Series | None = None

    def has(self, name: str) -> bool:
        """Whether a column, or several, is read for the field."""
        return name in self.mapping.fields

    def texts(self, name: str) -> pl.Series:
        """The field's texts as they stand; an empty one, or one that the rule calls empty, is null."""
        rule = self.mapping.fields[name]
        columns = [self._column(column, rule) for column in rule.columns]
        if len(columns) == 1:
            return columns[0].alias(name)
        return pl.select(pl.concat_str(columns, separator=" ", ignore_nulls=False)).to_series().alias(name)

    def value(self, name: str) -> pl.Series | None:
        """The field's values in the type of its record column, or None when nothing is read for it; instants are UTC."""
        if constant := self.mapping.constants.get(name):
            return pl.repeat(constant, self.frame.height, dtype=pl.String, eager=True).alias(name)
        if not self.has(name):
            return None
        field, rule = self.mapping.what[name], self.mapping.fields[name]
        return self._readers()[field.sort](field, rule).alias(name)

    def values(self, names: Iterable[str]) -> dict[str, pl.Series]:
        """Several fields' values, without those for which nothing is read."""
        found = {name: self.value(name) for name in names}
        return {name: value for name, value in found.items() if value is not None}

    def refuse(
        self, rows: pl.Series, code: str, name: str = "", remedy: str = "correct_cell", **facts: str | int | float
    ) -> None:
        """Refuses the rows where `rows` is true and that stand yet, for what field `name` holds."""
        hit = (rows & self.standing).fill_null(value=False)
        if hit.any():
            self.refuse_each(hit, code, name, remedy, [facts] * int(hit.sum()))

    def refuse_each(self, rows: pl.Series, code: str, name: str, remedy: str, facts: Sequence[Facts]) -> None:
        """Refuses the standing rows where `rows` is true, each with its own facts, in the rows' order."""
        hit = (rows & self.standing).fill_null(value=False)
        self.standing = self.standing & ~hit
        column = " + ".join(self.mapping.fields[name].columns) if self.has(name) else ""
        texts = self.texts(name).filter(hit) if column else [""] * int(hit.sum())
        about = {"field": name} if "field" in REFUSALS[code] else {}
        for line, text, known in zip(self.lines.filter(hit), texts, facts, strict=True):
            self.refusals.append(refusal(code, line, column, text or "", remedy, **about, **known))

    def set_aside(self, rows: pl.Series) -> int:
        """Takes the standing rows where `rows` is true for no records; how many they were."""
        hit = (rows & self.standing).fill_null(value=False)
        self.standing = self.standing & ~hit
        count = int(hit.sum())
        self.aside += count
        return count

    def totals_aside(self, doubtful: pl.Series) -> None:
        """Of rows that would be refused, sets those aside that begin with a word for a sum, or repeat the header."""
        hit = (doubtful & self.standing).fill_null(value=False)
        if not hit.any():
            return
        places = hit.arg_true()
        rows = self.frame.drop(LINE)[places].iter_rows()
        sums = {place for place, cells in zip(places, rows, strict=True) if self._is_no_record(cells)}
        if sums:
            marks = pl.Series([place in sums for place in places])
            self.say("totals_left_out", lines=self.set_aside(_spread(marks, hit)))

    def _is_no_record(self, cells: tuple[str | None, ...]) -> bool:
        filled = [plain(cell) for cell in cells if cell]
        first = filled[0].rstrip(" :") if filled else ""
        return first in words.totals() or filled == [plain(name) for name in self.mapping.header[: len(filled)]]

    def kept(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The standing rows of a frame that has all of the batch."""
        return frame if self.standing.all() else frame.filter(self.standing)

    def require(self, name: str, values: pl.Series) -> None:
        """Refuses the rows without a value of a field that every row needs, but for sums, which are set aside."""
        self.totals_aside(values.is_null())
        self.refuse(values.is_null(), "empty_required", name)

    def say(self, code: str, **facts: str | int | float) -> None:
        """Adds a remark about the file."""
        self.remarks.append(remark(code, **facts))

    def _readers(self) -> Map[Sort, Callable[[Field, Rule], pl.Series]]:
        return {
            Sort.INSTANT: self._instant,
            Sort.DATE: self._date,
            Sort.DURATION: self._duration,
            Sort.COUNT: self._count,
            Sort.NUMBER: self._number,
            Sort.TEXT: self._text,
            Sort.VERBATIM: lambda field, rule: self.texts(field.name),
            Sort.WORD: self._word,
            Sort.FLAG: self._flag,
            Sort.SCORE: self._score,
        }

    def _column(self, column: str, rule: Rule) -> pl.Series:
        texts = self.frame[column]
        return texts.set(texts.is_in(list(rule.empty)), None) if rule.empty else texts

    def _instant(self, field: Field, rule: Rule) -> pl.Series:
        naive = self._reading(field, rule)
        tz = "UTC" if times.is_utc(rule.format) else self.tz
        moments = zones.to_instants(naive, tz, self.mapping.answers.get("repeated_hour", ""))
        lost = moments.is_null() & naive.is_not_null()
        if lost.any():
            twice = _spread(zones.to_instants(naive.filter(lost), tz, "first").is_not_null(), lost)
            self.refuse(lost & twice, "repeated_hour", field.name, "answer_question", tz=tz)
            self.refuse(lost & ~twice, "skipped_hour", field.name, tz=tz)
        return moments

    def _date(self, field: Field, rule: Rule) -> pl.Series:
        return self._reading(field, rule).dt.date()

    def _reading(self, field: Field, rule: Rule) -> pl.Series:
        """Local clock readings. Texts in plain ASCII are read as they stand; the others are spelled out first."""
        texts = self.texts(field.name)
        naive = times.readings(texts, rule.format)
        left = texts.is_not_null() & naive.is_null()
        if left.any():
            naive = self._left_readings(field, rule, times.spelled(texts.filter(left)), naive, left)
        naive = self._over_midnight(field, rule, naive)
        earliest, latest = times.EARLIEST[field.sort is Sort.DATE], times.LATEST
        facts = {"earliest": earliest.date().isoformat(), "latest": latest.date().isoformat()}
        self.refuse((naive < earliest) | (naive >= latest), "time_out_of_range", field.name, **facts)
        return naive

    def _over_midnight(self, field: Field, rule: Rule, naive: pl.Series) -> pl.Series:
        """A clock column that borrows the date of the row's start belongs to the next day once it has run past midnight."""
        if field.name == "started_at":
            self._started = naive
        start = self.mapping.fields.get("started_at")
        borrows = start is not None and len(rule.columns) > 1 and rule.columns[0] == start.columns[0]
        if self._started is None or not borrows:
            return naive
        return pl.select(
            pl.when(naive < self._started - pl.duration(hours=12)).then(naive + pl.duration(days=1)).otherwise(naive)
        ).to_series()

    def _left_readings(self, field: Field, rule: Rule, texts: pl.Series, naive: pl.Series, left: pl.Series) -> pl.Series:
        """`naive` with readings of the spelled `texts`, which stand where `left` is true; rows that stay unread are refused."""
        found = times.readings(texts, rule.format)
        odd = texts.is_not_null() & found.is_null()
        ambiguous: list[str] = []
        if odd.any():
            found, ambiguous = self._odd_readings(field, rule, texts, found, odd)
        whole = naive.scatter(left.arg_true(), found)
        unread = _spread(texts.is_not_null() & found.is_null(), left)
        if field.name == self.mapping.what.needs[0][0]:
            self.totals_aside(unread)
        self.refuse(_spread(texts.is_in(ambiguous), left), "ambiguous_date", field.name, expected=rule.format)
        self.refuse(unread, "not_a_time", field.name, expected=rule.format)
        return whole

    def _odd_readings(
        self, field: Field, rule: Rule, texts: pl.Series, found: pl.Series, odd: pl.Series
    ) -> tuple[pl.Series, list[str]]:
        """`found` with the texts of another format that can mean but one thing, and those that can mean two."""
        known: dict[str, dt.datetime | None] = {}
        ambiguous = []
        for text in texts.filter(odd).unique():
            try:
                known[text] = times.one_reading(text, rule.format)
            except times.Ambiguous:
                known[text] = None
                ambiguous.append(text)
        moments = pl.Series(list(known.values()), dtype=pl.Datetime("us"))
        rescued = texts.filter(odd).replace_strict(list(known), moments, return_dtype=pl.Datetime("us"))
        if count := int(rescued.is_not_null().sum()):
            self.say("other_date_format", field=field.name, column=rule.columns[0], rows=count)
        return found.scatter(odd.arg_true(), rescued), ambiguous

    def _duration(self, field: Field, rule: Rule) -> pl.Series:
        texts = self.texts(field.name)
        values = amounts.seconds(texts, rule.format, rule.decimal)
        values = self._left_numbers(texts, values, lambda text: amounts.one_duration(text, rule.format, rule.decimal))
        self.refuse(texts.is_not_null() & values.is_null(), "not_a_duration", field.name, expected=rule.format)
        self.refuse(values < 0, "negative_duration", field.name)
        if self.mapping.kind == "contacts":
            self._absurd(field, values)
        return values

    def _absurd(self, field: Field, values: pl.Series) -> None:
        long = ((values > ABSURD_S) & self.standing).fill_null(value=False)
        if long.any():
            self.say(
                "absurd_durations",
                field=field.name,
                rows=int(long.sum()),
                longest_s=float(values.filter(long).max()),  # type: ignore[arg-type]
                limit_s=ABSURD_S,
                first_line=int(self.lines.filter(long)[0]),
            )

    def _number(self, field: Field, rule: Rule) -> pl.Series:
        texts = self.texts(field.name)
        values = amounts.numbers(texts, rule.decimal)
        values = self._left_numbers(texts, values, lambda text: amounts.one_number(text, rule.decimal))
        self.refuse(texts.is_not_null() & values.is_null(), "not_a_number", field.name, expected=f"1{rule.decimal}5")
        return values

    def _left_numbers(self, texts: pl.Series, values: pl.Series, one: Callable[[str], float | None]) -> pl.Series:
        left = texts.is_not_null() & values.is_null()
        if not left.any():
            return values
        distinct = texts.filter(left).unique()
        known = pl.Series([one(digits(text).strip(SPACES)) for text in distinct], dtype=pl.Float64)
        return values.scatter(left.arg_true(), texts.filter(left).replace_strict(distinct, known, return_dtype=pl.Float64))

    def _count(self, field: Field, rule: Rule) -> pl.Series:
        values = self._number(field, rule)
        self.refuse(values < 0, "negative_count", field.name)
        self.refuse((values != values.round()) | (values > _LARGEST_COUNT), "not_a_count", field.name)
        return values.round().cast(pl.Int64, strict=False)

    def _text(self, field: Field, rule: Rule) -> pl.Series:
        own = self.mapping.words.get(field.name, {})
        return words.respelled(self.texts(field.name), own, person=field.name in PERSONS)

    def _word(self, field: Field, rule: Rule) -> pl.Series:
        texts = self.texts(field.name)
        own = self.mapping.words.get(field.name, {})
        values = words.translated(texts, field.name, own)
        if values.null_count() > texts.null_count():
            meant = [word for word in texts.unique().drop_nulls() if plain(word) in {plain(w) for w, m in own.items() if not m}]
            unknown = texts.filter(values.is_null() & self.standing & ~texts.is_in(meant)).drop_nulls()
            for text, rows in unknown.value_counts(sort=True).iter_rows():
                self.say("unknown_words", field=field.name, column=rule.columns[0], word=text[:80], rows=rows)
        return values

    def _flag(self, field: Field, rule: Rule) -> pl.Series:
        texts = self.texts(field.name)
        values = words.translated(texts, "flag", self.mapping.words.get(field.name, {}))
        self.refuse(texts.is_not_null() & values.is_null(), "unknown_word", field.name, "map_word", expected="yes, no")
        return values == "yes"

    def _score(self, field: Field, rule: Rule) -> pl.Series:
        texts = self.texts(field.name)
        scale = Scale.of(self.mapping.answers.get("scale", ""))
        values = scale.numbers(texts, rule.decimal, self.mapping.words.get(field.name, {}))
        missed = texts.is_not_null() & values.is_null()
        self.refuse(missed, "not_on_scale", field.name, "map_word", lowest=scale.lowest, highest=scale.highest)
        return values


def _spread(flags: pl.Series, rows: pl.Series) -> pl.Series:
    """Flags of the rows where `rows` is true, as flags of all rows; false, or null, elsewhere is false."""
    return pl.repeat(value=False, n=len(rows), eager=True).scatter(rows.arg_true(), flags.fill_null(value=False))
