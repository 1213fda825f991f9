"""What changed: never more than three, each with its verdict, its picture and a line for its story."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import ngettext

from floorwalker.web.changes.cards import Card, cards_of
from floorwalker.web.changes.lately import lately
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.rules import may_open_changes, may_tell_story
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Changed:
    """The panel; without cards, `calm` says that nothing changed, and how many numbers were looked at."""

    cards: tuple[Card, ...]
    calm: str
    may_tell: bool


def changed(ledger: Ledger, today: date, reader: Reader) -> Changed | None:
    """The panel of a viewer; None before the numbers were ever judged, and for those who may not read changes."""
    done = ledger.round if may_open_changes(ledger.viewer) else None
    if done is None or done.until is None:
        return None
    watched = done.judged - done.learning
    calm = ngettext(
        "Nothing changed. One number stayed in its usual range.",
        "Nothing changed. %(n)s numbers stayed in their usual range.",
        watched,
    ) % {"n": reader.number(watched)}
    return Changed(cards_of(ledger, lately(ledger, today), reader), calm, may_tell_story(ledger.viewer))
