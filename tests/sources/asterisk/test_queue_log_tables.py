"""Exports of the table: three column layouts, escaped signs, and local clock readings."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from floorwalker.sources.asterisk import AsteriskSource, sniff
from floorwalker.sources.asterisk.clock import Clock, Reading, settled
from floorwalker.sources.reading import Site, Unreadable
from tests.sources.asterisk.conftest import Read, read_paths

REALTIME = "id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5"
TEXTS = ('"","600100200","1","",""', '"9","1.2","4","",""', '"9","60","1","",""')

# In Warsaw the hour from 02:00 to 03:00 of 29 October 2023 happens twice: from 00:00 UTC and from 01:00 UTC.
AUTUMN_UTC = 1_698_537_600


def table(folder: Path, lines: Sequence[str], name: str = "queue_log.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def a_call(*times: str) -> list[str]:
    events = ("ENTERQUEUE", "CONNECT", "COMPLETECALLER")
    agents = ("NONE", '"Lis, Maja"', '"Lis, Maja"')
    return [
        f"{number},{time},1.1,billing,{agent},{event},{text}"
        for number, (time, event, agent, text) in enumerate(zip(times, events, agents, TEXTS, strict=True), 1)
    ]


def assert_the_call(log: Read, begins: datetime, wait: float = 9) -> None:
    (leg,) = log.legs
    assert (leg["outcome"], leg["agent"], leg["wait_s"], leg["talk_s"]) == ("answered", "Lis, Maja", wait, 60)
    assert leg["enqueued_at"] == begins
    assert log.refusals == ()


def test_realtime_rows_carry_local_time_to_the_microsecond(tmp_path: Path) -> None:
    rows = a_call("2023-11-14 23:13:20.25", "2023-11-14 23:13:29.5", "2023-11-14 23:14:29.75")
    log = read_paths([table(tmp_path, [REALTIME, *rows])])
    assert_the_call(log, datetime(2023, 11, 14, 22, 13, 20, 250_000, UTC))
    assert log.contacts[0]["precision_s"] == 1e-6
    assert log.remark("table_layout") == {"file": "queue_log.csv", "layout": "realtime"}


def test_times_with_an_offset_need_no_zone(tmp_path: Path) -> None:
    rows = a_call("2023-11-14 22:13:20+00", "2023-11-14 22:13:29+00", "2023-11-14 22:14:29+00")
    assert_the_call(read_paths([table(tmp_path, [REALTIME, *rows])]), datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))


def test_a_freepbx_table_is_recognised_by_its_server(tmp_path: Path) -> None:
    header = "time;callid;queuename;serverid;agent;event;data1;data2;data3;data4;data5"
    rows = [
        "2023-11-14 23:13:20;1.1;billing;pbx1;NONE;ENTERQUEUE;;600100200;1;;",
        "2023-11-14 23:13:29;1.1;billing;pbx1;Lis, Maja;CONNECT;9;1.2;4;;",
        "2023-11-14 23:14:29;1.1;billing;pbx1;Lis, Maja;COMPLETECALLER;9;60;1;;",
    ]
    log = read_paths([table(tmp_path, [header, *rows])])
    assert_the_call(log, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    assert log.remark("table_layout") == {"file": "queue_log.csv", "layout": "freepbx"}


def test_a_queuemetrics_table_has_verbs_and_epochs(tmp_path: Path) -> None:
    header = "partition\ttime_id\tcall_id\tqueue\tagent\tverb\tdata1\tdata2\tdata3\tdata4\tdata5\tserverid\tunique_row_count"
    rows = [
        "P001\t1700000000\t1.1\tbilling\tNONE\tENTERQUEUE\t\t600100200\t1\t\t\tpbx1\t1",
        "P001\t1700000009\t1.1\tbilling\tLis, Maja\tCONNECT\t9\t1.2\t4\t\t\tpbx1\t2",
        "P001\t1700000069\t1.1\tbilling\tLis, Maja\tCOMPLETECALLER\t9\t60\t1\t\t\tpbx1\t3",
    ]
    log = read_paths([table(tmp_path, [header, *rows])])
    assert_the_call(log, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))
    assert log.remark("table_layout") == {"file": "queue_log.csv", "layout": "queuemetrics"}


def test_the_old_table_with_one_data_column_is_read(tmp_path: Path) -> None:
    rows = [
        "2023-11-14 23:13:20,1.1,billing,NONE,ENTERQUEUE,|600100200|1",
        '2023-11-14 23:13:29,1.1,billing,"Lis, Maja",CONNECT,9|1.2|4',
        '2023-11-14 23:14:29,1.1,billing,"Lis, Maja",COMPLETECALLER,9|60|1',
    ]
    log = read_paths([table(tmp_path, ["time,callid,queuename,agent,event,data", *rows])])
    assert_the_call(log, datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC))


def test_the_last_data_column_holds_what_did_not_fit(tmp_path: Path) -> None:
    rows = a_call("2023-11-14 23:13:20", "2023-11-14 23:13:29", "2023-11-14 23:14:29")
    rows[2] = '3,2023-11-14 23:14:29,1.1,billing,"Lis, Maja",ATTENDEDTRANSFER,LINK,SIP/1,SIP/2,9,60|1'
    log = read_paths([table(tmp_path, [REALTIME, *rows])])
    assert (log.legs[0]["transfer_to"], log.legs[0]["talk_s"]) == ("SIP/2", 60)


def test_escaped_signs_are_read_once(tmp_path: Path) -> None:
    rows = [
        "1,2023-11-14 23:13:20,1.1,billing,NONE,ENTERQUEUE,http://crm/a^3Bb^5E3B,600100200,1,,",
        "2,2023-11-14 23:13:28,1.1,billing,NONE,ABANDON,1,1,8,,",
    ]
    log = read_paths([table(tmp_path, [REALTIME, *rows])])
    assert '"http://crm/a;b^3B"' in str(log.contacts[0]["custom"])


def test_a_table_exported_newest_first_is_turned_round(tmp_path: Path) -> None:
    rows = a_call("2023-11-14 20:13:20", "2023-11-14 22:13:20", "2023-11-14 23:14:20")
    log = read_paths([table(tmp_path, [REALTIME, *reversed(rows)])])
    assert_the_call(log, datetime(2023, 11, 14, 19, 13, 20, tzinfo=UTC))
    without_id = [row.split(",", 1)[1] for row in reversed(rows)]
    log = read_paths([table(tmp_path, [REALTIME.split(",", 1)[1], *without_id])])
    assert_the_call(log, datetime(2023, 11, 14, 19, 13, 20, tzinfo=UTC))


def test_several_servers_in_one_table_are_remarked_and_one_restart_does_not_end_the_others_day(tmp_path: Path) -> None:
    header = "time,callid,queuename,serverid,agent,event,data1"
    rows = [
        "2023-11-14 23:00:00,NONE,sales,a,Maja,ADDMEMBER,",
        "2023-11-14 23:00:10,NONE,NONE,b,NONE,QUEUESTART,",
        "2023-11-14 23:01:00,NONE,sales,a,Maja,REMOVEMEMBER,",
    ]
    log = read_paths([table(tmp_path, [header, *rows])])
    assert log.seconds("Maja", "available") == 60
    assert log.remark("several_servers") == {"servers": 2}


def test_rows_of_the_autumn_hour_are_settled_by_call_ids_and_by_order(tmp_path: Path) -> None:
    first, second = AUTUMN_UTC + 600, AUTUMN_UTC + 3600 + 600
    rows = [
        f"1,2023-10-29 02:10:05,{first}.1,sales,NONE,ENTERQUEUE,,600100200,1,,",
        f"2,2023-10-29 02:10:15,{first}.1,sales,NONE,ABANDON,1,1,10,,",
        f"3,2023-10-29 02:10:05,{second}.2,sales,NONE,ENTERQUEUE,,600100200,1,,",
        f"4,2023-10-29 02:10:25,{second}.2,sales,NONE,ABANDON,1,1,20,,",
    ]
    log = read_paths([table(tmp_path, [REALTIME, *rows])])
    assert [leg["enqueued_at"] for leg in log.legs] == [datetime.fromtimestamp(each + 5, UTC) for each in (first, second)]
    assert log.remark("hour_settled") == {"rows": 4}


def test_a_row_of_the_autumn_hour_that_nothing_places_is_refused(tmp_path: Path) -> None:
    rows = ["1,2023-10-29 02:10:05,NONE,sales,Maja,PAUSE,lunch,,,,", "2,2023-10-29 03:10:05,NONE,sales,Maja,UNPAUSE,,,,,"]
    log = read_paths([table(tmp_path, [REALTIME, *rows])])
    (refusal,) = log.refusals
    assert (refusal.code, refusal.line, refusal.facts) == ("hour_happens_twice", 2, {"zone": "Europe/Warsaw"})
    assert (log.read, log.aside) == (2, 1)


def test_a_time_inside_the_spring_hour_is_refused(tmp_path: Path) -> None:
    log = read_paths([table(tmp_path, [REALTIME, "1,2023-03-26 02:10:05,NONE,sales,Maja,PAUSE,lunch,,,,"])])
    assert log.codes == ["hour_never_happens"]


@pytest.mark.parametrize(
    ("callids", "minutes", "expected"),
    [
        (["NONE", "1698537600.1", "NONE"], [1, 2, 3], [1, 2, None]),
        (["NONE", "1698541300.1", "NONE"], [1, 2, 3], [None, 62, 63]),
        (["NONE", "NONE"], [50, 5], [50, 65]),
        (["1698541300.1", "1698537600.1"], [2, 3], [None, None]),
    ],
    ids=["all before the first hour's call", "all after the second hour's call", "the clock went back", "contradiction"],
)
def test_evidence_reaches_the_rows_beside_it(callids: list[str], minutes: list[int], expected: list[int | None]) -> None:
    def micro(minute: int) -> int:
        return (AUTUMN_UTC + minute * 60) * 1_000_000

    readings = [Reading(micro(minute), micro(minute + 60)) for minute in minutes]
    found = settled(readings, callids, [callid != "NONE" for callid in callids])
    assert found == [None if minute is None else micro(minute) for minute in expected]


def test_a_clock_reads_each_way_of_writing_a_time() -> None:
    clock = Clock("Asia/Tehran")
    assert clock.read("1700000000") == Reading(1_700_000_000_000_000)
    assert clock.read("1700000000.5") == Reading(1_700_000_000_500_000)
    assert clock.read("2023-11-15 01:43:20") == Reading(1_700_000_000_000_000)
    assert clock.read("2023-11-14T22:13:20Z") == Reading(1_700_000_000_000_000)
    for text in ("yesterday", "", "1700000000.5e400", "99999999999", "0001-01-01 00:00:00", "2345-01-01 00:00:00"):
        assert clock.read(text) == "time_unreadable"


def test_a_short_row_is_refused_with_what_was_found(tmp_path: Path) -> None:
    rows = a_call("2023-11-14 23:13:20", "2023-11-14 23:13:29", "2023-11-14 23:14:29")
    log = read_paths([table(tmp_path, [REALTIME, *rows[:2], "3,2023-11-14 23:14:29,1.1"])])
    assert [(each.code, each.line, each.facts) for each in log.refusals] == [("row_cut_short", 4, {"found": 3, "expected": 11})]
    assert log.legs[0]["outcome"] == "open"


def test_a_cell_beyond_all_measure_is_refused_with_its_row(tmp_path: Path) -> None:
    rows = a_call("2023-11-14 23:13:20", "2023-11-14 23:13:29", "2023-11-14 23:14:29")
    log = read_paths([table(tmp_path, [REALTIME, *rows[:2], "3," + "9" * 200_000, rows[2]])])
    assert [(each.code, each.line) for each in log.refusals] == [("line_too_long", 4)]
    assert log.legs[0]["outcome"] == "answered"


def test_a_table_with_a_header_and_no_rows_is_read_as_nothing(tmp_path: Path) -> None:
    log = read_paths([table(tmp_path, [REALTIME])])
    assert (log.read, log.batches[-1].tables) == (0, {})


def test_a_zone_that_does_not_exist_is_named(tmp_path: Path) -> None:
    site = Site(tz="Europe/Atlantis", source="pbx", secret="secret")
    with pytest.raises(Unreadable) as caught:
        list(AsteriskSource().read([table(tmp_path, [REALTIME])], site))
    assert (caught.value.code, caught.value.facts) == ("zone_unknown", {"zone": "Europe/Atlantis"})


def test_a_table_of_something_else_is_not_a_queue_log(tmp_path: Path) -> None:
    assert not sniff(table(tmp_path, ["time,agent,calls", "2023-11-14,Maja,7"]))
    assert sniff(table(tmp_path, [REALTIME, *a_call("1", "2", "3")]))
