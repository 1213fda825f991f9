"""One round: the patterns of a site's people judged anew, and what is past its days thrown away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.signatures.conversations import UNDO
from floorwalker.web.signatures.judging import Patterns, judge
from floorwalker.web.signatures.models import SAME, Finding, Guide, Round, Trait
from floorwalker.web.signatures.queries import HISTORY, holidays_of, people_of, policy_of, teams_of, works

BATCH = 500


def judge_people(site: Site, now: datetime) -> None:
    """Judge everybody's numbers up to yesterday on the site's clock; where patterns are switched off, forget them."""
    forget_past(site, now)
    yesterday = now.astimezone(ZoneInfo(site.tz)).date() - timedelta(days=1)
    found = Patterns([], [])
    until = None
    if policy_of(site).is_on:
        events = holidays_of(site, range((yesterday - HISTORY).year, yesterday.year + 1))
        people = people_of(site, yesterday)
        found = judge(works(open_warehouse(site), site, yesterday), teams_of(site, yesterday), people, yesterday, events)
        until = yesterday if found.traits else None
    with transaction.atomic():
        before = Finding.objects.filter(person__site=site)
        _keep_addresses(list(before), found.findings)
        before.delete()
        Trait.objects.filter(person__site=site).delete()
        Finding.objects.bulk_create(found.findings, batch_size=BATCH)
        Trait.objects.bulk_create(found.traits, batch_size=BATCH)
        Round.objects.update_or_create(site=site, defaults={"at": now, "until": until})


def forget_past(site: Site, now: datetime) -> None:
    """Guides past their days, and those withdrawn for longer than one may change one's mind, are gone for good."""
    today = now.astimezone(ZoneInfo(site.tz)).date()
    Guide.objects.filter(Q(expires_on__lt=today) | Q(withdrawn_at__lt=now - UNDO), person__site=site).delete()


def _keep_addresses(before: Sequence[Finding], now: Sequence[Finding]) -> None:
    """A change that was known keeps its number, so that what is being written meanwhile still finds it."""
    free = {(each.person_id, each.measure, each.is_lasting, each.onset): each for each in before}
    for fresh in now:
        series = (fresh.person_id, fresh.measure, fresh.is_lasting)
        near = [place for place in free if place[:3] == series and abs(place[3] - fresh.onset) <= SAME]
        if near:
            fresh.pk = free.pop(min(near, key=lambda place: abs(place[3] - fresh.onset))).pk
