"""Today as a score: the first sentence tells who will be missing; the reader's own day stands below."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps

from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.calendars.models import Guest, Placed
from floorwalker.web.planning import rounds
from floorwalker.web.planning.lane import lane_of
from floorwalker.web.planning.repeated import Pattern
from floorwalker.web.planning.rosters import bring_in_pattern
from floorwalker.web.today.timeline import Timeline, timeline
from floorwalker.web.ui.charts import Block
from floorwalker.web.ui.reader import Reader
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.planning.conftest import LAST, MONDAY, WARSAW

ENGLISH = Reader("en", "Europe/Warsaw")
MORNING = datetime(2026, 11, 23, 8, 12, tzinfo=WARSAW)


@pytest.fixture
def monday(cast: Cast) -> Cast:
    small_centre.bring_in(LAST, 13)
    return cast


def seen_by(name: str, centre: Cast, people: int = 0, now: datetime = MORNING) -> Timeline | None:
    """The timeline with so many people on Billing and one on Support."""
    viewer = viewer_of(centre.user(name), centre.site, now.date())
    if people:
        mina = viewer_of(centre.user("Mina"), centre.site, now.date())
        for queue, count in (("Billing", people), ("Support", 2)):
            bring_in_pattern(centre.site, Pattern((0,), 480, 1080, count, queue, MONDAY, MONDAY), mina, now)
    rounds.work_out_site(centre.site, now)
    return timeline(viewer, now, ENGLISH)


def test_too_few_people_at_the_peak_are_told_first(monday: Cast) -> None:
    found = seen_by("Mina", monday, people=2)
    assert found is not None
    assert found.sentence.startswith("The peak comes at 10:")
    assert "people short" in found.sentence
    assert "hatch-look" in found.picture.wide


def test_enough_people_in_all_may_be_too_few_in_one_queue(monday: Cast) -> None:
    mina = viewer_of(monday.user("Mina"), monday.site, MORNING.date())
    bring_in_pattern(monday.site, Pattern((0,), 480, 1080, 30, "Support", MONDAY, MONDAY), mina, MORNING)
    found = seen_by("Mina", monday, people=3)
    assert found is not None
    assert "and enough people are planned" in found.sentence
    assert "The largest gap in a single queue is in \u2068Billing\u2069: up to" in found.lede


def test_enough_people_are_told_too(monday: Cast) -> None:
    found = seen_by("Mina", monday, people=20)
    assert found is not None
    assert "and enough people are planned" in found.sentence
    assert "hatch-look" not in found.picture.wide


def test_a_shortage_that_is_over_is_no_longer_told(monday: Cast) -> None:
    afternoon = datetime(2026, 11, 23, 15, 0, tzinfo=WARSAW)
    found = seen_by("Mina", monday, people=8, now=afternoon)
    assert found is not None
    assert found.sentence == "The peak is over, and for the rest of the day enough people are planned."
    assert found.lede.startswith("Between ")


def test_at_the_end_of_the_day_nothing_is_still_to_come(monday: Cast) -> None:
    found = seen_by("Mina", monday, people=8, now=datetime(2026, 11, 23, 23, 55, tzinfo=WARSAW))
    assert found is not None
    assert found.sentence == "The peak is over."


def test_without_a_roster_nothing_is_said_about_people(monday: Cast) -> None:
    found = seen_by("Mina", monday)
    assert found is not None
    assert found.sentence in ("The peak comes at 10:00.", "The peak comes at 10:30.")


def test_a_coach_and_a_day_without_forecast_have_no_score(monday: Cast) -> None:
    assert seen_by("Hanna", monday) is None
    assert (
        timeline(viewer_of(monday.user("Mina"), monday.site, LAST), datetime(2026, 11, 21, 9, tzinfo=WARSAW), ENGLISH) is None
    )


def place(centre: Cast, title: str, hour: int, minutes: int) -> None:
    at = datetime(2026, 11, 23, hour, tzinfo=WARSAW)
    facts = {"purpose": "test", "title": title, "tz": "Europe/Warsaw", "starts_at": at, "minutes": minutes}
    placed = Placed.objects.create(site=centre.site, by=centre.user("Mina"), made_at=at, changed_at=at, **facts)
    Guest.objects.create(placed=placed, user=centre.user("Mina"))


def test_time_in_the_readers_calendar_stands_in_the_lane(cast: Cast) -> None:
    place(cast, "Unplanned", 10, 90)
    place(cast, "Late", 23, 120)
    mina, laleh = (viewer_of(cast.user(name), cast.site, MONDAY) for name in ("Mina", "Laleh"))
    found = [(each.start, each.end, each.label, each.kind) for each in lane_of(mina, MONDAY, ENGLISH)]
    assert found == [(600, 690, "Unplanned", "kept"), (1380, 1440, "Late", "kept")]
    assert [(each.start, each.end) for each in lane_of(mina, MONDAY + timedelta(1), ENGLISH)] == [(0, 60)]
    assert lane_of(laleh, MONDAY, ENGLISH) == []


def control_checks(_viewer: Viewer, _day: date, _reader: Reader) -> Sequence[Block]:
    """As an app names it in `lane` of its AppConfig."""
    return [Block(540, 570, "Control check")]


def test_an_app_adds_its_own_to_the_lane(cast: Cast) -> None:
    config = apps.get_app_config("planning")
    config.lane = f"{__name__}.control_checks"  # type: ignore[attr-defined]
    try:
        found = lane_of(viewer_of(cast.user("Mina"), cast.site, MONDAY), MONDAY, ENGLISH)
    finally:
        del config.lane  # type: ignore[attr-defined]
    assert [each.label for each in found] == ["Control check"]
