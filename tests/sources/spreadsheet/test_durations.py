"""Durations of every style become seconds; what cannot be known is asked."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.sources.spreadsheet import Question, Sighting
from floorwalker.sources.spreadsheet.amounts import one_duration, one_number, seconds
from tests.sources.spreadsheet.conftest import Reader

Looker = Callable[..., Sighting]


def question(sighting: Sighting, code: str) -> Question | None:
    """The sighting's question of a code."""
    return next((q for q in sighting.questions if q.code == code), None)


def table(*talks: str, header: str = "Talk time") -> list[str]:
    """A table of contacts with these talk times."""
    return [f"Start time;Queue;{header}", *(f"2026-03-02 09:0{n}:00;Main;{talk}" for n, talk in enumerate(talks))]


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("0:03:20", "h:mm:ss", 200.0),
        ("27:03:20", "h:mm:ss", 97_400.0),
        ("3:20", "h:mm:ss", 200.0),
        ("3:20", "mm:ss", 200.0),
        ("3:20", "h:mm", 12_000.0),
        ("75:20", "mm:ss", 4520.0),
        ("1:02:03", "mm:ss", 3723.0),
        ("0:00:01.5", "h:mm:ss", 1.5),
        ("-0:00:05", "h:mm:ss", -5.0),
        ("0:75:00", "h:mm:ss", None),
        ("3:20", "seconds", None),
        ("0:03:20", "seconds", 200.0),
        ("1.5", "minutes", 90.0),
        ("14,118", "seconds", 14_118.0),
        ("1 234", "seconds", 1234.0),
        ("3 min 20 s", "seconds", 200.0),
        ("3분 20초", "seconds", 200.0),
        ("1小时2分3秒", "seconds", 3723.0),
        ("۳ دقیقه", "seconds", 180.0),
        ("200", "h:mm:ss", None),
        ("0", "h:mm:ss", 0.0),
        ("0.5", "days", 43_200.0),
        ("1500", "ms", 1.5),
    ],
)
def test_a_duration_is_read(text: str, form: str, value: float | None) -> None:
    assert one_duration(text, form) == value


@given(st.integers(0, 86_399))
def test_a_column_and_a_single_text_give_the_same_seconds(total: int) -> None:
    text = f"{total // 3600}:{total // 60 % 60:02}:{total % 60:02}"
    assert seconds(pl.Series([text]), "h:mm:ss").to_list() == [one_duration(text, "h:mm:ss")] == [float(total)]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234,5", ",", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("۱۲۳", ".", 123.0),
        ("１２", ".", 12.0),
        ("91%", ".", 91.0),
        ("1,5", ".", None),
    ],
)
def test_a_number_is_read(text: str, decimal: str, value: float | None) -> None:
    assert one_number(text, decimal) == value


def test_two_part_clocks_are_minutes_when_one_is_too_long_for_hours(seen: Looker, read: Reader) -> None:
    assert question(seen(table("4:00", "31:10")), "clock_style") is None
    assert read(table("4:00", "31:10")).column("leg", "talk_s") == [240.0, 1870.0]


def test_short_two_part_clocks_are_asked_about(seen: Looker, read: Reader) -> None:
    asked = question(seen(table("0:03", "0:12")), "clock_style")
    assert asked is not None
    assert (asked.choices, asked.recommended, asked.facts["sample"]) == (("mm:ss", "h:mm"), "mm:ss", "0:03")
    assert read(table("0:03", "0:12"), {"clock_style": "h:mm"}).column("leg", "talk_s") == [180.0, 720.0]


def test_numbers_that_would_be_absurd_minutes_are_seconds(seen: Looker) -> None:
    assert question(seen(table("200", "180")), "duration_unit") is None


def test_small_numbers_are_asked_about(seen: Looker, read: Reader) -> None:
    asked = question(seen(table("3", "4")), "duration_unit")
    assert asked is not None
    assert asked.recommended == ""
    assert read(table("3", "4"), {"duration_unit": "minutes"}).column("leg", "talk_s") == [180.0, 240.0]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Talk time (min)", 180.0),
        ("Talk time [s]", 3.0),
        ("통화시간(초)", 3.0),
        ("通话秒数", 3.0),
        ("مدت مکالمه (دقیقه)", 180.0),
    ],
)
def test_a_unit_in_the_header_is_believed(header: str, value: float, seen: Looker, read: Reader) -> None:
    lines = table("3", "4", header=header)
    assert question(seen(lines), "duration_unit") is None
    assert read(lines).column("leg", "talk_s")[0] == value


def test_a_decimal_comma_is_seen(read: Reader) -> None:
    assert read(table("200,5", "180,25", header="Czas rozmowy (s)")).column("leg", "talk_s") == [200.5, 180.25]


def test_a_comma_before_three_digits_is_asked_about_where_commas_are_decimal_signs(seen: Looker, read: Reader) -> None:
    lines = ["Data połączenia;Kolejka;Czas rozmowy (s)", "02.03.2026 09:00;Main;1,500", "02.03.2026 09:00;Main;2,250"]
    asked = question(seen(lines), "decimal_sign")
    assert asked is not None
    assert (asked.facts["as_decimal"], asked.facts["as_thousands"]) == ("1.500", "1500")
    assert read(lines, {"decimal_sign": ","}).column("leg", "talk_s") == [1.5, 2.25]
    assert read(lines, {"decimal_sign": "."}).column("leg", "talk_s") == [1500.0, 2250.0]


def test_the_same_name_with_and_without_a_unit_are_two_columns(seen: Looker) -> None:
    sighting = seen(["인입시간,큐,통화시간,통화시간(초)", "2026-03-02 09:00:00,a,00:03:20,200"])
    assert sorted(column.field for column in sighting.columns) == ["", "queue", "started_at", "talk_s"]


def test_hold_inside_talk_is_asked_unless_a_row_shows_otherwise(seen: Looker, read: Reader) -> None:
    lines = ["Start time,Talk (s),Hold (s),ACW (s)", "2026-03-02 09:00:00,100,20,10"]
    asked = question(seen(lines), "hold_in_talk")
    assert asked is not None
    assert asked.choices == ("inside", "apart")
    assert read(lines, {"hold_in_talk": "apart"}).tables["leg"].select("handle_s", "hold_in_talk").rows() == [(130.0, False)]
    assert read(lines, {"hold_in_talk": "inside"}).tables["leg"].select("handle_s", "hold_in_talk").rows() == [(110.0, True)]
    assert question(seen([*lines, "2026-03-02 09:00:00,5,20,10"]), "hold_in_talk") is None
