"""Where the table lies in a file, whatever stands around it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import Sighting, layout
from tests.sources.spreadsheet.conftest import Reader, Writer

Looker = Callable[..., Sighting]

ROWS = ["Start time,Queue,Wait (s)", "2026-03-02 09:01:12,Main,15", "2026-03-02 09:02:12,Main,16"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_cuts_evenly(delimiter: str, seen: Looker) -> None:
    sighting = seen([row.replace(",", delimiter) for row in ROWS])
    assert sighting.delimiter == delimiter
    assert [column.field for column in sighting.columns] == ["started_at", "queue", "wait_s"]


def test_a_sep_line_says_the_delimiter_and_is_no_row(read: Reader, seen: Looker) -> None:
    lines = ["sep=;", *(row.replace(",", ";") for row in ROWS)]
    assert seen(lines).header_line == 2
    assert read(lines).read == 2


def test_a_decimal_comma_does_not_pass_for_a_delimiter(seen: Looker) -> None:
    sighting = seen(["Data połączenia;Czas rozmowy (s)", "02.03.2026 09:01;15,5", "02.03.2026 09:02;16,5"])
    assert (sighting.delimiter, sighting["Czas rozmowy (s)"].decimal) == (";", ",")


def test_lines_above_the_header_are_told_and_not_read(read: Reader, seen: Looker) -> None:
    lines = ["Queue report", "Filter: all queues", "", *ROWS]
    sighting = seen(lines)
    assert sighting.header_line == 4
    assert [remark.code for remark in sighting.remarks] == ["lines_above_header"]
    found = read(lines)
    assert (found.read, found.aside) == (2, 0)
    assert found.column("contact", "line") == [5, 6]


def test_a_note_above_the_header_names_the_zone(seen: Looker) -> None:
    sighting = seen(["All times are in UTC", *ROWS])
    assert sighting.tz == "UTC"
    assert "time_zone" not in [question.code for question in sighting.questions]


def test_names_under_groups_are_joined(seen: Looker) -> None:
    sighting = seen(["일시,I/B,,O/B,", ",인입,응대,발신,시간", "2026-03-02 09:00,4,3,2,1", "2026-03-02 09:30,4,3,2,1"])
    assert sighting.header == ("일시", "I/B 인입", "I/B 응대", "O/B 발신", "O/B 시간")
    assert sighting.header_rows == 2
    assert sighting["I/B 인입"].field == "offered"


def test_a_repeated_name_is_made_unique_and_told(seen: Looker) -> None:
    sighting = seen(["Start time,Agent,Agent,", "2026-03-02 09:01:12,Ann,7,x", "2026-03-02 09:01:12,Bob,8,x"])
    assert sighting.header == ("Start time", "Agent", "Agent (2)", "column 4")
    assert [(remark.code, remark.facts["renamed"]) for remark in sighting.remarks] == [("repeated_header", "Agent (2)")]
    assert sighting["Agent"].field == "agent"
    assert sighting["Agent (2)"].field == ""


def test_names_that_differ_in_case_only_are_told_apart(seen: Looker, read: Reader) -> None:
    lines = ["Start time,Agent,AGENT", "2026-03-02 09:01:12,Ann,Bob"]
    assert seen(lines).header == ("Start time", "Agent", "AGENT (2)")
    assert read(lines).column("leg", "agent") == ["Ann"]


def test_a_table_without_a_header_gets_numbered_columns(read: Reader, seen: Looker) -> None:
    lines = ["20260302 0900,12", "20260302 0915,14"]
    sighting = seen(lines)
    assert (sighting.header, sighting.header_line) == (("column 1", "column 2"), 0)
    assert [remark.code for remark in sighting.remarks] == ["no_header"]
    assert sighting["column 1"].form == "%Y%m%d %H%M"


def test_words_alone_have_their_header_in_the_first_row(seen: Looker) -> None:
    sighting = seen(["Name,Team", "Ann Lee,North", "Bob Ray,South"])
    assert (sighting.kind, sighting.header) == ("people", ("Name", "Team"))


def test_blank_lines_are_set_aside(read: Reader) -> None:
    found = read([ROWS[0], ROWS[1], "", ",,", ROWS[2]])
    assert (found.read, found.aside, found.codes) == (4, 2, [])
    assert found.column("contact", "line") == [2, 5]


def test_a_header_that_comes_again_is_set_aside(read: Reader) -> None:
    found = read([*ROWS, ROWS[0], ROWS[2]])
    assert (found.read, found.aside, found.codes) == (4, 1, [])


@pytest.mark.parametrize("word", ["Total", "Suma", "합계", "合计", "合計", "مجموع", "Razem:"])
def test_a_totals_row_is_set_aside(word: str, read: Reader) -> None:
    found = read([*ROWS, f"{word},,31"])
    assert (found.read, found.aside, found.codes) == (3, 1, [])
    assert "totals_left_out" in found.said


def test_a_totals_row_with_fewer_cells_is_set_aside(read: Reader) -> None:
    found = read([*ROWS, "Total,31"])
    assert (found.read, found.aside, found.codes) == (3, 1, [])


def test_old_line_ends_and_windows_line_ends_are_line_ends(write: Writer, read: Reader) -> None:
    for end in ("\r", "\r\n"):
        found = read(write(end.join([*ROWS, ""]).encode()))
        assert found.column("leg", "wait_s") == [15.0, 16.0]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_line_ends(read: Reader) -> None:
    found = read([ROWS[0] + ",Comment", '2026-03-02 09:01:12,"Main, first",15,"she said ""no""', 'and left"', ROWS[2] + ",x"])
    assert found.codes == []
    assert found.column("leg", "queue") == ["Main, first", "Main"]
    assert found.column("contact", "line") == [2, 4]


@pytest.mark.parametrize("chunk", [40, 64, 100, 1000])
def test_the_size_of_the_chunks_changes_nothing(chunk: int, write: Writer) -> None:
    lines = ["Start,Text,N", *(f'2026-03-02 09:01:12,"a{n}\nb ""c""",{n}' if n % 3 == 0 else f"x,{n},y" for n in range(40))]
    lines.insert(7, 'x,"lost,y')
    found = layout.of(write(lines))
    whole = list(found.batches())
    parts = list(found.batches(chunk))
    assert sum(batch.frame.height for batch in parts) == sum(batch.frame.height for batch in whole) == 40
    assert [row for batch in parts for row in batch.frame.rows()] == [row for batch in whole for row in batch.frame.rows()]
    assert [refusal.line for batch in parts for refusal in batch.refusals] == [
        refusal.line for batch in whole for refusal in batch.refusals
    ]


def test_a_header_and_nothing_else_is_said_to_be_so(write: Writer) -> None:
    with pytest.raises(Unreadable) as caught:
        layout.of(write([ROWS[0]]))
    assert (caught.value.code, caught.value.line) == ("header_only", 1)


def test_progress_runs_to_the_size_of_all_files(write: Writer, tmp_path: Path) -> None:
    from floorwalker.sources.spreadsheet import SpreadsheetSource, look, suggest
    from tests.sources.spreadsheet.conftest import WARSAW

    paths = [write(ROWS, "a.csv"), write(ROWS, "b.csv")]
    source = SpreadsheetSource(suggest(look(paths[0], tz="UTC")))
    done = [batch.bytes_done for batch in source.read(paths, WARSAW)]
    size = paths[0].stat().st_size
    assert done == [size, 2 * size]
