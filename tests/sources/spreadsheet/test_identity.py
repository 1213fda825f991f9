"""The same row has the same identity in every import, and equal rows are told apart."""

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.core.records.keys import key_of
from floorwalker.sources.spreadsheet import Mapping, Rule, look, suggest
from floorwalker.sources.spreadsheet.row_hash import row_hashes
from floorwalker.sources.spreadsheet.seen import Seen
from tests.sources.spreadsheet.conftest import Reader, Writer, read_by

ROW = "2026-03-02 09:01:12,Main,Ann"
HEAD = "Start time,Queue,Agent"


def test_the_same_file_again_gives_the_same_keys_and_hashes(read: Reader) -> None:
    first, second = (read([HEAD, ROW, ROW, ROW]) for _ in range(2))
    assert first.tables["contact"].equals(second.tables["contact"])


def test_equal_rows_are_numbered(read: Reader) -> None:
    found = read([HEAD, ROW, ROW, "2026-03-02 09:01:13,Main,Ann", ROW])
    ids = found.column("contact", "native_id")
    assert len(set(ids)) == 4
    assert [str(native_id).partition("#")[2] for native_id in ids] == ["", "1", "", "2"]


def test_equal_rows_are_numbered_across_chunks_and_files(write: Writer) -> None:
    paths = [write([HEAD, *[ROW] * 3], name) for name in ("a.csv", "b.csv")]
    found = read_by(suggest(look(paths[0], tz="UTC")), paths)
    assert found.tables["contact"]["contact_key"].n_unique() == 6


def test_an_identity_column_is_kept_word_for_word(read: Reader) -> None:
    found = read(["Call ID,Start time,Queue", "0042,2026-03-02 09:01:12,Main"])
    assert found.column("contact", "native_id") == ["0042"]


def test_a_row_without_its_id_gets_one_of_its_own(read: Reader) -> None:
    found = read(["Call ID,Start time,Queue", "42,2026-03-02 09:01:12,Main", ",2026-03-02 09:01:12,Main"])
    ids = found.column("contact", "native_id")
    assert ids[0] == "42"
    assert str(ids[1]).startswith("~")


def test_several_columns_may_identify_a_row(read: Reader) -> None:
    fields = {"started_at": Rule(("Start time",), "%Y-%m-%d %H:%M:%S")}
    mapping = Mapping("contacts", fields, identity=("Queue", "Agent"), header=tuple(HEAD.split(",")))
    assert read([HEAD, ROW], mapping=mapping).column("contact", "native_id") == ["Main Ann"]


def test_a_corrected_row_keeps_its_key_and_changes_its_hash(read: Reader) -> None:
    head = "Call ID,Start time,Wait (s)"
    before, after = (read([head, f"7,2026-03-02 09:01:12,{wait}"]).tables["contact"] for wait in (15, 16))
    assert before["contact_key"][0] == after["contact_key"][0]
    assert before["row_hash"][0] != after["row_hash"][0]


def test_another_reading_of_the_same_row_changes_its_hash(read: Reader) -> None:
    lines = ["Call ID,Start time,Queue", "7,2026-03-02 09:01:12,Main"]
    hashes = {read(lines, {"time_zone": tz}).tables["contact"]["row_hash"][0] for tz in ("Europe/Warsaw", "Asia/Seoul")}
    assert len(hashes) == 2


@given(st.lists(st.lists(st.integers(0, 12), max_size=20), max_size=8))
def test_ordinals_count_earlier_equals_over_all_calls(batches: list[list[int]]) -> None:
    seen, before = Seen(), []
    for batch in batches:
        found = seen.ordinals(np.array(batch, dtype=np.int64))
        expected = [(before + batch[:place]).count(key) for place, key in enumerate(batch)]
        assert found.tolist() == expected
        before += batch


@given(st.lists(st.lists(st.text("ab 0.é漢\r", max_size=90), min_size=3, max_size=3), min_size=1, max_size=9), st.booleans())
def test_a_rows_hash_is_that_of_its_cells(rows: list[list[str]], returns: bool) -> None:
    lines = [";".join(cells) + ("\r\n" if returns else "\n") for cells in rows]
    text = "".join(lines).encode()
    names = ("a", "b", "c")
    frame = pl.read_csv(text, has_header=False, schema=dict.fromkeys(names, pl.String), separator=";")
    of_cells = frame.select(key_of([pl.lit("digest"), *map(pl.col, names)]))
    assert row_hashes(text, len(rows), ";", "digest").tolist() == of_cells.to_series().to_list()
