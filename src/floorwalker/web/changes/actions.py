"""Telling the story of a change."""

from datetime import datetime

from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, require
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.changes import rules
from floorwalker.web.changes.models import Finding, Story
from floorwalker.web.journal.actions import Facts, write


@transaction.atomic
def tell_story(finding: Finding, text: str, viewer: Viewer, now: datetime) -> Story | None:
    """Keep one sentence about a change in place of an earlier one; an empty text takes the story back.

    Raises
    ------
    PermissionDenied
        when the viewer may not tell stories.
    """
    require(rules.may_tell_story(viewer) and finding.site_id == viewer.site.pk)
    stories = Story.objects.filter(site=finding.site, measure=finding.measure, queue=finding.queue)
    before = [story for story in stories if story.is_about(finding)]
    words = " ".join(text.split())[: Story._meta.get_field("text").max_length]
    if [story.text for story in before] == ([words] if words else []):
        return before[0] if before else None
    for story in before:
        story.delete()
    who, was = actor(viewer), before[0].text if before else ""
    facts: Facts = {"measure": finding.measure, "queue": finding.queue, "onset": finding.onset.isoformat(), "before": was}
    if not words:
        write(who, "story.taken_back", was, facts=facts)
        return None
    if before:
        write(who, "story.changed", words, facts=facts)
    else:
        write(who, "story.told", words, facts=facts)
    return Story.objects.create(
        site=finding.site, measure=finding.measure, queue=finding.queue, onset=finding.onset, text=words, by=viewer.user, at=now
    )
