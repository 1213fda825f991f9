"""What people say about changes: their stories, and rulings above the engine."""

from datetime import datetime
from functools import partial

from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.changes import rules
from floorwalker.web.changes.models import Finding, Ruling, Story
from floorwalker.web.changes.signals import words_changed
from floorwalker.web.events.models import Event
from floorwalker.web.journal.actions import Facts, write


@transaction.atomic
def tell_story(finding: Finding, text: str, viewer: Viewer, now: datetime, event: Event | None = None) -> Story | None:
    """Keep one sentence about a change in place of an earlier one; an empty text takes the story back.

    `event` is what the sentence names as the cause; with an event alone, its name is the sentence.

    Raises
    ------
    PermissionDenied
        when the viewer may not tell stories.
    """
    require(rules.may_tell_story(viewer) and finding.site_id == viewer.site.pk)
    before = [each for each in Story.objects.filter(**finding.of_series) if each.is_about(finding)]
    words = " ".join(text.split())[: Story._meta.get_field("text").max_length] or (event.name if event else "")
    if [(story.text, story.event) for story in before] == ([(words, event)] if words else []):
        return before[0] if before else None
    for story in before:
        story.delete()
    who, was = actor(viewer), before[0].text if before else ""
    facts: Facts = {**_facts(finding), "before": was, "event": event.name if event else ""}
    if not words:
        write(who, "story.taken_back", was, facts=facts)
        return None
    if before:
        write(who, "story.changed", words, facts=facts)
    else:
        write(who, "story.told", words, facts=facts)
    return Story.objects.create(**finding.of_series, onset=finding.onset, text=words, event=event, by=viewer.user, at=now)


@transaction.atomic
def rule(finding: Finding, kind: str, viewer: Viewer, now: datetime) -> Ruling:
    """A person decides about a change, above the engine; everything is judged anew with it. It can be taken back.

    Raises
    ------
    PermissionDenied
        when the viewer may not rule.
    """
    require(rules.may_rule(viewer) and finding.site_id == viewer.site.pk)
    last = finding.until if kind == Ruling.Kind.BLIP else None
    made = Ruling.objects.create(
        **finding.of_series, onset=finding.onset, kind=Ruling.Kind(kind), last=last, by=viewer.user, at=now
    )
    write(actor(viewer), "ruling.made", str(made.kind), facts=_facts(finding))
    transaction.on_commit(partial(words_changed.send, sender=Site, site=finding.site))
    return made


@transaction.atomic
def take_ruling_back(finding: Finding, viewer: Viewer) -> None:
    """The engine decides again about a change.

    Raises
    ------
    PermissionDenied
        when the viewer may not rule.
    """
    require(rules.may_rule(viewer) and finding.site_id == viewer.site.pk)
    held = [each for each in Ruling.objects.filter(**finding.of_series, taken_back=False) if each.is_about(finding)]
    for each in held:
        each.taken_back = True
        each.save()
        write(actor(viewer), "ruling.taken_back", str(each.kind), facts=_facts(finding))
    transaction.on_commit(partial(words_changed.send, sender=Site, site=finding.site))


def _facts(finding: Finding) -> Facts:
    where = {finding.dimension: finding.value} if finding.dimension else {}
    return {"measure": finding.measure, **where, "onset": finding.onset.isoformat()}
