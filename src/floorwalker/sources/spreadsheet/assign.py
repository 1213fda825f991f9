"""Which column is which field, and of what kind a table is: headers propose, values agree or object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from floorwalker.sources.spreadsheet.fields import KINDS, Field, Kind, Sort
from floorwalker.sources.spreadsheet.headers import Meaning
from floorwalker.sources.spreadsheet.sniff import Values

UNSURE = 0.6
"""Below this a guess is shown as one that wants a look."""

_KNOWN = 0.9
_TELLING = {
    "contacts": {
        "wait_s",
        "talk_s",
        "hold_s",
        "acw_s",
        "customer",
        "ended_at",
        "answered_at",
        "outcome",
        "direction",
        "entry_point",
    },
    "intervals": {"offered", "answered", "abandoned", "answered_in_time", "length_min", "staffed_s"},
    "surveys": {"score", "comment", "contact_native_id", "asked_at", "kind"},
    "people": {"name", "email", "team", "role", "hired_on", "left_on", "site", "agent_names"},
}
"""Fields that speak for their kind; the others stand in tables of several kinds."""


@dataclass(frozen=True)
class Seen:
    """One column: its unique name, what its name says, and its values."""

    name: str
    meaning: Meaning
    values: Values

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not len(self.values.texts)


@dataclass(frozen=True)
class Assignment:
    """Fields by column, with how sure; `day` is a date column that the clocks in `clocks` borrow.

    `foreign` counts columns with the name of a field that tables of this kind do not have.
    """

    kind: str
    fields: Mapping[str, str]
    sure: Mapping[str, float]
    day: str = ""
    clocks: tuple[str, ...] = ()
    foreign: int = 0

    @property
    def weight(self) -> float:
        """How well the table fits the kind."""
        lacking = KINDS[self.kind].lacking(set(self.fields.values()))
        telling = sum(self.sure[column] for column, field in self.fields.items() if field in _TELLING[self.kind])
        return telling + 0.2 * sum(self.sure.values()) - 3 * len(lacking) - 0.5 * self.foreign


def assigned(columns: Sequence[Seen], kind: Kind, chosen: Mapping[str, str]) -> Assignment:
    """The likeliest field of each column for a table of this kind; `chosen` fields (or "" for none) are obeyed."""
    day = next((c.name for c in columns if _is_day(c) and c.name not in chosen), "")
    proposals = sorted(
        (-sure, place, field)
        for place, column in enumerate(columns)
        if column.name not in chosen
        for field, sure in _proposals(column, kind, bool(day))
    )
    timed = {columns[place].name for _, place, field in proposals if _sort(kind, field) is Sort.INSTANT}
    if day and any(_is_clock(column) for column in columns if column.name in timed):
        proposals = [proposal for proposal in proposals if columns[proposal[1]].name != day]
    fields = {name: field for name, field in chosen.items() if field}
    sure = dict.fromkeys(fields, 1.0)
    for negative, place, field in proposals:
        name = columns[place].name
        if name not in fields and field not in fields.values():
            fields[name], sure[name] = field, -negative
    clocks = tuple(c.name for c in columns if _is_clock(c) and _sort(kind, fields.get(c.name, "")) is Sort.INSTANT)
    found = _with_day(Assignment(kind.name, fields, sure, day, clocks), columns, kind)
    return replace(found, foreign=sum(_is_foreign(column, kind) for column in columns))


def guessed(columns: Sequence[Seen], chosen: Mapping[str, str]) -> tuple[Assignment, float]:
    """The kind of table that fits best, and by how much it fits better than the next."""
    ranked = sorted((assigned(columns, kind, chosen) for kind in KINDS.values()), key=lambda found: -found.weight)
    return ranked[0], ranked[0].weight - ranked[1].weight


def _with_day(found: Assignment, columns: Sequence[Seen], kind: Kind) -> Assignment:
    """A date column alone is the start; with clocks it only lends them its date."""
    start = kind.needs[0][0]
    if not found.day or start == "name":
        return Assignment(found.kind, found.fields, found.sure)
    fields, sure = dict(found.fields), dict(found.sure)
    if fields.get(found.day) not in (None, start):
        return Assignment(found.kind, fields, sure)
    if found.clocks:
        fields.pop(found.day, None)
        sure.pop(found.day, None)
        if start not in fields.values():
            first = found.clocks[0]
            fields[first] = start
        return Assignment(found.kind, fields, sure, found.day, found.clocks)
    if start not in fields.values():
        fields[found.day], sure[found.day] = start, 0.9
    return Assignment(found.kind, fields, sure)


def _proposals(column: Seen, kind: Kind, has_day: bool) -> list[tuple[str, float]]:
    if column.empty:
        return []
    named = [(_own_name(field, column, kind), sure) for field, sure in column.meaning.fields]
    known = [(field, sure * _agreement(kind[field], column, has_day)) for field, sure in named if field in kind]
    if _is_foreign(column, kind) or any(field == "skip" and sure > _KNOWN for field, sure in column.meaning.fields):
        return []
    return [(field, round(sure, 2)) for field, sure in known if sure > 0.2] or _from_values(column, kind)


def _is_foreign(column: Seen, kind: Kind) -> bool:
    names = [_own_name(field, column, kind) for field, sure in column.meaning.fields if sure > _KNOWN and field != "skip"]
    return bool(names) and not column.empty and not any(name in kind for name in names)


def _own_name(field: str, column: Seen, kind: Kind) -> str:
    """`day` and `clock` mean the start; a column "answered" that holds outcome words is the outcome."""
    if field in ("day", "clock"):
        return kind.needs[0][0] if kind.needs[0][0] != "name" else field
    if (
        field in ("answered", "abandoned", "answered_at")
        and kind.name == "contacts"
        and column.values.share_of("outcome") >= 0.5
    ):
        return field if column.values.share_of("flag") >= 0.5 else "outcome"
    return field


def _agreement(field: Field, column: Seen, has_day: bool) -> float:
    """1 when the values are what the field wants, 0 when they cannot be."""
    values = column.values
    time = values.time
    if field.sort in (Sort.INSTANT, Sort.DATE):
        if time is None:
            return 0.0
        return 1.0 if time.has_date else 0.9 if has_day and field.sort is Sort.INSTANT else 0.0
    if field.sort is Sort.DURATION:
        return 1.0 if values.clock_style or values.number_share >= 0.5 or values.worded else 0.0
    if field.sort in (Sort.COUNT, Sort.NUMBER):
        return 1.0 if values.number_share >= 0.5 else 0.0
    if field.sort is Sort.FLAG:
        return 1.0 if values.share_of("flag") >= 0.6 and len(values.distinct) <= 4 else 0.0
    if field.sort is Sort.WORD:
        return 0.4 + 0.6 * values.share_of(field.name)
    if field.sort is Sort.SCORE:
        return 1.0 if values.number_share >= 0.5 or values.share_of("score") > 0.4 else 0.3
    if field.name in ("agent", "name") and values.number_share > 0.9:
        return 0.8
    if field.name in ("queue", "agent", "name", "team") and time is not None and time.has_date and time.has_clock:
        return 0.0
    return 1.0


def _from_values(column: Seen, kind: Kind) -> list[tuple[str, float]]:
    """Without a telling name: times, addresses and words of our vocabularies speak for themselves."""
    values = column.values
    start = kind.needs[0][0]
    if values.time and values.time.has_date and values.number_share < 0.5 and start != "name":
        return [(start, 0.5)]
    if "email" in kind and bool(values.distinct.head(50).str.contains(r"^\S+@\S+\.\S+$").all()):
        return [("email", 0.7)]
    for name in ("channel", "outcome", "direction"):
        if name in kind and values.number_share < 0.2 and values.share_of(name) >= 0.9 and len(values.distinct) > 1:
            return [(name, 0.5)]
    return []


def _is_day(column: Seen) -> bool:
    time = column.values.time if not column.empty else None
    named = any(field in ("day", "started_at", "answered_at", "asked_at") for field, _ in column.meaning.fields)
    return named and time is not None and time.has_date and not time.has_clock


def _is_clock(column: Seen) -> bool:
    time = column.values.time if not column.empty else None
    return time is not None and time.has_clock and not time.has_date


def _sort(kind: Kind, field: str) -> Sort | None:
    return kind[field].sort if field in kind else None
