"""Work in the background."""

from datetime import UTC, datetime

from django.conf import settings
from django_tasks import task


@task()
def carry(pk: int) -> None:
    """One delivery into a calendar; comes back by itself until it has arrived."""
    from floorwalker.web.calendars.delivering import CLAIM, deliver, is_due  # the calendar libraries are a worker's

    now = datetime.now(UTC)
    if not is_due(pk, now):
        return
    carry.using(run_after=now + CLAIM).enqueue(pk)  # should this worker be stopped on the way
    again = deliver(pk, now)
    if again is not None:
        carry.using(run_after=again).enqueue(pk)


def carry_all(pks: list[int]) -> None:
    """Asks for several deliveries, in the transaction that is under way."""
    for pk in pks:
        carry.enqueue(pk)


@task()
def look_into_calendars() -> None:
    """What people did with placed time in their own calendars, and what they answered by mail; asked for each hour."""
    from floorwalker.web.calendars.answers import read_answers  # as above
    from floorwalker.web.calendars.following import look_at_all

    look_at_all(datetime.now(UTC))
    if settings.READS_ANSWERS:
        read_answers(datetime.now(UTC))
