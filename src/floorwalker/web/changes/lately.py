"""The few changes worth a look."""

from datetime import date, timedelta

from floorwalker.web.changes.joining import joined
from floorwalker.web.changes.ledger import Ledger
from floorwalker.web.changes.models import Finding
from floorwalker.web.changes.queries import Asked, Change, changes_of

ORDER = (Finding.Kind.LASTING, Finding.Kind.EARLY, Finding.Kind.BLIP)


def lately(ledger: Ledger, today: date, most: int = 3) -> list[Change]:
    """Lasting ones of the last four weeks, what is still open, blips of the last week; each series once.

    A lasting one that nobody has explained is asked about for eight weeks, and comes first; what was muted on the watch list
    or ruled about is left out.
    """
    found = [each for each in changes_of(ledger, Asked()) if each.ruling is None and _is_recent(each, today)]
    muted = [each for each in ledger.watches if each.is_muted_on(today)] if found else []
    heard = [each for each in found if not any(watch.is_about(each.finding) for watch in muted)]
    return sorted(joined(heard), key=_first)[:most]


def _first(change: Change) -> tuple[int, bool]:
    return min((ORDER.index(each.finding.kind), each.story is not None) for each in (change, *change.before))


def _is_recent(change: Change, today: date) -> bool:
    finding = change.finding
    if finding.kind == Finding.Kind.EARLY:
        return True
    if finding.kind == Finding.Kind.BLIP:
        return (finding.until or finding.onset) >= today - timedelta(days=7)
    return finding.lasts and (finding.decided or finding.onset) >= today - timedelta(weeks=4 if change.story else 8)
