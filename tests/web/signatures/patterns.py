"""Findings, explanations and guides as rounds and people keep them, made by hand on fixed days."""

from datetime import UTC, date, datetime, timedelta

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.signatures.models import Cause, Finding, Guide, Round, Trait
from tests.web.conftest import Cast

ONSET = date(2026, 11, 4)
LAST = date(2026, 11, 21)
SECRET = "zebra crossing at noon"
"""Words that stand in every private text of these tests, so that a page which shows them is told apart."""


def made(cast: Cast, name: str, measure: str = "acw_time", **facts: object) -> Finding:
    """After-contact work is twelve seconds longer since 4 November."""
    values: dict[str, object] = {
        "is_lasting": True,
        "onset": ONSET,
        "decided": ONSET + timedelta(days=8),
        "sure": 0.97,
        "size": 12.0,
        "size_low": 9.0,
        "size_high": 15.0,
        "usual": 47.0,
    }
    return Finding.objects.create(person=cast.person(name), measure=measure, **{**values, **facts})


def trait(cast: Cast, name: str, measure: str = "acw_time", state: str = "lasting", **facts: object) -> Trait:
    """Sixty days at work up to 21 November."""
    days = [LAST - timedelta(days=back) for back in range(59, -1, -1)]
    rows = [[day.isoformat(), 47.0 if day < ONSET else 59.0, 40.0, 38.0, 47.0, 56.0] for day in days]
    return Trait.objects.create(person=cast.person(name), measure=measure, state=state, days=rows, **facts)


def looked_at_all(cast: Cast) -> Round:
    """A round up to 21 November."""
    return Round.objects.create(site=cast.site, at=datetime(2026, 11, 22, 7, tzinfo=UTC), until=LAST)


def cause(finding: Finding, by: User) -> Cause:
    """An explanation of a change."""
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    return Cause.objects.create(person=finding.person, measure=finding.measure, onset=finding.onset, text=SECRET, by=by, at=at)


def guide(finding: Finding, by: User, **facts: object) -> Guide:
    """A conversation guide about a change, kept for years so that tests may run on any day."""
    values: dict[str, object] = {
        "at": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "facts": {"size": finding.size, "size_low": finding.size_low, "size_high": finding.size_high, "usual": finding.usual},
        "questions": ["different", "support"],
        "words": SECRET,
        "agreed": SECRET,
        "expires_on": date(2099, 1, 1),
    }
    return Guide.objects.create(
        person=finding.person, measure=finding.measure, onset=finding.onset, by=by, **{**values, **facts}
    )


def viewer(cast: Cast, name: str) -> Viewer:
    """Somebody of the cast as who they are on 22 November."""
    return viewer_of(cast.user(name), cast.site, LAST + timedelta(days=1))
