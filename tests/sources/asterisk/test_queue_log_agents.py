"""Agents' time: available, busy and break without overlap, cut at quarters of an hour."""

from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl

from floorwalker.sources.reading import Site
from tests.sources.asterisk.conftest import Read, T

ReadLog = Callable[..., Read]
Q = 1_700_001_000 - 1_700_001_000 % 900
"""A quarter of an hour begins here."""


def member(seconds: int, event: str, agent: str = "Maja", queue: str = "billing", data: str = "", start: int = T) -> str:
    return f"{start + seconds}|MANAGER|{queue}|{agent}|{event}|{data}"


def call(begin: int, end: int, callid: str, agent: str = "Maja", queue: str = "billing", start: int = T) -> list[str]:
    return [
        f"{start + begin}|{callid}|{queue}|NONE|ENTERQUEUE||600100200|1",
        f"{start + begin}|{callid}|{queue}|{agent}|CONNECT|0|x.1|0",
        f"{start + end}|{callid}|{queue}|{agent}|COMPLETECALLER|0|{end - begin}|1",
    ]


def ordered(*lines: str) -> list[str]:
    return sorted(lines, key=lambda line: int(line.split("|")[0]))


def test_a_shift_with_a_call_and_a_break_adds_up(read_log: ReadLog) -> None:
    log = read_log(
        *ordered(
            member(0, "ADDMEMBER"),
            *call(100, 160, "1.1"),
            member(200, "PAUSE", data="lunch"),
            member(290, "UNPAUSE"),
            member(300, "REMOVEMEMBER"),
        )
    )
    assert log.seconds("Maja", "available") == 100 + 40 + 10
    assert log.seconds("Maja", "busy") == 60
    assert log.seconds("Maja", "on_contact") == 60
    assert log.seconds("Maja", "break") == 90
    assert set(log.tables["agent_state"].filter(state="break")["reason"]) == {"lunch"}


def test_overlapping_calls_are_busy_once(read_log: ReadLog) -> None:
    log = read_log(*ordered(member(0, "ADDMEMBER"), *call(10, 50, "1.1"), *call(30, 90, "1.2"), member(100, "REMOVEMEMBER")))
    assert log.seconds("Maja", "busy") == 80
    assert log.seconds("Maja", "on_contact") == 80
    assert log.seconds("Maja", "available") == 20


def test_pauseall_with_a_pause_for_each_queue_is_one_break(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "ADDMEMBER"),
        member(0, "ADDMEMBER", queue="sales"),
        member(10, "PAUSEALL", queue="NONE", data="lunch"),
        member(10, "PAUSE", data="lunch"),
        member(10, "PAUSE", queue="sales", data="lunch"),
        member(40, "UNPAUSEALL", queue="NONE"),
        member(40, "UNPAUSE"),
        member(40, "UNPAUSE", queue="sales"),
        member(60, "REMOVEMEMBER"),
        member(60, "REMOVEMEMBER", queue="sales"),
    )
    assert log.seconds("Maja", "break") == 30
    assert log.seconds("Maja", "available") == 10 + 20


def test_an_agent_paused_in_one_of_two_queues_is_still_available(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "ADDMEMBER"),
        member(0, "ADDMEMBER", queue="sales"),
        member(10, "PAUSE"),
        member(40, "PAUSE", queue="sales"),
        member(60, "UNPAUSE", queue="sales"),
        member(70, "REMOVEMEMBER"),
        member(70, "REMOVEMEMBER", queue="sales"),
    )
    assert (log.seconds("Maja", "available"), log.seconds("Maja", "break")) == (50, 20)


def test_a_member_added_paused_begins_with_a_break(read_log: ReadLog) -> None:
    log = read_log(member(0, "ADDMEMBER", data="PAUSED"), member(30, "UNPAUSE"), member(40, "REMOVEMEMBER"))
    assert (log.seconds("Maja", "break"), log.seconds("Maja", "available")) == (30, 10)


def test_a_pause_reason_told_afterwards_names_the_pause(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "ADDMEMBER"),
        member(10, "PAUSEALL", queue="NONE"),
        member(10, "PAUSEREASON", queue="NONE", data="training"),
        member(40, "UNPAUSEALL", queue="NONE"),
        member(40, "REMOVEMEMBER"),
    )
    assert set(log.tables["agent_state"].filter(state="break")["reason"]) == {"training"}


def test_an_agent_who_signs_off_during_a_call_is_busy_until_its_end(read_log: ReadLog) -> None:
    log = read_log(*ordered(member(0, "ADDMEMBER"), *call(10, 50, "1.1"), member(20, "REMOVEMEMBER")))
    assert (log.seconds("Maja", "busy"), log.seconds("Maja", "available")) == (40, 10)


def test_agent_logins_and_callback_logins_sign_in(read_log: ReadLog) -> None:
    log = read_log(
        f"{T}|7.1|NONE|1001|AGENTLOGIN|SIP/9-01;1",
        f"{T}|7.2|NONE|1002|AGENTCALLBACKLOGIN|1002@office",
        f"{T + 50}|7.1|NONE|1001|AGENTLOGOFF|SIP/9-01;1|50",
        f"{T + 70}|7.2|NONE|1002|AGENTCALLBACKLOGOFF|1002@office|70|CommandLogoff",
    )
    assert (log.seconds("1001", "available"), log.seconds("1002", "available")) == (50, 70)


def test_without_a_sign_in_only_conversations_are_known(read_log: ReadLog) -> None:
    log = read_log(*call(10, 50, "1.1"))
    assert log.seconds("Maja", "on_contact") == 40
    assert log.seconds("Maja", "available", "busy", "break") == 0
    assert log.remark("sign_in_unknown") == {"agents": 1, "example": "Maja"}


def test_pieces_are_cut_at_quarters_of_an_hour_and_keep_where_they_began(read_log: ReadLog) -> None:
    log = read_log(member(-60, "ADDMEMBER", start=Q), member(1000, "REMOVEMEMBER", start=Q))
    frame = log.tables["agent_state"].sort("from_at")
    assert frame["seconds"].to_list() == [60, 900, 100]
    assert frame["from_at"].to_list() == [datetime.fromtimestamp(Q + each, UTC) for each in (-60, 0, 900)]
    assert set(frame["began_at"]) == {datetime.fromtimestamp(Q - 60, UTC)}
    assert frame["minute"].diff().to_list()[1:] == [15, 15]


def test_quarters_are_local_in_a_zone_three_quarters_of_an_hour_off(read_log: ReadLog) -> None:
    kathmandu = Site(tz="Asia/Kathmandu", source="pbx", secret="s")
    log = read_log(member(0, "ADDMEMBER", start=Q), member(1800, "REMOVEMEMBER", start=Q), site=kathmandu)
    local = log.tables["agent_state"].select(pl.col("from_at").dt.convert_time_zone("Asia/Kathmandu").dt.minute())["from_at"]
    assert [each % 15 for each in local] == [0, 0]


def test_a_conversation_without_an_end_is_not_counted_as_work(read_log: ReadLog) -> None:
    log = read_log(*call(10, 50, "1.1")[:2], member(5 * 3600, "PAUSE"))
    assert log.seconds("Maja", "on_contact") == 0
    assert log.remark("talk_without_end") == {"talks": 1}


def test_a_silent_log_is_nobodys_time(read_log: ReadLog) -> None:
    log = read_log(member(0, "ADDMEMBER"), member(60, "PENALTY", data="3"), member(20 * 3600, "REMOVEMEMBER"))
    assert log.seconds("Maja", "available") == 60


def test_a_restart_ends_what_was_known(read_log: ReadLog) -> None:
    log = read_log(
        member(0, "ADDMEMBER"),
        member(60, "PENALTY", data="3"),
        f"{T + 600}|NONE|NONE|NONE|QUEUESTART|",
        member(700, "ADDMEMBER"),
        member(710, "REMOVEMEMBER"),
    )
    assert log.seconds("Maja", "available") == 60 + 10
    assert log.remark("restarts") == {"times": 1}


def test_a_reload_changes_nothing(read_log: ReadLog) -> None:
    log = read_log(member(0, "ADDMEMBER"), f"{T + 60}|NONE|NONE|NONE|CONFIGRELOAD|", member(100, "REMOVEMEMBER"))
    assert log.seconds("Maja", "available") == 100


def test_who_is_still_signed_in_at_the_end_is_known_until_the_last_line(read_log: ReadLog) -> None:
    log = read_log(member(0, "ADDMEMBER"), member(60, "PENALTY", data="3"))
    assert log.seconds("Maja", "available") == 60
