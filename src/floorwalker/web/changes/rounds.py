"""One round: every watched number of a site judged anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.judging import Judged, judge
from floorwalker.web.changes.models import SAME, Finding, Round
from floorwalker.web.changes.queries import daily_series, prior_days
from floorwalker.web.intake.queries import open_warehouse


def judge_site(site: Site, now: datetime) -> None:
    """Judge every watched number up to yesterday on the site's clock; what was found before gives way to what is found now.

    The day that is running is left out, because half a day looks like a fall.
    """
    yesterday = now.astimezone(ZoneInfo(site.tz)).date() - timedelta(days=1)
    table = daily_series(open_warehouse(site), yesterday)
    found = Judged([], 0, 0)
    if table.height:
        found = judge(table, prior_days(site, table))
    with transaction.atomic():
        before = Finding.objects.filter(site=site)
        _keep_addresses(list(before), found.findings)
        before.delete()
        for each in found.findings:
            each.site = site
        Finding.objects.bulk_create(found.findings)
        Round.objects.update_or_create(
            site=site,
            defaults={
                "at": now,
                "until": max(table["date"].to_list(), default=None),
                "judged": found.judged,
                "learning": found.learning,
            },
        )


def _keep_addresses(before: Sequence[Finding], now: Sequence[Finding]) -> None:
    """A change that was known keeps its number, so that a story written meanwhile still finds it."""
    free = {(each.measure, each.queue, each.onset): each for each in before}
    for fresh in now:
        near = [place for place in free if place[:2] == (fresh.measure, fresh.queue) and abs(place[2] - fresh.onset) <= SAME]
        if near:
            fresh.pk = free.pop(min(near, key=lambda place: abs(place[2] - fresh.onset))).pk
