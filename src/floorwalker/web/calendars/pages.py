"""Placed time as lists show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from floorwalker.web.accounts.models import User
from floorwalker.web.calendars import queries, wording
from floorwalker.web.calendars.invitation import rhythm_of
from floorwalker.web.calendars.models import Placed
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Copy:
    """How one way into a person's calendar is getting on."""

    words: str
    is_late: bool
    is_asked: bool


@dataclass(frozen=True)
class Card:
    """One placed time of a person."""

    pk: str
    summary: str
    times: str
    copies: tuple[Copy, ...]

    @property
    def is_late(self) -> bool:
        return any(copy.is_late and not copy.is_asked for copy in self.copies)

    @property
    def is_asked(self) -> bool:
        """Whether its owner did something with it in their calendar and has not said yet what shall follow."""
        return any(copy.is_asked for copy in self.copies)


def cards(user: User, placed: Sequence[Placed], reader: Reader) -> tuple[Card, ...]:
    """Placed time of one person, with how its copies are getting on."""
    return tuple(_card(user, each, reader) for each in placed)


def ahead(user: User, reader: Reader, now: datetime, purpose: str = "") -> tuple[Card, ...]:
    """What lies ahead of a person."""
    return cards(user, queries.ahead_of(user, now, purpose), reader)


def _card(user: User, placed: Placed, reader: Reader) -> Card:
    deliveries = queries.deliveries_to(user, placed)
    return Card(
        pk=str(placed.pk),
        summary=wording.words_of(placed, user, reader).summary,
        times=wording.times(rhythm_of(placed), reader),
        copies=tuple(
            Copy(wording.standing(each, placed, reader), bool(each.problem) or each.is_asked, each.is_asked)
            for each in deliveries
        ),
    )
