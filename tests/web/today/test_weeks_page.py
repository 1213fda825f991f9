"""Today for an executive: the last whole week, half a year, and the months."""

from datetime import date

from floorwalker.web.today.weeks_page import weeks_page
from tests.web.conftest import Cast
from tests.web.today.conftest import ENGLISH, MONDAY, Sit


def test_the_last_whole_week_is_read(centre: Cast, sit: Sit) -> None:
    page = weeks_page(sit("Viktor"), MONDAY.date(), ENGLISH)
    assert page.head.lede == "984 contacts came in from 9 November to 15 November."
    assert page.head.sentence == "Last week was a usual week."
    assert page.week.lines[0].value == "984"


def test_the_months_are_added_up(centre: Cast, sit: Sit) -> None:
    page = weeks_page(sit("Viktor"), MONDAY.date(), ENGLISH)
    assert page.months.rows[0][0] == "November 2026"
    assert page.months.rows[0][1] == "2,952"  # eighteen working days of 160 and three Mondays of 24 more


def test_nobody_is_named(centre: Cast, sit: Sit) -> None:
    assert "agent." not in repr(weeks_page(sit("Viktor"), MONDAY.date(), ENGLISH))


def test_two_weeks_of_data_are_not_yet_usual(cast: Cast, sit: Sit) -> None:
    from floorwalker.web.intake.queries import open_warehouse
    from tests.web import small_centre

    open_warehouse(cast.site).take(1, [small_centre.tables(small_centre.days_until(date(2026, 11, 21), 2))])
    page = weeks_page(sit("Viktor"), MONDAY.date(), ENGLISH)
    assert page.head.sentence == "The last week is counted; what is usual needs six of them."
