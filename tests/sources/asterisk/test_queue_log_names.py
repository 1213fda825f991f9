"""Who is who when membership lines give the interface and call lines the member name; callers' numbers; surveys."""

from collections.abc import Callable

import pytest

from floorwalker.sources.asterisk.lines import Line
from floorwalker.sources.asterisk.surveys import answer
from floorwalker.sources.callers import normalised
from tests.sources.asterisk.conftest import Read, T

ReadLog = Callable[..., Read]


def member(seconds: int, interface: str, event: str = "ADDMEMBER", queue: str = "sales") -> str:
    return f"{T + seconds}|MANAGER|{queue}|{interface}|{event}|"


def call(seconds: int, name: str, queue: str = "sales") -> tuple[str, ...]:
    return (
        f"{T + seconds}|{seconds}.1|{queue}|NONE|ENTERQUEUE||600100200|1",
        f"{T + seconds + 5}|{seconds}.1|{queue}|{name}|CONNECT|5|x|1",
        f"{T + seconds + 15}|{seconds}.1|{queue}|{name}|COMPLETEAGENT|5|10|1",
    )


def pairs(log: Read) -> dict[str, str]:
    return {str(each.facts["interface"]): str(each.facts["name"]) for each in log.remarks if each.code == "agent_two_names"}


def test_the_only_member_of_a_queue_is_who_answers_in_it(read_log: ReadLog) -> None:
    log = read_log(member(0, "SIP/11"), *call(10, "Maja Lis"), member(40, "SIP/11", "REMOVEMEMBER"))
    assert pairs(log) == {"SIP/11": "Maja Lis"}
    assert log.seconds("Maja Lis", "available") == 15 + 15
    assert log.tables["agent_state"]["agent"].unique().to_list() == ["Maja Lis"]


def test_two_members_are_told_apart_by_when_each_was_there(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "SIP/11"),
        *call(10, "Maja Lis"),
        member(100, "SIP/12"),
        *call(300, "Jan Bor"),
        member(400, "SIP/11", "REMOVEMEMBER"),
    )
    assert pairs(log) == {"SIP/11": "Maja Lis", "SIP/12": "Jan Bor"}


def test_a_pair_that_is_known_leaves_one_possibility_for_the_other(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "SIP/11"),
        member(0, "SIP/12"),
        *call(10, "Maja Lis"),
        *call(60, "Jan Bor"),
        member(100, "SIP/12", queue="billing"),
        *call(110, "Jan Bor", queue="billing"),
    )
    assert pairs(log) == {"SIP/11": "Maja Lis", "SIP/12": "Jan Bor"}


def test_members_who_were_always_there_together_stay_unpaired_and_this_is_said(read_log: ReadLog) -> None:
    log = read_log(member(0, "SIP/11"), member(0, "SIP/12"), *call(10, "Maja Lis"), *call(60, "Jan Bor"))
    assert pairs(log) == {}
    assert log.remark("agent_name_unpaired") == {"interfaces": 2, "example": "SIP/11"}
    assert log.legs[0]["agent"] == "Maja Lis"


def test_a_member_of_the_configuration_is_not_taken_for_somebody_who_signed_in(read_log: ReadLog) -> None:
    log = read_log(*call(10, "Static Ewa"), member(200, "SIP/11"), *call(300, "Static Ewa"))
    assert pairs(log) == {}


def test_two_names_that_fit_the_same_interface_are_both_left_alone(read_log: ReadLog) -> None:
    log = read_log(member(0, "SIP/11"), *call(10, "Maja Lis"), *call(60, "Static Ewa"))
    assert pairs(log) == {}


def test_one_name_everywhere_needs_no_pair(read_log: ReadLog) -> None:
    log = read_log(member(0, "Maja Lis"), *call(10, "Maja Lis"))
    assert pairs(log) == {}
    assert log.remark("agent_name_unpaired") is None
    assert log.seconds("Maja Lis", "busy") == 10


def test_a_member_logged_by_name_is_nobodys_interface(read_log: ReadLog) -> None:
    log = read_log(member(0, "Maja Lis"), *call(10, "Jan Bor"))
    assert pairs(log) == {}
    assert log.seconds("Maja Lis", "available") == 25


def test_what_the_site_tells_comes_first(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "SIP/11"), member(0, "SIP/12"), *call(10, "Maja Lis"), names={"SIP/11": "Maja Lis", "SIP/12": "Jan Bor"}
    )
    assert log.seconds("Maja Lis", "busy") == 10
    assert log.seconds("Jan Bor", "available") == 25


def test_a_pair_shown_by_one_log_is_known_in_the_next(read_log: ReadLog) -> None:
    first = read_log(member(0, "SIP/11"), *call(10, "Maja Lis"))
    second = read_log(member(100, "SIP/11", "REMOVEMEMBER"), carried=first.carried)
    assert first.seconds("Maja Lis", "available") + second.seconds("Maja Lis", "available") >= 75


def test_an_agent_of_a_pool_is_the_one_who_logged_in(read_log: ReadLog) -> None:
    log = read_log(f"{T}|7.1|NONE|1001|AGENTLOGIN|SIP/9", *call(10, "Agent/1001"))
    assert pairs(log) == {"Agent/1001": "1001"}
    assert log.seconds("1001", "busy") == 10


@pytest.mark.parametrize(
    ("number", "country", "expected"),
    [
        ("+48 600-100-200", "PL", "+48600100200"),
        ("600100200", "PL", "+48600100200"),
        ("0048600100200", "PL", "+48600100200"),
        ("48600100200", "PL", "+48600100200"),
        ("010-1234-5678", "KR", "+821012345678"),
        ("00182 is no number", "KR", "00182"),
        ("02 2345 6789", "TW", "+886223456789"),
        ("۰۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"),
        ("13800138000", "CN", "+8613800138000"),
        ("011442071234567", "US", "+442071234567"),
        ("7000", "PL", "7000"),
        ("0048600100200", "", "+48600100200"),
        ("600100200", "", "600100200"),
        ("anonymous", "PL", None),
        ("", "PL", None),
        ("alice", "PL", "alice"),
    ],
)
def test_a_number_has_one_form_however_it_was_dialled(number: str, country: str, expected: str | None) -> None:
    assert normalised(number, country) == expected


def line(event: str, data: str) -> Line:
    return Line(T * 1_000_000, "1.1", "sales", "Maja", event, data, 1, 0)


@pytest.mark.parametrize(
    ("event", "data", "kind", "score", "norm", "question", "comment"),
    [
        ("CSAT", "4", "csat", 4, 0.75, None, None),
        ("CSAT", "4|very kind", "csat", 4, 0.75, None, "very kind"),
        ("CSAT", "friendliness|5", "csat", 5, 1, "friendliness", None),
        ("SURVEY", "nps|9", "nps", 9, 0.9, None, None),
        ("SURVEY", "NPS|11", "nps", 11, None, None, None),
        ("NPS", "0|", "nps", 0, 0, None, None),
        ("FCR", "yes", "fcr", 1, 1, None, None),
        ("FCR", "0", "fcr", 0, 0, None, None),
        ("CES", "3,5", "ces", 3.5, None, None, None),
        ("CSAT", "", "csat", None, None, None, None),
    ],
)
def test_an_answer_is_read_from_each_form(
    event: str, data: str, kind: str, score: float | None, norm: float | None, question: str | None, comment: str | None
) -> None:
    said = answer(line(event, data), {"csat": (1, 5)})
    assert said is not None
    assert (said.kind, said.score, said.norm, said.question, said.comment) == (kind, score, norm, question, comment)


def test_a_survey_that_does_not_say_what_was_asked_is_no_answer() -> None:
    assert answer(line("SURVEY", "4"), {}) is None
    assert answer(line("SURVEY", ""), {}) is None


def test_answers_name_their_call_and_their_scale(read_log: ReadLog) -> None:
    log = read_log(f"{T}|1.1|sales|Maja|SURVEY|nps|9", f"{T}|1.1|NONE|NONE|CSAT|tone|4|3", f"{T}|1.1|NONE|NONE|CSAT|speed|2")
    nps, tone, speed = log.surveys
    assert (nps["contact_native_id"], nps["contact_key"], nps["scale_min"], nps["scale_max"]) == ("1.1", None, 0, 10)
    assert (tone["scale_id"], tone["scale_max"], tone["queue"], tone["agent"]) == ("tone", None, None, None)
    assert tone["survey_key"] != speed["survey_key"]
    assert log.remark("survey_scale_unknown") == {"kind": "csat", "answers": 2}
    assert log.remark("survey_fields_unread") == {"kind": "csat", "lines": 1}
