"""How many may leave the queues on coming days, as certified: the room that an open door takes its guests from."""

from datetime import date

from floorwalker.web.accounts.models import Site
from floorwalker.web.opendoor.quiet_days import Room
from floorwalker.web.planning.models import Certificate

CONFIDENCE = 0.9
"""The share of such days on which the goal is still met; what the page of room to spare shows first."""


def rooms_ahead(site: Site, first: date, last: date) -> dict[date, Room]:
    """All queues together, on each day of which anything is certified."""
    made = Certificate.objects.filter(site=site, day__range=(first, last), confidence=CONFIDENCE, made=Certificate.Made.AHEAD)
    found: dict[date, dict[int, tuple[int, int]]] = {}
    for each in made:
        of_day, length = found.setdefault(each.day, {}), int(each.plan["length"])
        for minute, spare in zip(each.plan["minutes"], each.plan["spare"], strict=True):
            of_day[minute] = (length, of_day.get(minute, (0, 0))[1] + spare)
    return {day: [(minute, *of_day[minute]) for minute in sorted(of_day)] for day, of_day in found.items()}
