"""What a spreadsheet row can say, per kind of table: each field once, its sort of value, and what a kind needs."""

from dataclasses import dataclass
from enum import Enum

from floorwalker.core import records


class Sort(Enum):
    """How the texts of a field are read."""

    INSTANT = "instant"
    DATE = "date"
    DURATION = "duration"
    COUNT = "count"
    NUMBER = "number"
    TEXT = "text"
    VERBATIM = "verbatim"
    WORD = "word"
    FLAG = "flag"
    SCORE = "score"


@dataclass(frozen=True)
class Field:
    """One field: its name, sort of value, and for words the closed vocabulary they are translated into."""

    name: str
    sort: Sort
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of table. `needs` lists alternatives: of each group at least one field must be mapped."""

    name: str
    table: str
    fields: tuple[Field, ...]
    needs: tuple[tuple[str, ...], ...]

    def __getitem__(self, name: str) -> Field:
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def __contains__(self, name: str) -> bool:
        return any(field.name == name for field in self.fields)

    def lacking(self, mapped: set[str]) -> tuple[tuple[str, ...], ...]:
        """The groups of `needs` of which nothing is mapped."""
        return tuple(group for group in self.needs if not mapped & set(group))


def _of(sort: Sort, *names: str) -> tuple[Field, ...]:
    return tuple(Field(name, sort) for name in names)


_PLACE = (*_of(Sort.TEXT, "queue", "agent", "topic"), Field("channel", Sort.WORD, records.CHANNELS))

CONTACTS = Kind(
    "contacts",
    "contact",
    (
        *_of(Sort.VERBATIM, "native_id", "root_native_id", "prev_native_id"),
        *_of(Sort.INSTANT, "started_at", "enqueued_at", "left_queue_at", "answered_at", "ended_at"),
        *_of(Sort.INSTANT, "first_response_at", "resolved_at"),
        *_PLACE,
        *_of(Sort.VERBATIM, "customer"),
        *_of(Sort.TEXT, "entry_point", "language", "disposition", "transfer_to"),
        Field("direction", Sort.WORD, ("in", "out", "internal")),
        Field("status", Sort.WORD, records.STATUSES),
        Field("outcome", Sort.WORD, records.OUTCOMES),
        *_of(Sort.FLAG, "answered", "abandoned"),
        *_of(Sort.DURATION, "wait_s", "ring_s", "talk_s", "hold_s", "acw_s", "handle_s"),
        *_of(Sort.COUNT, "ring_fail_count", "reopen_count"),
        Field("ended_by", Sort.WORD, records.ENDED_BY),
        Field("transfer_kind", Sort.WORD, records.TRANSFERS),
        *_of(Sort.SCORE, "score"),
        *_of(Sort.VERBATIM, "comment"),
    ),
    needs=(("started_at",),),
)

INTERVALS = Kind(
    "intervals",
    "interval_stat",
    (
        *_of(Sort.INSTANT, "started_at"),
        *_of(Sort.NUMBER, "length_min"),
        *(field for field in _PLACE if field.name != "topic"),
        *_of(Sort.COUNT, "offered", "answered", "abandoned", "answered_in_time"),
        *_of(Sort.DURATION, "threshold_s", "wait_s", "talk_s", "hold_s", "acw_s", "handle_s", "staffed_s"),
    ),
    needs=(("started_at",), ("offered", "answered", "abandoned", "handle_s")),
)

SURVEYS = Kind(
    "surveys",
    "survey",
    (
        *_of(Sort.VERBATIM, "native_id", "contact_native_id"),
        *_of(Sort.INSTANT, "answered_at", "asked_at"),
        *_PLACE,
        Field("kind", Sort.WORD, records.SURVEY_KINDS),
        *_of(Sort.SCORE, "score"),
        *_of(Sort.VERBATIM, "comment"),
    ),
    needs=(("answered_at", "asked_at"), ("score",)),
)

PEOPLE = Kind(
    "people",
    "person",
    (
        *_of(Sort.VERBATIM, "native_id"),
        *_of(Sort.TEXT, "name"),
        *_of(Sort.VERBATIM, "email"),
        *_of(Sort.TEXT, "agent_names", "team", "role", "site"),
        *_of(Sort.DATE, "hired_on", "left_on"),
    ),
    needs=(("name",),),
)

KINDS = {kind.name: kind for kind in (CONTACTS, INTERVALS, SURVEYS, PEOPLE)}
