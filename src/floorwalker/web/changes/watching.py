"""Watching what is undecided: follow it, give it to somebody, let it be quiet for a while; and the alarm budget."""

from datetime import date
from functools import partial

from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import Person, Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.changes import rules
from floorwalker.web.changes.models import AlarmBudget, DigestChoice, Finding, Watch
from floorwalker.web.changes.signals import words_changed
from floorwalker.web.journal.actions import Facts, write


def watch_of(finding: Finding) -> Watch | None:
    """How a change is watched, if it is."""
    about = Watch.objects.filter(**finding.of_series)
    return next((each for each in about if each.is_about(finding)), None)


@transaction.atomic
def follow(finding: Finding, viewer: Viewer, follows: bool) -> None:
    """The viewer hears of it in the digest, or no longer."""
    watch = _watched(finding, viewer)
    if follows:
        watch.followers.add(viewer.user)
        write(actor(viewer), "watch.followed", _place(finding), facts=_facts(finding))
    else:
        watch.followers.remove(viewer.user)
        write(actor(viewer), "watch.unfollowed", _place(finding), facts=_facts(finding))


@transaction.atomic
def mute(finding: Finding, until: date | None, viewer: Viewer) -> None:
    """It is shown nowhere but on the watch list until a day; None: it is heard again."""
    watch = _watched(finding, viewer)
    watch.muted_until = until
    watch.save()
    if until:
        write(actor(viewer), "watch.muted", _place(finding), facts={**_facts(finding), "until": until.isoformat()})
    else:
        write(actor(viewer), "watch.heard", _place(finding), facts=_facts(finding))


@transaction.atomic
def assign(finding: Finding, person: Person | None, viewer: Viewer) -> None:
    """Somebody looks after it; None: nobody any more."""
    watch = _watched(finding, viewer)
    watch.assigned_to = person
    watch.save()
    if person:
        write(actor(viewer), "watch.assigned", _place(finding), person, _facts(finding))
    else:
        write(actor(viewer), "watch.unassigned", _place(finding), facts=_facts(finding))


@transaction.atomic
def choose_budget(site: Site, per_week: float, viewer: Viewer) -> None:
    """So many false alarms a week are acceptable; all is judged anew."""
    require(rules.may_choose_budget(viewer) and viewer.site == site)
    AlarmBudget.objects.update_or_create(site=site, defaults={"per_week": per_week})
    write(actor(viewer), "budget.chosen", f"{per_week:g}")
    transaction.on_commit(partial(words_changed.send, sender=Site, site=site))


@transaction.atomic
def choose_digest(often: str, viewer: Viewer) -> None:
    """How often the viewer gets the digest; the first one comes on the next day on which it is due."""
    require(rules.may_open_changes(viewer))
    DigestChoice.objects.update_or_create(
        user=viewer.user, defaults={"often": DigestChoice.Often(often), "sent_for": viewer.on}
    )
    write(actor(viewer), "digest.chosen", often)


def _watched(finding: Finding, viewer: Viewer) -> Watch:
    require(rules.may_watch(viewer) and finding.site_id == viewer.site.pk)
    return watch_of(finding) or Watch.objects.create(**finding.of_series, onset=finding.onset)


def _place(finding: Finding) -> str:
    return finding.value or str(finding.site)


def _facts(finding: Finding) -> Facts:
    where = {finding.dimension: finding.value} if finding.dimension else {}
    return {"measure": finding.measure, **where, "onset": finding.onset.isoformat()}
