"""A row for each leg of a contact, as many systems write them: one contact, and nothing overwritten."""

import polars as pl
import pytest

from floorwalker.sources.spreadsheet import layout
from floorwalker.sources.spreadsheet.neighbours import together
from tests.sources.spreadsheet.conftest import Reader, Writer

HEAD = "Call ID,Start time,Queue,Agent,Wait (s),Talk (s),Outcome"
TRANSFERRED = [
    HEAD,
    "7,2026-03-02 09:00:00,Main,,30,,abandoned",
    "8,2026-03-02 09:00:10,Main,Ann,5,60,answered",
    "7,2026-03-02 09:00:30,Billing,Bo,10,120,answered",
    "7,2026-03-02 09:02:40,Complaints,,20,,abandoned",
]


def test_rows_of_one_id_are_legs_of_one_contact(read: Reader) -> None:
    found = read(TRANSFERRED)
    contact, leg = found.tables["contact"].sort("native_id"), found.tables["leg"].sort("contact_key", "seq")
    assert contact["native_id"].to_list() == ["7", "8"]
    assert contact.row(0, named=True)["started_at"].minute == 0
    assert contact.select("queue", "agent").rows() == [("Billing", "Bo"), ("Main", "Ann")]
    of_seven = leg.filter(pl.col("contact_key") == contact["contact_key"][0])
    assert of_seven.select("seq", "queue", "outcome").rows() == [
        (0, "Main", "abandoned"),
        (1, "Billing", "answered"),
        (2, "Complaints", "abandoned"),
    ]
    assert (found.read, contact.height, found.aside) == (4, 2, 2)
    assert [remark.facts for remark in found.remarks if remark.code == "rows_joined"] == [{"rows": 2}]


def test_a_corrected_leg_changes_the_hash_of_its_contact(read: Reader) -> None:
    before, after = (read([*TRANSFERRED[:-1], last]).tables["contact"] for last in (TRANSFERRED[-1], TRANSFERRED[-1] + "?"))
    changed = before.join(after, on="contact_key").filter(pl.col("row_hash") != pl.col("row_hash_right"))
    assert changed["native_id"].to_list() == ["7"]


def test_a_row_that_repeats_another_is_no_leg(read: Reader) -> None:
    twice = "7,2026-03-02 09:00:00,Main,Ann,{},60,answered"
    found = read([HEAD, twice.format(30), twice.format(31)])
    assert found.column("leg", "seq") == [0, 0]
    found = read([*TRANSFERRED, "7,2026-03-02 09:00:30,Billing,Bo,11,120,answered"])
    assert found.tables["leg"].filter(queue="Billing")["wait_s"].to_list() == [11.0]
    assert found.tables["contact"].height == 2


def test_an_id_that_comes_again_on_another_day_is_no_leg(read: Reader) -> None:
    found = read([HEAD, "7,2026-03-02 09:00:00,Main,Ann,30,60,answered", "7,2026-03-05 09:00:00,Main,Bo,30,60,answered"])
    assert found.column("leg", "seq") == [0, 0]


@pytest.mark.parametrize("chunk", [40, 100, 1000])
def test_neighbours_of_one_id_stay_together_however_the_file_is_cut(write: Writer, chunk: int) -> None:
    lines = [f"{n // 7},2026-03-02 09:{n % 60:02}:00,Queue {n % 7},Ann,5,60,answered" for n in range(70)]
    found = layout.of(write([HEAD, *lines]))
    batches = list(together(found.batches(chunk), ("Call ID",)))
    ids = [set(batch.frame["Call ID"]) for batch in batches]
    assert sum(len(some) for some in ids) == len(set().union(*ids)) == 10
    assert sum(batch.frame.height for batch in batches) == 70
