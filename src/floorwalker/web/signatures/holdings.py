"""What is held about a person's patterns, for that person's own download and for the API."""

from typing import Any

from floorwalker.web.accounts.holdings import Kept
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.signatures.models import Cause, Finding, Guide, Trait
from floorwalker.web.signatures.queries import Signature, signature_of
from floorwalker.web.ui.reader import Reader


def held_about(viewer: Viewer, _reader: Reader) -> Kept | None:
    """Everything about the viewer: what is told, and every guide with its answers. Their own signature's page words it."""
    if viewer.person is None:
        return None
    known = signature_of(viewer.person, viewer.on)
    guides = [*known.past_guides, *(guide for change in known.changes for guide in change.guides)]
    return Kept({**as_data(known), "guides": [_guide(each) for each in guides]})


def as_data(known: Signature) -> dict[str, Any]:
    """A signature for a program: days as ISO dates, values in the measure's own unit. Guides are not in it."""
    return {
        "person": known.person.name,
        "until": known.until,
        "measures": [_trait(each) for each in known.traits],
        "changes": [{**_finding(each.finding), "causes": [_cause(one) for one in each.causes]} for each in known.changes],
        "blips": [_finding(each) for each in known.blips],
    }


def _trait(trait: Trait) -> dict[str, Any]:
    columns = ("day", "value", "n", "usual_low", "usual", "usual_high")
    days = [dict(zip(columns, day, strict=True)) for day in trait.days]
    return {
        "measure": trait.measure,
        "state": trait.state,
        "since": trait.since,
        "shared_since": trait.shared_since,
        "days": days,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    names = ("measure", "onset", "until", "decided", "sure", "size", "size_low", "size_high", "usual")
    return {name: getattr(finding, name) for name in names}


def _cause(cause: Cause) -> dict[str, Any]:
    return {"text": cause.text, "by": str(cause.by), "at": cause.at}


def _guide(guide: Guide) -> dict[str, Any]:
    names = (
        "measure",
        "onset",
        "at",
        "facts",
        "examples",
        "questions",
        "words",
        "offers",
        "agreed",
        "follow_up_on",
        "expires_on",
    )
    replies = [{"text": each.text, "contests": each.contests, "at": each.at} for each in guide.replies.all()]
    return {**{name: getattr(guide, name) for name in names}, "by": str(guide.by), "replies": replies}
