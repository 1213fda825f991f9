"""A table of cases: every row is answered or says why not."""

import polars as pl
import pytest

from floorwalker.core import staffing

SOUND = {
    "id": "a",
    "contacts": "100",
    "interval_s": "1800",
    "aht_s": "180",
    "patience_s": "120",
    "target": ".8",
    "threshold_s": "20",
    "definition": "offered",
}


def table(*changes: dict[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame([SOUND | change for change in changes], schema=dict.fromkeys(SOUND, pl.String))


def test_the_answer_stands_under_each_definition() -> None:
    row = staffing.solve(table({"definition": "answered"})).rows.row(0, named=True)

    assert row["agents"] == 11
    assert row["service_level"] == row["answered"]
    assert row["offered"] < row["offered_minus_short"] < row["answered"]


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("contacts", "-3", "negative"),
        ("contacts", None, "empty"),
        ("contacts", "1e9", "load_too_large"),
        ("contacts", "inf", "infinite"),
        ("aht_s", "abc", "not_a_number"),
        ("aht_s", "0", "not_positive"),
        ("interval_s", "-1800", "not_positive"),
        ("patience_s", "-1", "negative"),
        ("target", "1", "not_between_0_and_1"),
        ("target", "80", "not_between_0_and_1"),
        ("threshold_s", "-1", "negative"),
        ("definition", "offred", "unknown"),
    ],
)
def test_a_bad_cell_is_named_and_stops_no_other_row(column: str, written: str | None, code: str) -> None:
    answers = staffing.solve(table({}, {"id": "b", column: written}, {"id": "c"}))

    assert answers.refusals.rows() == [(2, "b", column, code, written or "")]
    assert answers.rows["agents"].to_list() == [12, None, 12]
    assert answers.rows["service_level"][1] is None


def test_an_empty_patience_is_endless_and_none_at_all_is_a_busy_tone() -> None:
    answers = staffing.solve(table({"patience_s": ""}, {"patience_s": None}, {"patience_s": "nan"}, {"patience_s": "0"}))

    assert answers.rows["agents"].to_list() == [14, 14, 14, 11]
    assert answers.rows["asa_s"][3] == 0


def test_without_contacts_nobody_is_needed_and_nothing_is_known() -> None:
    row = staffing.solve(table({"contacts": "0"})).rows.row(0)
    assert row == ("a", 0, None, None, None, None, None, None, None)


def test_numbers_may_be_numbers_and_optional_columns_may_be_absent() -> None:
    cases = pl.DataFrame(
        {"id": [1], "contacts": [100], "interval_s": [1800], "aht_s": [180.0], "target": [0.8], "threshold_s": [20]}
    )
    assert staffing.solve(cases).rows["agents"].to_list() == [14]


def test_an_occupancy_cap_is_obeyed_where_there_is_one() -> None:
    cases = table({"contacts": "2000"}, {"contacts": "2000"}).with_columns(max_occupancy=pl.Series([None, 0.85]))
    first, second = staffing.solve(cases).rows["agents"]

    assert first < second
    assert staffing.solve(cases).rows["occupancy"][1] <= 0.85


def test_a_table_without_cases_has_no_answers() -> None:
    assert staffing.solve(table()).rows.height == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(staffing.Unusable) as found:
        staffing.solve(table({}).drop("aht_s"))
    assert found.value.facts["column"] == "aht_s"


def test_many_rows_are_answered_like_few() -> None:
    many = pl.concat([table({"contacts": str(k)}) for k in range(1, 100)] * 100)

    answers = staffing.solve(many).rows
    assert answers["agents"].to_list() == staffing.solve(many.head(99)).rows["agents"].to_list() * 100
