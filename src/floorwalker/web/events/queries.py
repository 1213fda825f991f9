"""Reading: which days of a site are known to be special, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import holidays
import polars as pl
from django.apps import apps
from django.utils.module_loading import import_string

from floorwalker.web.accounts.models import Site
from floorwalker.web.events.models import Event, HolidayChange

SPOKEN = {"zh-hant": "zh_TW", "zh-hans": "zh_CN"}
"""Our languages as the library names them, where it names them otherwise."""
KNOWN_DAYS = {"date": pl.Date, "name": pl.String, "kind": pl.String, "queue": pl.String}


@dataclass(frozen=True)
class Holiday:
    """A public holiday of the country: its own day, and the day on which the site keeps it (None: on none)."""

    name: str
    day: date
    kept_on: date | None

    @property
    def is_changed(self) -> bool:
        return self.kept_on != self.day


def known_days(site: Site, first: date, last: date) -> pl.DataFrame:
    """Each day from `first` to `last` on which something is known to happen.

    Columns: date, name, kind (holiday, event, outage), queue (null: the whole site). An event of several days has a row for
    each; a holiday stands on the day on which the site keeps it, and is missing where it was hidden.
    """
    rows: list[tuple[date, str, str, str | None]] = [
        (each.kept_on, each.name, "holiday", None)
        for each in holidays_between(site, first, last, site.language)
        if each.kept_on and first <= each.kept_on <= last
    ]
    rows += [
        (max(first, each.first) + timedelta(days=step), each.name, _kind(each), each.queue or None)
        for each in events_between(site, first, last)
        for step in range((min(last, each.last) - max(first, each.first)).days + 1)
    ]
    return pl.DataFrame(rows, schema=KNOWN_DAYS, orient="row").sort("date", "kind", "name")


def _kind(event: Event) -> str:
    return "outage" if event.kind == Event.Kind.OUTAGE else "event"


def events_between(site: Site, first: date, last: date) -> list[Event]:
    """The events of which any day lies between these, by their first day."""
    return list(Event.objects.filter(site=site, removed=False, first__lte=last, last__gte=first).select_related("by__person"))


def events_near(site: Site, day: date, queue: str, days: int = 14) -> list[Event]:
    """Events of the site, or of this queue, that touch the days around `day`; what a story may be linked to."""
    near = events_between(site, day - timedelta(days=days), day + timedelta(days=days))
    return [each for each in near if not queue or each.queue in ("", queue)]


def holidays_between(site: Site, first: date, last: date, language: str = "") -> list[Holiday]:
    """The country's public holidays whose own day, or whose day at this site, lies between these; in order."""
    changes = dict(HolidayChange.objects.filter(site=site).values_list("day", "moved_to"))
    years = {day.year for day in (first, last, *changes)} | set(range(first.year, last.year + 1))
    found = [Holiday(name, day, changes.get(day, day)) for day, name in _of_country(site, years, language).items()]
    inside = [each for each in found if first <= each.day <= last or (each.kept_on and first <= each.kept_on <= last)]
    return sorted(inside, key=lambda each: each.day)


def kept_holidays(site: Site, years: Iterable[int], language: str = "") -> dict[date, str]:
    """The days on which the site keeps public holidays, with their names."""
    listed = sorted(years)
    if not listed:
        return {}
    found = holidays_between(site, date(listed[0], 1, 1), date(listed[-1], 12, 31), language)
    return {each.kept_on: each.name for each in found if each.kept_on}


def _of_country(site: Site, years: Iterable[int], language: str) -> dict[date, str]:
    """Named in `language` where that is known, else in English, else as in their country."""
    if site.country not in holidays.list_supported_countries():
        return {}
    country = holidays.country_holidays(site.country)
    wanted = (SPOKEN.get(language, language), language[:2], "en") if language else ()
    spoken = next((each for name in wanted for each in country.supported_languages if each.startswith(name)), None)
    return dict(holidays.country_holidays(site.country, years=sorted(years), language=spoken or country.default_language))


def queue_names(site: Site) -> list[str]:
    """The queues to choose from, as the app that knows the contacts lists them (`queue_names` of its AppConfig)."""
    for config in apps.get_app_configs():
        if place := getattr(config, "queue_names", None):
            return list(import_string(place)(site))
    return []
