"""Contact rows: what the source said, and what may be concluded from it."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.sources.callers import normalised, normalised_column
from floorwalker.sources.reading import Site
from tests.sources.spreadsheet.conftest import Reader

DAY = "2026-03-02"


def legs(read: Reader, header: str, *rows: str, **answers: str) -> list[tuple[object, ...]]:
    """Outcome and wait of the legs of these rows, which all begin at nine."""
    found = read([f"Start time,{header}", *(f"{DAY} 09:00:00,{row}" for row in rows)], answers)
    assert found.codes == []
    return found.tables["leg"].select("outcome", "wait_s").rows()


@pytest.mark.parametrize(
    ("header", "row", "outcome"),
    [
        ("Outcome", "answered", "answered"),
        ("Status połączenia", "Nieodebrane", "abandoned"),
        ("응대여부", "포기", "abandoned"),
        ("通话状态", "已接听", "answered"),
        ("وضعیت", "از دست رفته", "abandoned"),
        ("وضعيت", "پاسخ داده شده", "answered"),
        ("Outcome", "EXITWITHTIMEOUT", "timeout"),
        ("Abandoned", "no", "answered"),
        ("Abandoned", "yes", "abandoned"),
        ("Odebrane", "Tak", "answered"),
        ("Odebrane", "Nie", "abandoned"),
        ("是否放弃", "是", "abandoned"),
    ],
)
def test_an_outcome_is_told_in_words_or_by_a_flag(header: str, row: str, outcome: str, read: Reader) -> None:
    assert legs(read, f"{header},Queue", f"{row},Main")[0][0] == outcome


def test_an_unknown_outcome_word_is_kept_counted_and_called_unknown(read: Reader) -> None:
    found = read(["Start time,Queue,Outcome", *[f"{DAY} 09:00:00,Main,answered"] * 3, f"{DAY} 09:00:00,Main,Purple"])
    assert found.column("leg", "outcome") == ["answered"] * 3 + ["unknown"]
    assert found.column("contact", "custom")[3] == '{"Outcome":"Purple"}'
    assert [(r.code, r.facts["word"], r.facts["rows"]) for r in found.remarks] == [("unknown_words", "Purple", 1)]


def test_without_any_outcome_the_answer_time_tells(read: Reader) -> None:
    rows = (f"{DAY} 09:00:20,{DAY} 09:02:00", f",{DAY} 09:00:35")
    assert legs(read, "Answer time,End time", *rows) == [("answered", 20.0), ("abandoned", 35.0)]
    assert legs(read, "Answer time,End time", *rows, unanswered="unknown") == [("answered", 20.0), ("unknown", 35.0)]


def test_a_reported_wait_is_kept_and_used(read: Reader) -> None:
    found = read(["Start time,Answer time,Wait (s)", f"{DAY} 09:00:00,{DAY} 09:00:20,18"])
    assert found.tables["leg"].select("wait_s_reported", "wait_s").rows() == [(18.0, 18.0)]


def test_an_empty_cell_is_null_and_never_zero(read: Reader) -> None:
    found = read(["Start time,Queue,Wait (s),Talk (s),Agent", f"{DAY} 09:00:00,,,,", f"{DAY} 09:00:00,Main,0,0,Ann"])
    assert found.tables["leg"].select("queue", "wait_s", "talk_s", "agent").rows() == [(None,) * 4, ("Main", 0.0, 0.0, "Ann")]


def test_words_for_nobody_are_no_agent(read: Reader) -> None:
    rows = [f"{DAY} 09:00:00,Main,{name}" for name in ("Ann", "NO_SERVER", "-", "未分配", "brak", "Brakowski")]
    assert read(["Start time,Queue,Agent", *rows]).column("leg", "agent") == ["Ann", None, None, None, None, "Brakowski"]


def test_two_spellings_of_a_persian_name_are_one_agent(read: Reader) -> None:
    rows = [f"{DAY} 09:00:00,صف,{name}" for name in ("علی کریمی", "علي كريمي", " علی  کریمی ")]
    assert set(read(["تاریخ شروع,صف,اپراتور", *rows]).column("leg", "agent")) == {"علی کریمی"}


def test_handle_time_is_the_sum_of_its_parts_else_as_reported(read: Reader) -> None:
    head = "Start time,Talk (s),ACW (s),Handle time (s)"
    found = read([head, f"{DAY} 09:00:00,100,20,999", f"{DAY} 09:00:00,,,200", f"{DAY} 09:00:00,100,,"])
    assert found.column("leg", "handle_s") == [120.0, 200.0, 100.0]
    assert found.column("leg", "handle_s_reported") == [999.0, 200.0, None]
    assert set(found.column("leg", "acw_basis")) == {"measured"}


def test_handle_time_without_after_contact_work_says_so(read: Reader) -> None:
    found = read(["Start time,Talk (s)", f"{DAY} 09:00:00,200"])
    assert found.tables["leg"].select("handle_s", "acw_basis").rows() == [(200.0, "absent")]


def test_a_customer_is_a_keyed_hash_and_never_stands_in_the_records(read: Reader) -> None:
    lines = ["Start time,Phone number", f"{DAY} 09:00:00,+48600100200", f"{DAY} 09:00:00,"]
    contact = read(lines).tables["contact"]
    assert contact["customer_key"].is_null().to_list() == [False, True]
    assert "600100200" not in contact.write_csv()
    other = read(lines, site=Site(tz="Europe/Warsaw", source="desk", secret="another"))
    assert other.tables["contact"]["customer_key"][0] != contact["customer_key"][0]


@pytest.mark.parametrize("written", ["+48 600 100 200", "600-100-200", "0048600100200", "۶۰۰۱۰۰۲۰۰"])
def test_a_number_is_one_customer_however_it_is_written(written: str, read: Reader) -> None:
    found = read(["Start time,Phone number", f"{DAY} 09:00:00,+48600100200", f"{DAY} 09:00:00,{written}"])
    assert found.tables["contact"]["customer_key"].n_unique() == 1


def test_an_address_is_no_number_though_it_holds_one(read: Reader) -> None:
    rows = [f"{DAY} 09:00:00,{name}" for name in ("ann1@example.org", "bob1@example.org", "ANN1@example.org")]
    assert read(["Start time,Customer", *rows]).tables["contact"]["customer_key"].n_unique() == 2


def test_a_number_that_a_spreadsheet_has_rounded_is_nobody_s(read: Reader) -> None:
    found = read(["Start time,Phone number", f"{DAY} 09:00:00,4.86E+10", f"{DAY} 09:00:00,600100200"])
    assert found.tables["contact"]["customer_key"].is_null().to_list() == [True, False]
    assert [(remark.code, remark.facts["word"]) for remark in found.remarks] == [("unknown_words", "4.86E+10")]


_NUMBERS = st.text("+0123456789", max_size=16) | st.text("+0-9 ()٠۱", max_size=12)


@given(st.lists(_NUMBERS, max_size=8), st.sampled_from(["", "PL", "KR", "TW", "CN", "IR", "US", "XX"]))
def test_a_column_of_numbers_is_brought_to_the_form_of_each(numbers: list[str], country: str) -> None:
    assert normalised_column(pl.Series(numbers, dtype=pl.String), country).to_list() == [
        normalised(n, country) for n in numbers
    ]


def test_columns_without_a_field_are_kept_as_texts(read: Reader) -> None:
    found = read(["Start time,Queue,Mood,Colour", f'{DAY} 09:00:00,Main,"a ""b""",'])
    assert found.column("contact", "custom") == ['{"Mood":"a \\"b\\"","Colour":null}']


def test_a_score_in_the_row_is_a_survey_answer_of_its_contact(read: Reader) -> None:
    found = read(["Call ID,Start time,CSAT", f"7,{DAY} 09:00:00,4", f"8,{DAY} 09:00:00,"], {"scale": "1-5"})
    survey = found.tables["survey"]
    assert survey.select("contact_native_id", "kind", "score", "score_norm").rows() == [("7", "csat", 4.0, 0.75)]
    assert survey["contact_key"][0] == found.tables["contact"]["contact_key"][0]


def test_a_contact_that_ends_before_it_starts_is_told_and_kept(read: Reader) -> None:
    found = read(["Start time,End time", f"{DAY} 09:00:00,{DAY} 08:00:00"])
    assert (found.said, found.tables["contact"].height) == (["ends_before_it_starts"], 1)


def test_channel_words_are_translated_and_kept(read: Reader) -> None:
    found = read(["Start time,Channel", f"{DAY} 09:00:00,Phone", f"{DAY} 09:00:00,邮件", f"{DAY} 09:00:00,pigeon"])
    assert found.tables["contact"].select("channel", "channel_raw").rows() == [
        ("voice", "Phone"), ("email", "邮件"), (None, "pigeon"),
    ]  # fmt: skip


def test_the_precision_of_the_clock_is_kept(read: Reader) -> None:
    for text, precision in ((f"{DAY} 09:00", 60.0), (f"{DAY} 09:00:00", 1.0), (f"{DAY} 09:00:00.250", 0.001)):
        assert read(["Start time,Queue", f"{text},Main"]).column("contact", "precision_s") == [precision]
