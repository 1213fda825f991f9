"""Explaining a change, and what a site decides about patterns. The journal says that something private was kept, not what."""

from datetime import datetime

from django.db import transaction

from floorwalker.web.accounts.actions.doing import require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.signatures import rules
from floorwalker.web.signatures.models import Cause, Finding, Policy, Support
from floorwalker.web.signatures.queries import policy_of

FEWEST_DAYS, MOST_DAYS = 7, 365


@transaction.atomic
def explain(finding: Finding, text: str, viewer: Viewer, now: datetime) -> Cause | None:
    """Keep one sentence that explains a change; an empty one keeps nothing.

    Raises
    ------
    PermissionDenied
        when the viewer is not in the circle of this person.
    """
    require(rules.may_explain(viewer, finding.person))
    words = " ".join(text.split())[: Cause._meta.get_field("text").max_length]
    if not words:
        return None
    write(viewer.user, "private.kept", about=finding.person)
    return Cause.objects.create(
        person=finding.person, measure=finding.measure, onset=finding.onset, text=words, by=viewer.user, at=now
    )


@transaction.atomic
def take_back_cause(cause: Cause, viewer: Viewer) -> None:
    """Whoever wrote an explanation takes it back.

    Raises
    ------
    PermissionDenied
        when somebody else wrote it, or the viewer left the circle.
    """
    require(cause.by_id == viewer.user.pk and rules.may_explain(viewer, cause.person))
    write(viewer.user, "private.withdrawn", about=cause.person)
    cause.delete()


@transaction.atomic
def decide(site: Site, is_on: bool, keep_days: int, offers: list[str], viewer: Viewer) -> Policy:
    """Keep what a site decided: whether patterns are read, how long guides are kept, and what the company offers.

    Raises
    ------
    PermissionDenied
        when the viewer does not manage the site.
    """
    require(rules.may_set_policy(viewer) and viewer.site == site)
    policy = policy_of(site)
    before = (policy.is_on, policy.keep_days, [each.text for each in Support.objects.filter(site=site)])
    policy.is_on, policy.keep_days = is_on, min(max(keep_days, FEWEST_DAYS), MOST_DAYS)
    if before == (policy.is_on, policy.keep_days, offers):
        return policy
    policy.save()
    Support.objects.filter(site=site).delete()
    Support.objects.bulk_create([Support(site=site, text=text) for text in offers])
    write(viewer.user, "patterns.changed", facts={"is_on": policy.is_on, "keep_days": policy.keep_days, "offers": len(offers)})
    return policy
