"""Today for those who run the floor, on Monday morning at 8:12; the centre is closed on Sundays."""

from datetime import date, datetime, timedelta

from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.today.desk_page import DeskPage, desk_page
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.today.conftest import ENGLISH, MONDAY, Sit

SUNDAY = MONDAY - timedelta(days=1)


def values(page: DeskPage) -> dict[str, str]:
    assert page.last_day
    return {line.name: line.value for line in page.last_day.lines}


def test_the_page_opens_with_the_peak(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), MONDAY, ENGLISH)
    assert page.head.sentence == "The peak comes at 10:00."
    assert page.head.lede.startswith("About 10 contacts in 15 minutes then, and between 184 and 184 in the whole day")
    assert page.course


def test_after_a_closed_sunday_the_last_working_day_is_read(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), MONDAY, ENGLISH)
    assert page.last_day
    assert page.last_day.title == "Saturday, 21 November 2026, against the usual Saturday"


def test_on_a_day_that_is_always_closed_nothing_is_expected(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), SUNDAY, ENGLISH)
    assert page.head.sentence == "Nothing is expected today: a quiet Sunday."
    assert page.course is None
    assert page.last_day
    assert page.last_day.title == "Yesterday, against the usual Saturday"


def test_five_numbers_stand_against_the_usual_day(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), SUNDAY, ENGLISH)
    assert values(page) | {"Customer satisfaction": "", "First contact resolution": ""} == {
        "Service level": "94%",
        "Average handle time": "5:28",
        "Abandonment rate": "6.2%",
        "First contact resolution": "",
        "Customer satisfaction": "",
    }
    assert page.last_day
    assert [line.words for line in page.last_day.lines[:3]] == ["In its usual range."] * 3


def test_first_contact_resolution_is_read_when_its_seven_days_are_over(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), SUNDAY, ENGLISH)
    assert page.last_day
    line = next(line for line in page.last_day.lines if line.name == "First contact resolution")
    assert line.note == "within 7 days, of 14 November"
    assert line.value == "94%"  # ten of 160 came back


def test_a_day_that_took_longer_is_out_and_names_the_queue(cast: Cast, sit: Sit) -> None:
    days = small_centre.days_until(date(2026, 11, 21), 13)
    open_warehouse(cast.site).take(1, [small_centre.tables(days, slow=[days[-1]])])
    page = desk_page(sit("Mina"), SUNDAY, ENGLISH)
    assert page.last_day
    line = next(line for line in page.last_day.lines if line.name == "Average handle time")
    assert line.is_out
    assert line.words == "Above the usual Saturday."
    assert page.differences
    sentences = [each.sentence for each in page.differences.items]
    assert sentences == ["\u2068Billing\u2069, Average handle time: higher than usual."]


def test_when_all_is_usual_the_page_says_so_and_ends(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), SUNDAY, ENGLISH)
    assert page.differences
    assert page.differences.items == ()
    assert "stayed in their usual range. There is nothing to do here." in page.differences.calm


def test_five_weeks_do_not_make_a_usual_day_and_the_page_says_how_many_more(cast: Cast, sit: Sit) -> None:
    open_warehouse(cast.site).take(1, [small_centre.tables(small_centre.days_until(date(2026, 11, 21), 5))])
    page = desk_page(sit("Mina"), SUNDAY, ENGLISH)
    assert page.last_day
    assert page.last_day.lines[0].words == "2 more such days until we know the usual."
    assert page.last_day.lines[0].line is None


def test_the_day_so_far_is_read_against_the_same_hours(cast: Cast, sit: Sit) -> None:
    days = [*small_centre.days_until(date(2026, 11, 21), 13), MONDAY.date()]
    open_warehouse(cast.site).take(1, [small_centre.tables(days, until=(11, 0))])
    page = desk_page(sit("Mina"), MONDAY.replace(hour=11, minute=5), ENGLISH)
    assert page.so_far
    assert page.so_far.title == "Today so far, until 10:45, against usual days at that time"
    assert page.so_far.lines[0].value == "62"  # eleven quarters of four, three of them with six more
    assert page.so_far.lines[0].words == "In its usual range."


def test_old_contacts_say_so_and_show_the_last_known_day(centre: Cast, sit: Sit) -> None:
    page = desk_page(sit("Mina"), datetime(2027, 3, 1, 9, 0, tzinfo=MONDAY.tzinfo), ENGLISH)
    assert page.head.sentence == "The latest contacts are of 21 November 2026."
    assert page.course is None
    assert page.last_day


def test_intervals_alone_give_the_peak_and_say_what_the_rest_needs(cast: Cast, sit: Sit) -> None:
    open_warehouse(cast.site).take(1, [small_centre.intervals(small_centre.days_until(date(2026, 11, 21), 13))])
    page = desk_page(sit("Mina"), MONDAY, ENGLISH)
    assert page.head.sentence.startswith("The peak comes at ")
    words = {line.name: line.words for line in page.last_day.lines} if page.last_day else {}
    assert words["First contact resolution"] == "Not known yet. It needs one row for each contact, with its customer."
    assert words["Customer satisfaction"] == "Not known: no customer answered a survey."
    assert words["Average handle time"] == "In its usual range."


def test_imports_are_shown_to_those_who_may_bring_them_in(centre: Cast, sit: Sit) -> None:
    Import.objects.create(
        site=Site.objects.get(),
        by=centre.user("Mina"),
        reader="spreadsheet",
        source="calls",
        state="whole",
        counts={"read": 20, "kept": 17, "refused": 3},
    )
    arrivals = desk_page(sit("Mina"), MONDAY, ENGLISH).freshness.arrivals
    assert [(each.name, each.refused) for each in arrivals] == [("calls", "3 rows were refused")]
    assert desk_page(sit("Laleh"), MONDAY, ENGLISH).freshness.arrivals == ()


def test_the_latest_contact_is_told(centre: Cast, sit: Sit) -> None:
    assert desk_page(sit("Mina"), MONDAY, ENGLISH).freshness.latest == "21 November 2026 17:45"
