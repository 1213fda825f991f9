"""Which days are known to be special: the country's holidays as the site keeps them, and what people wrote down."""

from datetime import UTC, date, datetime

from floorwalker.web.events.models import Event, HolidayChange
from floorwalker.web.events.queries import events_near, kept_holidays, known_days
from tests.web.conftest import Cast

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def event(cast: Cast, **facts: object) -> Event:
    values = {"kind": "release", "name": "New screen", "first": date(2026, 11, 12), "last": date(2026, 11, 13)}
    return Event.objects.create(site=cast.site, at=NOW, **{**values, **facts})


def test_each_day_of_an_event_and_each_holiday_has_a_row(cast: Cast) -> None:
    event(cast)
    event(cast, kind="outage", name="Tracking down", queue="Billing", first=date(2026, 11, 1), last=date(2026, 11, 10))
    cast.site.language = "en"
    found = known_days(cast.site, date(2026, 11, 9), date(2026, 11, 12))
    assert found.rows() == [
        (date(2026, 11, 9), "Tracking down", "outage", "Billing"),
        (date(2026, 11, 10), "Tracking down", "outage", "Billing"),
        (date(2026, 11, 11), "National Independence Day", "holiday", None),
        (date(2026, 11, 12), "New screen", "event", None),
    ]


def test_a_hidden_holiday_is_an_ordinary_day_and_a_moved_one_stands_where_it_is_kept(cast: Cast) -> None:
    HolidayChange.objects.create(site=cast.site, day=date(2026, 11, 1))
    HolidayChange.objects.create(site=cast.site, day=date(2026, 11, 11), moved_to=date(2026, 11, 13))
    assert known_days(cast.site, date(2026, 11, 1), date(2026, 11, 12)).is_empty()
    assert known_days(cast.site, date(2026, 11, 13), date(2026, 11, 13))["kind"].to_list() == ["holiday"]


def test_a_holiday_moved_over_the_end_of_a_year_is_known_in_both(cast: Cast) -> None:
    HolidayChange.objects.create(site=cast.site, day=date(2026, 12, 26), moved_to=date(2027, 1, 2))
    assert known_days(cast.site, date(2027, 1, 2), date(2027, 1, 2)).height == 1


def test_holidays_are_named_in_the_readers_language_where_the_country_knows_it_else_in_english(cast: Cast) -> None:
    assert kept_holidays(cast.site, [2026], "en")[date(2026, 11, 11)] == "National Independence Day"
    assert kept_holidays(cast.site, [2026], "ko")[date(2026, 11, 11)] == "National Independence Day"
    assert kept_holidays(cast.site, [2026], "pl")[date(2026, 11, 11)] == "Narodowe Święto Niepodległości"
    cast.site.country = "HK"
    assert kept_holidays(cast.site, [2026], "zh-hant")[date(2026, 1, 1)] == "一月一日"


def test_a_site_without_a_country_has_no_holidays(cast: Cast) -> None:
    cast.site.country = ""
    assert known_days(cast.site, date(2026, 1, 1), date(2026, 12, 31)).is_empty()


def test_only_events_of_the_queue_or_the_site_are_near_a_change_of_a_queue(cast: Cast) -> None:
    here, other = event(cast, queue="Billing"), event(cast, queue="Moves", name="Form down")
    assert events_near(cast.site, date(2026, 11, 20), "Billing") == [here]
    assert events_near(cast.site, date(2026, 11, 20), "") == [other, here]
    assert events_near(cast.site, date(2026, 12, 20), "") == []
