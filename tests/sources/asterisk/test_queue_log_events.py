"""Each event of a call, in the forms that Asterisk versions have given it."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.sources.asterisk.conftest import Read, T

ReadLog = Callable[..., Read]


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(T, UTC) + timedelta(seconds=seconds)


def entered(seconds: int = 0, callid: str = "1.1", queue: str = "billing") -> str:
    return f"{T + seconds}|{callid}|{queue}|NONE|ENTERQUEUE||600100200|1"


def connected(seconds: int = 9, callid: str = "1.1", queue: str = "billing") -> str:
    return f"{T + seconds}|{callid}|{queue}|Maja Lis|CONNECT|9|1.2|4"


def test_a_call_that_is_answered_and_ended_by_the_caller(read_log: ReadLog) -> None:
    log = read_log(entered(), connected(), f"{T + 69}|1.1|billing|Maja Lis|COMPLETECALLER|9|60|1")
    (leg,) = log.legs
    assert leg["outcome"] == "answered"
    assert (leg["enqueued_at"], leg["left_queue_at"], leg["answered_at"], leg["ended_at"]) == (at(0), at(9), at(9), at(69))
    assert (leg["wait_s_reported"], leg["wait_s"], leg["ring_s"], leg["talk_s"], leg["handle_s"]) == (9, 9, 4, 60, 60)
    assert (leg["hold_s"], leg["hold_in_talk"], leg["acw_s"], leg["acw_basis"]) == (None, True, None, "absent")
    assert (leg["agent"], leg["ended_by"], leg["transfer_kind"], leg["seq"]) == ("Maja Lis", "customer", "none", 0)
    (contact,) = log.contacts
    assert (contact["native_id"], contact["status"], contact["queue"], contact["agent"]) == (
        "1.1",
        "closed",
        "billing",
        "Maja Lis",
    )
    assert (contact["day"], contact["minute"], contact["tz"]) == (date(2023, 11, 14), 23 * 60, "Europe/Warsaw")
    assert (contact["channel"], contact["direction"], contact["precision_s"], contact["line"]) == ("voice", "in", 1.0, 1)
    assert (log.read, log.aside) == (3, 2)


def test_the_agent_may_end_the_call(read_log: ReadLog) -> None:
    log = read_log(entered(), connected(), f"{T + 69}|1.1|billing|Maja Lis|COMPLETEAGENT|9|60")
    assert log.legs[0]["ended_by"] == "agent"


def test_an_old_connect_without_ring_time_leaves_ringing_unknown(read_log: ReadLog) -> None:
    log = read_log(entered(), f"{T + 9}|1.1|billing|Maja Lis|CONNECT|9", f"{T + 19}|1.1|billing|Maja Lis|COMPLETECALLER|9|10")
    assert log.legs[0]["ring_s"] is None
    assert log.legs[0]["ring_fail_count"] == 0


def test_a_completed_call_whose_connect_is_missing_is_still_known(read_log: ReadLog) -> None:
    log = read_log(entered(), f"{T + 69}|1.1|billing|Maja Lis|COMPLETECALLER|9|60|1")
    (leg,) = log.legs
    assert (leg["outcome"], leg["answered_at"], leg["wait_s"], leg["agent"]) == ("answered", at(9), 9, "Maja Lis")


@pytest.mark.parametrize(
    ("line", "outcome", "wait", "ended_by"),
    [
        ("ABANDON|1|1|8", "abandoned", 8, "customer"),
        ("EXITWITHTIMEOUT|1|1|8", "timeout", 8, "system"),
        ("EXITEMPTY|1|1|8", "exit_empty", 8, "system"),
        ("EXITWITHKEY|3|1|1|8", "exit_key", 8, "customer"),
        ("WITHDRAW|1|1|8|call back", "withdrawn", 8, "system"),
        ("AGENTDUMP|", "rejected", 8, "agent"),
        ("SYSCOMPAT|", "rejected", 8, "system"),
    ],
)
def test_a_stay_without_an_answer_ends_in_its_own_way(
    read_log: ReadLog, line: str, outcome: str, wait: float, ended_by: str
) -> None:
    log = read_log(entered(), f"{T + 8}|1.1|billing|NONE|{line}")
    (leg,) = log.legs
    assert (leg["outcome"], leg["wait_s"], leg["ended_by"]) == (outcome, wait, ended_by)
    assert (leg["left_queue_at"], leg["ended_at"], leg["answered_at"], leg["talk_s"]) == (at(8), at(8), None, None)
    assert (leg["transfer_kind"], leg["agent"]) == (None, None)


def test_an_exit_of_before_2007_without_its_wait_is_timed_by_the_clock(read_log: ReadLog) -> None:
    log = read_log(entered(), f"{T + 8}|1.1|billing|NONE|EXITWITHTIMEOUT|1")
    assert (log.legs[0]["wait_s_reported"], log.legs[0]["wait_s"]) == (None, 8)


def test_the_key_and_the_reason_of_a_withdrawal_are_kept(read_log: ReadLog) -> None:
    log = read_log(
        entered(),
        f"{T + 8}|1.1|billing|NONE|EXITWITHKEY|3|1|1|8",
        entered(20, "1.5"),
        f"{T + 25}|1.5|billing|NONE|WITHDRAW|1|1|5|call back",
    )
    assert [json.loads(str(contact["custom"])) for contact in log.contacts] == [
        {"exit_key": "3"},
        {"withdraw_info": "call back"},
    ]


@pytest.mark.parametrize(
    ("line", "kind", "to"),
    [
        ("TRANSFER|700|sales|9|33", "blind", "700"),
        ("TRANSFER|700|sales|9|33|1", "blind", "700"),
        ("BLINDTRANSFER|700|sales|9|33|1", "blind", "700"),
        ("ATTENDEDTRANSFER|BRIDGE|8a6f|9|33|1", "attended", "8a6f"),
        ("ATTENDEDTRANSFER|APP|VoiceMail|9|33|1", "attended", "VoiceMail"),
        ("ATTENDEDTRANSFER|LINK|SIP/1-01|SIP/2-01|9|33|1", "attended", "SIP/2-01"),
    ],
)
def test_a_transfer_ends_the_stay_and_says_where_to(read_log: ReadLog, line: str, kind: str, to: str) -> None:
    log = read_log(entered(), connected(), f"{T + 42}|1.1|billing|Maja Lis|{line}")
    (leg,) = log.legs
    assert (leg["outcome"], leg["ended_by"], leg["transfer_kind"], leg["transfer_to"]) == ("answered", "transfer", kind, to)
    assert (leg["wait_s"], leg["talk_s"]) == (9, 33)


def test_agents_who_let_it_ring_are_counted_and_a_ring_broken_off_by_the_caller_is_not(read_log: ReadLog) -> None:
    log = read_log(
        entered(),
        f"{T + 4}|1.1|billing|Maja Lis|RINGNOANSWER|4000",
        f"{T + 8}|1.1|billing|Maja Lis|RINGCANCELED|3502",
        f"{T + 8}|1.1|billing|NONE|ABANDON|1|1|8",
        f"{T + 8}|1.1|billing|Jan Bor|RINGNOANSWER|1000",
    )
    assert log.legs[0]["ring_fail_count"] == 2
    assert log.remark("stray_lines") is None


def test_one_call_in_two_queues_is_one_contact_with_two_legs(read_log: ReadLog) -> None:
    log = read_log(
        entered(),
        f"{T + 8}|1.1|billing|NONE|EXITWITHTIMEOUT|1|1|8",
        entered(8, queue="second line"),
        f"{T + 17}|1.1|second line|Maja Lis|CONNECT|9|1.2|4",
        f"{T + 27}|1.1|second line|Maja Lis|COMPLETEAGENT|9|10|1",
    )
    assert [(leg["seq"], leg["queue"], leg["outcome"]) for leg in log.legs] == [
        (0, "billing", "timeout"),
        (1, "second line", "answered"),
    ]
    (contact,) = log.contacts
    assert (contact["queue"], contact["agent"], contact["started_at"], contact["ended_at"]) == (
        "second line",
        "Maja Lis",
        at(0),
        at(27),
    )


def test_the_contact_belongs_to_the_leg_that_was_answered_even_when_a_later_one_was_not(read_log: ReadLog) -> None:
    log = read_log(
        entered(),
        connected(),
        f"{T + 42}|1.1|billing|Maja Lis|BLINDTRANSFER|700|sales|9|33|1",
        entered(43, queue="sales"),
        f"{T + 50}|1.1|sales|NONE|ABANDON|1|1|7",
    )
    assert (log.contacts[0]["queue"], log.contacts[0]["agent"]) == ("billing", "Maja Lis")


def test_a_call_without_an_end_is_open(read_log: ReadLog) -> None:
    log = read_log(entered(), connected())
    assert (log.legs[0]["outcome"], log.legs[0]["ended_at"], log.contacts[0]["status"]) == ("open", None, "open")
    assert log.remark("calls_without_end") == {"calls": 1}


def test_a_call_that_enters_another_queue_without_leaving_the_first_was_lost_there(read_log: ReadLog) -> None:
    log = read_log(entered(), entered(30, queue="sales"), f"{T + 40}|1.1|sales|NONE|ABANDON|1|1|10")
    assert [leg["outcome"] for leg in log.legs] == ["unknown", "abandoned"]


def test_callers_refused_at_the_door_are_legs_where_the_system_writes_them(read_log: ReadLog) -> None:
    log = read_log(
        f"{T}|1.1|billing|NONE|JOINEMPTY|",
        f"{T}|1.2|billing|NONE|FULL|",
        f"{T}|1.3|billing|NONE|CLOSED|",
    )
    assert [(leg["outcome"], leg["ended_by"], leg["wait_s"]) for leg in log.legs] == [("rejected", "system", None)] * 3
    assert log.remark("refused_callers_not_logged") is None


def test_plain_asterisk_never_logs_refused_callers_and_the_import_says_so(read_log: ReadLog) -> None:
    log = read_log(entered(), f"{T + 8}|1.1|billing|NONE|ABANDON|1|1|8")
    assert log.remark("refused_callers_not_logged") == {}


def test_an_outbound_call_is_a_contact_of_its_own_direction(read_log: ReadLog) -> None:
    log = read_log(
        f"{T + 100}|2.1|campaign|Maja Lis|OUTCALL|ANSWERED|42|spring", f"{T + 110}|2.2|campaign|Maja Lis|OUTCALL|BUSY|0"
    )
    first, second = log.legs
    assert (first["direction"], first["outcome"], first["talk_s"], first["enqueued_at"]) == ("out", "answered", 42, at(58))
    assert (second["direction"], second["outcome"]) == ("out", "unknown")
    assert json.loads(str(log.contacts[0]["custom"])) == {"outbound_params": "spring", "outbound_status": "ANSWERED"}


def test_a_disposition_word_closes_its_call_even_after_its_end(read_log: ReadLog) -> None:
    log = read_log(
        entered(),
        connected(),
        f"{T + 69}|1.1|billing|Maja Lis|COMPLETECALLER|9|60|1",
        f"{T + 75}|1.1|billing|Maja Lis|CALLSTATUS|refund",
        f"{T + 75}|9.9|billing|Maja Lis|CALLSTATUS|refund",
    )
    assert log.contacts[0]["disposition"] == "refund"
    assert log.remark("unknown_event") == {"event": "CALLSTATUS", "lines": 1}


def test_the_caller_name_is_not_kept_and_the_number_only_as_a_hash(read_log: ReadLog) -> None:
    log = read_log(f"{T}|1.1|billing|NONE|ENTERQUEUE|http://crm/7|+48 600-100-200|1|Anna Nowak", entered(60, "1.9"))
    first, second = log.contacts
    assert first["customer_key"] == second["customer_key"] is not None
    said = str(log.tables) + log.carried
    assert "600100200" not in said
    assert "Anna" not in said
    assert json.loads(str(first["custom"])) == {"url": "http://crm/7"}


def test_an_empty_caller_name_at_the_end_changes_nothing(read_log: ReadLog) -> None:
    with_it = read_log(f"{T}|1.1|billing|NONE|ENTERQUEUE||600100200|1|")
    assert with_it.tables["contact"].equals(read_log(entered()).tables["contact"])


def test_a_withheld_number_has_no_customer_key(read_log: ReadLog) -> None:
    log = read_log(f"{T}|1.1|billing|NONE|ENTERQUEUE||anonymous|1")
    assert log.contacts[0]["customer_key"] is None


def test_an_unknown_word_is_counted_and_named(read_log: ReadLog) -> None:
    log = read_log(f"{T}|1.1|billing|NONE|FROBNICATE|x", f"{T + 1}|1.1|billing|NONE|FROBNICATE|y")
    assert log.remark("unknown_event") == {"event": "FROBNICATE", "lines": 2}
    assert (log.read, log.aside) == (2, 2)


def test_a_second_end_of_a_call_is_set_aside_and_counted(read_log: ReadLog) -> None:
    log = read_log(
        entered(),
        connected(),
        f"{T + 69}|1.1|billing|Maja Lis|COMPLETECALLER|9|60|1",
        f"{T + 70}|1.1|billing|Maja Lis|COMPLETEAGENT|9|61|1",
    )
    assert (log.legs[0]["ended_by"], log.remark("stray_lines")) == ("customer", {"lines": 1})


def test_a_reported_wait_far_from_the_clock_is_kept_and_remarked(read_log: ReadLog) -> None:
    log = read_log(entered(), f"{T + 8}|1.1|billing|NONE|ABANDON|1|1|20")
    assert (log.legs[0]["wait_s_reported"], log.legs[0]["wait_s"]) == (20, 20)
    assert log.remark("wait_differs") == {"legs": 1, "most_s": 12}


def test_a_negative_wait_is_kept_as_reported_and_not_used(read_log: ReadLog) -> None:
    log = read_log(entered(), f"{T + 8}|1.1|billing|NONE|ABANDON|1|1|-3")
    assert (log.legs[0]["wait_s_reported"], log.legs[0]["wait_s"]) == (-3, 8)
    assert log.remark("negative_durations") == {"legs": 1}


def test_a_field_that_is_no_number_is_unknown_not_zero(read_log: ReadLog) -> None:
    log = read_log(entered(), connected(), f"{T + 69}|1.1|billing|Maja Lis|COMPLETECALLER|9|sixty|1")
    assert log.legs[0]["talk_s"] == 60
    assert log.remark("numbers_unreadable") == {"fields": 1}


def test_a_clock_set_back_is_remarked_and_the_file_is_read_in_its_own_order(read_log: ReadLog) -> None:
    log = read_log(entered(100), f"{T + 40}|1.1|billing|NONE|ABANDON|1|1|8")
    assert (log.legs[0]["outcome"], log.legs[0]["wait_s"]) == ("abandoned", 8)
    assert log.remark("clock_went_back") == {"times": 1, "most_s": 60}


def test_queue_names_and_agents_may_hold_commas_and_any_script(read_log: ReadLog) -> None:
    log = read_log(
        f"{T}|pbx-1700000000.1|دعم, فني|NONE|ENTERQUEUE||600100200|1",
        f"{T + 5}|pbx-1700000000.1|دعم, فني|김민수, B|CONNECT|5|1.2|4",
    )
    assert (log.legs[0]["queue"], log.legs[0]["agent"], log.contacts[0]["native_id"]) == (
        "دعم, فني",
        "김민수, B",
        "pbx-1700000000.1",
    )
