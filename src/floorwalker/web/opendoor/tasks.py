"""Work in the background."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django_tasks import task

FIRST_PAUSE = timedelta(minutes=2)


@task()
def send_letters() -> None:
    """Send what waits. What the mail server did not take is tried again, each time after twice the pause."""
    from floorwalker.web.opendoor.letters import send_waiting

    if not settings.SENDS_MAIL:
        return
    failed = send_waiting(datetime.now(UTC))
    if failed is not None:
        send_letters.using(run_after=datetime.now(UTC) + FIRST_PAUSE * 2**failed).enqueue()


@task()
def tend_doors() -> None:
    """Doors of hosts who left are called off; asked for each hour."""
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.opendoor.actions import close_for_those_who_left

    now = datetime.now(UTC)
    for site in Site.objects.all():
        close_for_those_who_left(site, now.astimezone(ZoneInfo(site.tz)).date(), now)
