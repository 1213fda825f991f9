"""The digest: at most three changes with their verdicts, and what to leave alone, as its reader reads."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.changes import telling, wording
from floorwalker.web.changes.lately import lately
from floorwalker.web.changes.ledger import Ledger, ledger_of
from floorwalker.web.changes.models import Finding, Watch
from floorwalker.web.changes.queries import Asked, Change, changes_of
from floorwalker.web.ui.reader import Reader

MOST = 3
MOST_LEFT = 5


@dataclass(frozen=True)
class Item:
    """One change: its verdict, its sentence, its story, and where it is told."""

    verdict: str
    sentence: str
    story: str
    url: str


@dataclass(frozen=True)
class Digest:
    """A digest, written. `calm` says that nothing changed; `ended` is what became of the changes that the reader follows."""

    subject: str
    greeting: str
    items: tuple[Item, ...]
    calm: str
    leave: tuple[str, ...]
    ended: tuple[str, ...]
    changes_url: str
    choice_url: str


def digest(viewer: Viewer, today: date, reader: Reader) -> Digest:
    """What a viewer is told on a day; written in the active language, which is the reader's."""
    ledger = ledger_of(viewer)
    done, found = ledger.round, lately(ledger, today, MOST + MOST_LEFT)
    told = found[:MOST]
    rest = [each for each in found[MOST:] if not each.finding.lasts]
    watched = done.judged - done.learning if done else 0
    calm = ngettext(
        "Nothing changed. One number stayed in its usual range.",
        "Nothing changed. %(n)s numbers stayed in their usual range.",
        watched,
    ) % {"n": reader.number(watched)}
    words = {"day": reader.day(today, "full"), "site": viewer.site.name}
    return Digest(
        subject=gettext("What changed at %(site)s, %(day)s") % words,
        greeting=gettext("Good morning, %(name)s.") % {"name": str(viewer.user)},
        items=tuple(_item(each, reader) for each in told),
        calm="" if told else calm,
        leave=tuple(wording.sentence(each.finding, reader) for each in rest),
        ended=tuple(_ended(each, reader) for each in _followed(ledger, today)),
        changes_url=_address("changes"),
        choice_url=_address("change-digest"),
    )


def _item(change: Change, reader: Reader) -> Item:
    finding = change.finding
    return Item(
        verdict=wording.verdict(finding, reader),
        sentence=" ".join([wording.sentence(finding, reader), *(telling.under(each, reader) for each in change.before)]),
        story=change.story.text if change.story else "",
        url=_address("changes-one", finding.pk),
    )


def _followed(ledger: Ledger, today: date) -> list[Finding]:
    """What the viewer follows and what has its verdict since the last fortnight."""
    watches = list(Watch.objects.filter(site=ledger.site, followers=ledger.viewer.user))
    decided = [each.finding for each in changes_of(ledger, Asked()) if each.finding.decided]
    return [
        each
        for each in decided
        if each.decided and (today - each.decided).days <= 14 and any(watch.is_about(each) for watch in watches)
    ]


def _ended(finding: Finding, reader: Reader) -> str:
    return f"{wording.sentence(finding, reader)} {telling.doubt(finding, reader)}"


def _address(name: str, *args: object) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(name, args=args)
