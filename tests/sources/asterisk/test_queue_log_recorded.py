"""Logs that Asterisk 16.28 and 22.10 really wrote, against the contacts that were made in those runs."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from floorwalker.core.records.keys import customer_key
from floorwalker.sources.asterisk import sniff
from floorwalker.sources.callers import normalised
from floorwalker.sources.reading import Site
from tests.sources.asterisk.conftest import WARSAW, Read, read_paths

RECORDED = Path(__file__).parents[4] / "shared" / "data" / "export_samples" / "asterisk"
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="the recorded logs of Asterisk 16 and 22 are not beside the checkout"
)

UTC_SITE = Site(tz="UTC", source="pbx", secret="secret", country="PL")
EXPECTED_22 = "expected_contacts.asterisk-22.10.json"
ENDED_BY = {"caller": "customer", "agent": "agent", None: None}

# The run of 16.28 made the same nine calls: callid, queue, enter, connect, end, outcome, agent, wait, talk, ring, ring_fail
RUN_16 = """
1795308942.1  support 1795308943 1795308944 1795308950 answered   Ola 1 6 1 0
1795308954.8  support 1795308954 1795308956 1795308963 answered   王小明 2 7 2 0
1795308966.15 support 1795308967 -          1795308975 abandoned  -   8 - - 1
1795308978.24 support 1795308979 -          1795308985 timeout    -   6 - - 2
1795308994.38 leaver  1795308994 -          1795308998 exit_empty -   4 - - 1
1795309003.45 keyq    1795309004 -          1795309006 exit_key   -   2 - - 0
1795309018.52 support 1795309019 1795309021 1795309024 answered   王小明 2 3 2 0
1795309033.60 support 1795309033 1795309035 1795309041 answered   王小明 2 6 2 0
1795309049.67 support 1795309050 -          1795309055 withdrawn  -   5 - - 1
"""


def seconds(instant: Any) -> int | None:
    return None if instant is None else int(instant.timestamp())


def as_recorded(log: Read) -> list[dict[str, Any]]:
    """The legs in the words of the recording."""
    contacts = {contact["contact_key"]: contact for contact in log.contacts}
    found = []
    for leg in log.legs:
        contact = contacts[leg["contact_key"]]
        callid, enter = str(contact["native_id"]), seconds(leg["enqueued_at"])
        custom = json.loads(str(contact["custom"])) if contact["custom"] else {}
        said = {
            "id": f"{callid}:{leg['queue']}:{enter}",
            "callid": callid,
            "queue": leg["queue"],
            "enter": enter,
            "caller": contact["customer_key"],
            "ring_fail": leg["ring_fail_count"],
            "connect": seconds(leg["answered_at"]),
            "end": seconds(leg["ended_at"]),
            "outcome": leg["outcome"],
            "agent": leg["agent"],
            "wait": leg["wait_s"],
            "talk": leg["talk_s"],
            "ring": leg["ring_s"],
            "ended_by": leg["ended_by"] if leg["transfer_kind"] == "none" else None,
            "transfer": leg["transfer_to"],
            "key": custom.get("exit_key"),
        }
        found.append({name: value for name, value in said.items() if value is not None})
    return found


def expected_22() -> list[dict[str, Any]]:
    """The expected contacts with the caller as its key."""
    made = json.loads((RECORDED / EXPECTED_22).read_text(encoding="utf-8"))
    numbers = pl.DataFrame({"number": [normalised(each["caller"], "PL") for each in made]})
    keys = numbers.select(key=customer_key(pl.col("number"), "secret"))["key"]
    whole = [{**each, "caller": key, "ended_by": ENDED_BY[each.get("ended_by")]} for each, key in zip(made, keys, strict=True)]
    return [{name: value for name, value in each.items() if value is not None} for each in whole]


def test_the_contacts_of_the_run_on_asterisk_22_come_out_exactly() -> None:
    log = read_paths([RECORDED / "queue_log.asterisk-22.10.txt"])
    assert as_recorded(log) == expected_22()
    assert log.refusals == ()
    assert log.read == len((RECORDED / "queue_log.asterisk-22.10.txt").read_text(encoding="utf-8").splitlines())


def test_the_realtime_table_of_the_same_run_gives_the_same_contacts() -> None:
    log = read_paths([RECORDED / "queue_log.realtime-pgsql.asterisk-22.10.csv"], UTC_SITE)
    assert as_recorded(log)[:9] == expected_22()
    assert log.tables["contact"]["precision_s"].to_list() == [1e-6] * 10
    assert log.refusals == ()


def test_file_and_table_of_the_same_calls_have_the_same_keys() -> None:
    file = read_paths([RECORDED / "queue_log.asterisk-22.10.rotated.0.txt"], UTC_SITE)
    table = read_paths([RECORDED / "queue_log.realtime-pgsql.asterisk-22.10.csv"], UTC_SITE)
    assert set(file.tables["contact"]["contact_key"]) == set(table.tables["contact"]["contact_key"])


def test_the_contacts_of_the_run_on_asterisk_16_come_out_exactly() -> None:
    log = read_paths([RECORDED / "queue_log.asterisk-16.28.txt"])
    native = dict(log.tables["contact"].select("contact_key", "native_id").iter_rows())
    found = [
        [
            native[leg["contact_key"]],
            leg["queue"],
            seconds(leg["enqueued_at"]),
            seconds(leg["answered_at"]),
            seconds(leg["ended_at"]),
            leg["outcome"],
            str(leg["agent"]).split()[0] if leg["agent"] else None,
            leg["wait_s"],
            leg["talk_s"],
            leg["ring_s"],
            leg["ring_fail_count"],
        ]
        for leg in log.legs
    ]
    rows = [line.split() for line in RUN_16.split("\n") if line]
    as_text = [
        ["-" if each is None else f"{each:.0f}" if isinstance(each, float) else str(each) for each in row] for row in found
    ]
    assert as_text == rows
    assert (log.read, log.refusals) == (58, ())


def test_a_call_that_went_through_two_queues_across_the_rotation_is_one_contact() -> None:
    parts = [RECORDED / "queue_log.asterisk-22.10.after-rotate.txt", RECORDED / "queue_log.asterisk-22.10.rotated.0.txt"]
    log = read_paths(parts)
    assert (log.tables["contact"].height, log.tables["leg"].height) == (10, 11)
    assert [(leg["seq"], leg["queue"], leg["outcome"]) for leg in log.legs[-2:]] == [
        (0, "keyq", "timeout"),
        (1, "support", "answered"),
    ]
    # signed in ...134 to ...145 with a call ...136 to ...142; again from ...353 with a call ...359 to ...365, removed ...370
    assert log.seconds("Ola Kowalska", "available") == 2 + 3 + 6 + 5
    assert log.seconds("Ola Kowalska", "busy") == 6 + 6


def test_interface_and_member_name_of_the_recorded_runs_are_paired() -> None:
    log = read_paths([RECORDED / "queue_log.asterisk-22.10.txt"])
    pairs = {remark.facts["interface"]: remark.facts["name"] for remark in log.remarks if remark.code == "agent_two_names"}
    assert pairs == {
        "Local/good@agents": "Ola Kowalska",
        "Local/stay@agents": "王小明",
        "Local/lazy@agents": "Lazy, Leon",
    }
    # two breaks of 2 s and 1 s; PAUSEALL with its PAUSE for the queue is one of them
    assert log.seconds("王小明", "break") == 3


def test_the_answers_of_the_recorded_runs_are_surveys() -> None:
    log = read_paths([RECORDED / "queue_log.asterisk-16.28.txt"])
    assert [(each["kind"], each["score"], each["score_norm"], each["agent"]) for each in log.surveys] == [
        ("csat", 5, None, "Ola Kowalska"),
        ("nps", 9, 0.9, "Ola Kowalska"),
    ]


def test_old_lines_found_in_public_are_read_and_their_missing_beginnings_named() -> None:
    log = read_paths([RECORDED / "queue_log.public_lines.txt"], WARSAW)
    assert log.codes == ["call_begins_before_log"] * 6
    assert [leg["outcome"] for leg in log.legs] == ["abandoned", "open"]
    assert log.read == 12


def test_every_recorded_log_is_recognised_and_other_exports_are_not() -> None:
    assert all(sniff(path) for path in RECORDED.glob("queue_log*"))
    assert not any(sniff(path) for path in RECORDED.glob("*.json"))
    assert not sniff(RECORDED / "cdr-csv-Master.asterisk-22.10.csv")
