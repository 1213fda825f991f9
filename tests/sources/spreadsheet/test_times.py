"""Times of every calendar, clock and script become the right instants, or are refused with a reason."""

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from floorwalker.core.records import instants
from floorwalker.sources.reading import Site
from floorwalker.sources.spreadsheet import Mapping, Rule, Sighting, zones
from floorwalker.sources.spreadsheet.sniff import Values, swapped
from floorwalker.sources.spreadsheet.times import Ambiguous, one_reading, readings, spelled
from tests.sources.spreadsheet.conftest import Reader

Looker = Callable[..., Sighting]
UTC = dt.UTC
local = dt.datetime.fromisoformat


@pytest.mark.parametrize(
    ("text", "form", "clock"),
    [
        ("2026-03-02 09:01:12", "%Y-%m-%d %H:%M:%S", "2026-03-02 09:01:12"),
        ("2026-03-02T09:01:12", "%Y-%m-%dT%H:%M:%S", "2026-03-02 09:01:12"),
        ("2026/3/2 9:01", "%Y/%m/%d %H:%M", "2026-03-02 09:01:00"),
        ("02.03.2026 09:01:12", "%d.%m.%Y %H:%M:%S", "2026-03-02 09:01:12"),
        ("2026. 3. 2. 오후 2:01:12", "%Y. %m. %d. %I:%M:%S %p", "2026-03-02 14:01:12"),
        ("2026년 3월 2일 14:01", "%Y년 %m월 %d일 %H:%M", "2026-03-02 14:01:00"),
        ("2026年3月2日 14:01", "%Y年%m月%d日 %H:%M", "2026-03-02 14:01:00"),
        ("2026/03/02 上午 09:01:12", "%Y/%m/%d %I:%M:%S %p", "2026-03-02 09:01:12"),
        ("2026/03/02 下午 12:01:12", "%Y/%m/%d %I:%M:%S %p", "2026-03-02 12:01:12"),
        ("3/14/2026 2:01:12 PM", "%m/%d/%Y %I:%M:%S %p", "2026-03-14 14:01:12"),
        ("۱۴۰۴/۱۲/۱۱ ۰۹:۰۱:۱۲", "jalali %Y/%m/%d %H:%M:%S", "2026-03-02 09:01:12"),
        ("۱۴۰۴/۱۲/۱۱ ۰۹:۰۱ ب.ظ", "jalali %Y/%m/%d %I:%M %p", "2026-03-02 21:01:00"),
        ("1404/12/30", None, None),
        ("1403/12/30", "jalali %Y/%m/%d", "2025-03-20 00:00:00"),
        ("115/03/02 09:01", "minguo %Y/%m/%d %H:%M", "2026-03-02 09:01:00"),
        ("2569-03-02 09:01", "buddhist %Y-%m-%d %H:%M", "2026-03-02 09:01:00"),
        ("２０２６／０３／０２　０９：０１：１２", "%Y/%m/%d %H:%M:%S", "2026-03-02 09:01:12"),
        ("46083.37583333333", "excel", "2026-03-02 09:01:12"),
        ("1772442072", "epoch_s", "2026-03-02 09:01:12"),
        ("1772442072123", "epoch_ms", "2026-03-02 09:01:12"),
        ("2026-03-02T10:01:12+01:00", "%Y-%m-%dT%H:%M:%S%z", "2026-03-02 09:01:12"),
        ("2026-03-02T09:01:12Z", "%Y-%m-%dT%H:%M:%S%z", "2026-03-02 09:01:12"),
        ("2026-03-02T09:01:12.250Z", "%Y-%m-%dT%H:%M:%S%.f%z", "2026-03-02 09:01:12"),
        ("02 Mar 2026 09:01", "%d %b %Y %H:%M", "2026-03-02 09:01:00"),
        ("09:00~09:30", "%H:%M", None),
        ("20260302 0915", "%Y%m%d %H%M", "2026-03-02 09:15:00"),
    ],
)
def test_a_format_is_found_and_read(text: str, form: str | None, clock: str | None) -> None:
    found = Values(pl.Series([text])).time
    assert (found.form if found else None) == form
    if found and clock:
        assert readings(spelled(pl.Series([text])), found.form).dt.strftime("%Y-%m-%d %H:%M:%S").to_list() == [clock]


@pytest.mark.parametrize("text", ["Billing", "12", "4:5:6:7", "2026-13-45", "99/99/9999", "", "+48 600 100 200"])
def test_what_is_no_time_has_no_dated_format(text: str) -> None:
    found = Values(pl.Series([text])).time
    assert found is None or not found.has_date


@given(st.datetimes(local("1990-01-01 00:00"), local("2060-01-01 00:00")).map(lambda moment: moment.replace(microsecond=0)))
def test_a_jalali_date_says_the_same_day_as_the_gregorian(moment: dt.datetime) -> None:
    day = JalaliDate(moment.date())
    text = f"{day.year}/{day.month:02}/{day.day:02} {moment:%H:%M:%S}"
    assert readings(pl.Series([text]), "jalali %Y/%m/%d %H:%M:%S").to_list() == [moment]


def test_day_and_month_are_asked_when_no_row_tells(seen: Looker) -> None:
    sighting = seen(["Start time,Queue", "03/04/2026 10:00,Main", "04/05/2026 10:00,Main"])
    order = next(q for q in sighting.questions if q.code == "date_order")
    assert order.facts == {"sample": "03/04/2026 10:00", "day_first": "2026-04-03", "month_first": "2026-03-04"}
    assert (order.choices, order.recommended) == (("day_first", "month_first"), "")


def test_one_row_past_the_twelfth_decides_for_the_column(seen: Looker) -> None:
    for row, form in (("14/04/2026 10:00", "%d/%m/%Y %H:%M"), ("04/14/2026 10:00", "%m/%d/%Y %H:%M")):
        sighting = seen(["Start time,Queue", "03/04/2026 10:00,Main", f"{row},Main"])
        assert sighting["Start time"].form == form
        assert "date_order" not in [q.code for q in sighting.questions]


@pytest.mark.parametrize(("answer", "day"), [("day_first", dt.date(2026, 4, 3)), ("month_first", dt.date(2026, 3, 4))])
def test_the_answer_decides_the_order(answer: str, day: dt.date, read: Reader) -> None:
    assert read(["Start time,Queue", "03/04/2026 10:00,Main"], {"date_order": answer}).column("contact", "day") == [day]


def test_another_format_in_the_same_column_is_read_only_where_it_is_certain(read: Reader) -> None:
    rows = [f"2026-03-{day:02} 09:00:00,Main" for day in range(1, 8)]
    found = read(["Start time,Queue", *rows, "14/03/2026 10:00,Main", "03/04/2026 10:00,Main", "1404/12/11 10:00,Main"])
    assert found.codes == [(10, "ambiguous_date")]
    assert found.said == ["other_date_format"]
    assert found.column("contact", "day")[-2:] == [dt.date(2026, 3, 14), dt.date(2026, 3, 2)]


def test_one_odd_text_is_read_alone() -> None:
    form = "%Y-%m-%d %H:%M:%S"
    assert one_reading("02.03.2026 09:01", form) == local("2026-03-02 09:01")
    assert one_reading("2026/03/02", form) == local("2026-03-02 00:00")
    assert one_reading("2026-03-02 13:00 PM", form) is None
    assert one_reading("yesterday", form) is None
    assert one_reading("2026-02-30 10:00", form) is None
    with pytest.raises(Ambiguous):
        one_reading("03/04/2026", form)
    assert one_reading("03/04/2026", "%m/%d/%Y %H:%M") == local("2026-03-04 00:00")


def test_swapping_twice_changes_nothing() -> None:
    for form in ("%d/%m/%Y", "%m-%d-%Y %H:%M", "%Y-%m-%d"):
        assert swapped(swapped(form)) == form


def test_the_hour_that_happens_twice_is_refused_until_someone_says_which(read: Reader) -> None:
    lines = ["Start time,Queue", "2026-10-25 01:30:00,Main", "2026-10-25 02:30:00,Main"]
    found = read(lines)
    assert found.codes == [(3, "repeated_hour")]
    assert found.refusals[0].facts == {"field": "started_at", "tz": "Europe/Warsaw", "remedy": "answer_question"}
    assert read(lines, {"repeated_hour": "first"}).column("contact", "started_at")[1] == dt.datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
    assert read(lines, {"repeated_hour": "second"}).column("contact", "started_at")[1] == dt.datetime(
        2026, 10, 25, 1, 30, tzinfo=UTC
    )


def test_the_hour_that_never_was_is_refused(read: Reader) -> None:
    found = read(["Start time,Queue", "2026-03-29 01:30:00,Main", "2026-03-29 02:30:00,Main"])
    assert found.codes == [(3, "skipped_hour")]


def test_a_time_with_an_offset_needs_no_zone(seen: Looker, read: Reader) -> None:
    lines = ["Start time,Queue", "2026-10-25T02:30:00+01:00,Main", "2026-10-25T02:30:00+02:00,Main"]
    assert [q.code for q in seen(lines).questions] == []
    hours = [moment.hour for moment in read(lines).tables["contact"]["started_at"]]
    assert hours == [1, 0]


@pytest.mark.parametrize(
    ("header", "tz"), [("Start time UTC", "UTC"), ("Start (GMT+8)", "Etc/GMT-8"), ("Start time (UTC-5)", "Etc/GMT+5")]
)
def test_a_zone_in_the_header_is_believed(header: str, tz: str, seen: Looker) -> None:
    assert seen([f"{header},Queue", "2026-03-02 09:00:00,Main"]).tz == tz


def test_a_time_outside_this_age_is_refused(read: Reader) -> None:
    found = read(["Start time,Queue", "2026-03-02 09:00:00,Main", "1970-01-01 00:00:00,Main", "2999-01-01 00:00:00,Main"])
    assert found.codes == [(3, "time_out_of_range"), (4, "time_out_of_range")]


def test_a_date_and_a_clock_column_make_one_time(read: Reader, seen: Looker) -> None:
    lines = ["Date,Start,End,Queue", "2026-03-02,23:59:30,0:01:00,Main", "2026-03-02,9:00:00,9:01:00,Main"]
    assert {column.name: column.borrows for column in seen(lines).columns} == {
        "Date": "",
        "Start": "Date",
        "End": "Date",
        "Queue": "",
    }
    found = read(lines)
    spans = found.tables["contact"].select((pl.col("ended_at") - pl.col("started_at")).dt.total_seconds()).to_series()
    assert spans.to_list() == [90, 60]


def test_a_night_shift_belongs_to_the_site_s_local_day(read: Reader) -> None:
    site = Site(tz="Asia/Seoul", source="desk", secret="s")
    mapping = Mapping("contacts", {"started_at": Rule(("Start",), "%Y-%m-%d %H:%M:%S")}, tz="UTC", header=("Start", "Queue"))
    found = read(["Start,Queue", "2026-03-02 15:44:00,x"], mapping=mapping, site=site)
    assert found.tables["contact"].select("day", "minute").rows() == [(dt.date(2026, 3, 3), 30)]


@given(
    st.lists(st.datetimes(local("1981-01-01 00:00"), local("2037-01-01 00:00")) | st.none(), min_size=1, max_size=30),
    st.sampled_from(["Europe/Warsaw", "Asia/Tehran", "Asia/Seoul", "America/New_York", "Asia/Kathmandu", "UTC"]),
)
def test_looking_instants_up_by_quarters_is_the_same_as_converting_each(moments: list[dt.datetime | None], tz: str) -> None:
    naive = pl.Series(moments, dtype=pl.Datetime("us"))
    direct = naive.to_frame("at").select(instants.to_instant(pl.col("at"), tz)).to_series()
    found = zones.to_instants(naive, tz)
    assert found.to_list() == direct.to_list()
    whole = found.drop_nulls()
    day, minute = zones.day_and_minute(whole, tz)
    expected = whole.to_frame("at").select(*instants.quarter(pl.col("at"), tz))
    assert (day.to_list(), minute.to_list()) == (expected["day"].to_list(), expected["minute"].to_list())
