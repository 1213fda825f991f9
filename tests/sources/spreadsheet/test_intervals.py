"""Interval rows: sums as reported, totals and impossible rows told apart, nothing counted twice."""

import datetime as dt
from collections.abc import Callable

import pytest

from floorwalker.sources.spreadsheet import Sighting
from tests.sources.spreadsheet.conftest import Reader

Looker = Callable[..., Sighting]

GENESYS = [
    "Interval Start UTC,Queue,Offered,Answered,THT,Col_9",
    '2026-11-02T08:00Z,Billing,41,39,"14,118",',
    '2026-11-02T08:15Z,Billing,44,40,"15,240",',
    '2026-11-02T08:30Z,Moves,17,17,"6,885",',
]


def test_a_history_layout_is_recognised(seen: Looker) -> None:
    sighting = seen(GENESYS)
    assert (sighting.kind, dict(sighting.constants)) == ("intervals", {"length_min": "15"})
    fields = {column.name: column.field for column in sighting.columns}
    assert list(fields.values()) == ["started_at", "queue", "offered", "answered", "handle_s", ""]
    assert sighting["Col_9"].filled == 0.0
    (question,) = sighting.questions
    assert (question.code, question.column, question.recommended) == ("duration_unit", "THT", "seconds")
    assert question.facts == {"sample": "14,118", "answered": 39.0, "typical": 377.53, "field": "handle_s"}


def test_its_rows_become_interval_statistics(read: Reader) -> None:
    found = read(GENESYS)
    columns = ("day", "minute", "length_min", "queue", "channel", "agent", "offered", "answered", "handle_s")
    rows = found.tables["interval_stat"].select(columns).rows()
    assert rows[0] == (dt.date(2026, 11, 2), 540, 15, "Billing", "", "", 41, 39, 14_118.0)
    assert found.column("interval_stat", "abandoned") == [None, None, None]


def test_more_answered_than_offered_is_refused_until_someone_knows_better(read: Reader) -> None:
    lines = [*GENESYS, '2026-11-02T08:45Z,Moves,48,52,"6,885",']
    found = read(lines)
    (refusal,) = found.refusals
    assert (refusal.line, refusal.code, refusal.column, refusal.value) == (5, "more_answered_than_offered", "Answered", "52")
    assert refusal.facts == {"answered": 52, "offered": 48, "remedy": "take_offered_as_answered"}
    raised = read(lines, {"more_answered_than_offered": "raise_offered"})
    assert (raised.codes, raised.column("interval_stat", "offered")[3]) == ([], 52)


def test_a_second_row_for_an_interval_is_refused_until_someone_says_how(read: Reader) -> None:
    lines = [*GENESYS, '2026-11-02T08:30Z,Moves,3,2,"15",']
    assert read(lines).codes == [(5, "repeated_interval")]
    added = read(lines, {"repeated_interval": "add"})
    assert (added.read, added.aside, added.column("interval_stat", "offered")) == (4, 1, [41, 44, 20])
    assert added.column("interval_stat", "handle_s")[2] == 6900.0
    last = read(lines, {"repeated_interval": "last"})
    assert (last.aside, last.column("interval_stat", "offered")) == (1, [41, 44, 3])


def test_a_row_of_all_queues_is_set_aside(read: Reader) -> None:
    found = read([*GENESYS, '2026-11-02T08:30Z,Total,102,96,"36,243",', ",Total,102,96,,", "Total,,102,96,,"])
    assert (found.tables["interval_stat"].height, found.aside, found.codes) == (3, 3, [])
    assert found.said.count("totals_left_out") == 2


def test_a_mean_per_contact_becomes_a_total(read: Reader, seen: Looker) -> None:
    lines = [
        "일자,시간대,큐,총인입,응대호,포기호,평균통화시간,서비스레벨",
        "2026-03-02,09:00~09:30,고객센터,41,39,2,03:20,91%",
        "2026-03-02,09:30~10:00,고객센터,10,0,10,,0%",
        "합계,,,51,39,12,03:20,91%",
    ]
    sighting = seen(lines)
    assert sighting["평균통화시간"].mean
    assert sighting["서비스레벨"].field == ""
    found = read(lines)
    assert found.tables["interval_stat"].select("minute", "answered", "talk_s").rows() == [(540, 39, 7800.0), (570, 0, None)]
    assert (found.aside, found.codes) == (1, [])


def test_a_clock_that_may_be_a_total_or_a_mean_is_asked_about(seen: Looker, read: Reader) -> None:
    lines = ["Interval start,Queue,Offered,Answered,Talk (s)", "2026-03-02 09:00,A,9,8,300", "2026-03-02 09:30,A,9,8,320"]
    question = next(q for q in seen(lines).questions if q.code == "per_contact")
    assert (question.choices, question.facts["as_total"], question.facts["as_mean"]) == (("total", "contact"), 38.8, 310.0)
    assert read(lines, {"per_contact": "total"}).column("interval_stat", "talk_s") == [300.0, 320.0]
    assert read(lines, {"per_contact": "contact"}).column("interval_stat", "talk_s") == [2400.0, 2560.0]


@pytest.mark.parametrize(("times", "minutes"), [(("09:00", "09:15"), 15), (("09:00", "09:30"), 30), (("09:00", "10:00"), 60)])
def test_the_length_is_the_smallest_step(times: tuple[str, str], minutes: int, read: Reader) -> None:
    found = read(["Interval start,Calls offered", *(f"2026-03-02 {time},12" for time in times)])
    assert set(found.column("interval_stat", "length_min")) == {minutes}


def test_a_plain_sheet_of_days_and_calls_is_enough(read: Reader) -> None:
    found = read(["date,calls", "2026-03-01,120", "2026-03-02,130"])
    assert found.tables["interval_stat"].select("day", "length_min", "offered").rows() == [
        (dt.date(2026, 3, 1), 1440, 120), (dt.date(2026, 3, 2), 1440, 130),
    ]  # fmt: skip


def test_the_length_is_asked_when_one_interval_stands_alone(seen: Looker, read: Reader) -> None:
    lines = ["Interval start,Calls offered", "2026-03-02 09:00,12"]
    assert "interval_length" in [q.code for q in seen(lines).questions]
    assert read(lines, {"interval_length": "15"}).column("interval_stat", "length_min") == [15]


@pytest.mark.parametrize(("value", "code"), [("-3", "negative_count"), ("2.5", "not_a_count"), ("many", "not_a_number")])
def test_what_is_no_count_is_refused(value: str, code: str, read: Reader) -> None:
    found = read(["Interval start,Calls offered", "2026-03-02 09:00,12", "2026-03-02 09:15,13", f"2026-03-02 09:30,{value}"])
    assert found.codes == [(4, code)]
