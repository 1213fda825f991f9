"""Whatever stands in a file: a named reason with its place, never a crash, and nothing lost in silence."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import Mapping, Rule, look, suggest
from floorwalker.sources.spreadsheet.codes import UNREADABLE
from tests.sources.spreadsheet.conftest import WARSAW, Reader, Writer, read_by

HEAD = "Start time,Queue,Wait (s),Outcome"
GOOD = "2026-03-02 09:01:12,Main,15,answered"


def unreadable(action: Callable[[], object]) -> Unreadable:
    """What `action` says instead of reading; its code is listed, with these facts."""
    with pytest.raises(Unreadable) as caught:
        action()
    assert set(caught.value.facts) == set(UNREADABLE[caught.value.code])
    return caught.value


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n  \n", "empty_file"),
        (b"\x00\x00\x00\x00", "empty_file"),
        (gzip.compress(b"", mtime=0), "empty_file"),
        (b"%PDF-1.7 and so on", "binary_file"),
        (b"\x89PNG\r\n\x1a\n0000", "binary_file"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "binary_file"),
        (bytes(range(1, 256)) * 20 + b"\x00\x01\x00", "binary_file"),
        (bytes(range(1, 256)) * 20, "binary_file"),
        (b"PK\x03\x04 no workbook at all", "damaged_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "damaged_file"),
        (gzip.compress(b"Start,Queue\n" * 1000, mtime=0)[:60], "damaged_file"),
        (b"\x1f\x8b not really packed", "damaged_file"),
        (f"{HEAD}\n".encode(), "header_only"),
        (f"{HEAD}\n\n,,,\n".encode(), "header_only"),
    ],
)
def test_a_file_that_holds_no_table_is_named_for_what_it_is(content: bytes, code: str, write: Writer) -> None:
    assert unreadable(lambda: look(write(content))).code == code


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert unreadable(lambda: look(tmp_path / "gone.csv")).code == "no_such_file"


def test_a_line_without_an_end_is_not_read_into_memory(write: Writer) -> None:
    path = write(gzip.compress(f"{HEAD}\n{GOOD}\n".encode() + b"x" * (70 << 20), 1), "table.csv.gz")
    assert unreadable(lambda: read_by(suggest(look(path, tz="UTC")), [path])).code == "line_too_long"


def test_ten_megabytes_in_one_cell_are_refused_and_the_rest_is_kept(read: Reader) -> None:
    found = read([HEAD, GOOD, f"2026-03-02 09:01:12,{'x' * 10_000_000},15,answered", GOOD])
    assert (found.codes, found.read) == ([(3, "cell_too_large")], 3)
    assert len(found.refusals[0].value) <= 200


def test_a_large_cell_in_quotes_is_refused_as_well(read: Reader) -> None:
    found = read([HEAD, GOOD, f'2026-03-02 09:01:12,"{"x" * 2_000_000}",15,answered', GOOD])
    assert found.codes == [(3, "cell_too_large")]


def test_rows_with_too_few_and_too_many_cells_are_refused(read: Reader) -> None:
    found = read([HEAD, GOOD, "2026-03-02 09:01:12,Main", f"{GOOD},more", GOOD])
    assert found.codes == [(3, "too_few_cells"), (4, "too_many_cells")]
    assert [refusal.facts["found"] for refusal in found.refusals] == [2, 5]
    assert found.refusals[0].file == "table.csv"


def test_empty_cells_behind_the_last_column_do_no_harm(read: Reader) -> None:
    assert read([HEAD, GOOD, f"{GOOD},,", GOOD]).codes == []


def test_a_last_line_that_was_cut_off_is_refused(write: Writer, read: Reader) -> None:
    found = read(write(f"{HEAD}\n{GOOD}\n2026-03-02 09:0".encode()))
    assert found.codes == [(3, "truncated_line")]


def test_a_last_line_that_only_lacks_its_end_is_read(write: Writer, read: Reader) -> None:
    assert read(write(f"{HEAD}\n{GOOD}\n{GOOD}".encode())).read == 2


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_quote_left_open_costs_its_own_row_only(place: int, read: Reader) -> None:
    lines = [HEAD, GOOD, GOOD, GOOD]
    lines[place] = '2026-03-02 09:01:12,"Main,15,answered'
    found = read(lines)
    assert found.codes == [(place + 1, "unbalanced_quote")]
    assert found.tables["contact"].height == 2


def test_a_quote_within_a_word_is_a_sign_like_any_other(read: Reader) -> None:
    found = read([HEAD, '2026-03-02 09:01:12,5" pipes,15,answered', '2026-03-02 09:01:12,the "new" queue,15,answered'])
    assert found.codes == []
    assert found.column("leg", "queue") == ['5" pipes', 'the "new" queue']


def test_signs_that_are_not_of_the_encoding_are_refused_row_by_row(write: Writer, read: Reader) -> None:
    mapping = Mapping("contacts", {"started_at": Rule(("Start time",), "%Y-%m-%d %H:%M:%S"), "queue": Rule(("Queue",))},
                      header=tuple(HEAD.split(",")), encoding="utf-8")  # fmt: skip
    path = write(f"{HEAD}\n{GOOD}\n".encode() + b"2026-03-02 09:01:12,M\xff\xfein,15,answered\n" + GOOD.encode() + b"\n")
    found = read(path, mapping=mapping)
    assert found.codes == [(3, "undecodable")]


def test_a_formula_is_a_text_and_nothing_else(read: Reader) -> None:
    found = read([HEAD, "2026-03-02 09:01:12,=1+1,15,answered", "2026-03-02 09:01:12,@SUM(A1),=15,answered"])
    assert found.codes == [(3, "not_a_duration")]
    assert found.column("leg", "queue") == ["=1+1"]


def test_a_missing_column_stops_the_file(write: Writer) -> None:
    mapping = suggest(look(write([HEAD, GOOD]), tz="UTC"))
    path = write(["Begun,Queue,Wait (s),Outcome", GOOD], "later.csv")
    fault = unreadable(lambda: read_by(mapping, [path]))
    assert (fault.code, fault.facts["gone"], fault.facts["new"]) == ("columns_changed", "Start time", "Begun")


def test_a_column_that_a_mapping_by_hand_names_and_the_file_lacks_stops_it(write: Writer) -> None:
    mapping = Mapping("contacts", {"started_at": Rule(("Begun",), "%Y-%m-%d %H:%M:%S")})
    fault = unreadable(lambda: read_by(mapping, [write([HEAD, GOOD])]))
    assert (fault.code, fault.facts["columns"], fault.facts["found"]) == ("missing_column", "Begun", HEAD.replace(",", ", "))


def test_a_text_without_columns_is_no_table(write: Writer) -> None:
    assert unreadable(lambda: look(write(["Dear customer", "we thank you", "for your call"]))).code == "no_table"


def test_a_new_column_is_told_and_stops_nothing(write: Writer) -> None:
    mapping = suggest(look(write([HEAD, GOOD]), tz="UTC"))
    found = read_by(mapping, [write([f"Mood,{HEAD}", f"fine,{GOOD}"], "later.csv")])
    assert found.said == ["columns_changed"]
    assert found.column("leg", "queue") == ["Main"]
    assert found.column("contact", "custom") == ['{"Mood":"fine"}']


def test_a_mapping_without_a_time_is_refused(write: Writer) -> None:
    mapping = Mapping("contacts", {"queue": Rule(("Queue",))}, header=tuple(HEAD.split(",")))
    fault = unreadable(lambda: read_by(mapping, [write([HEAD, GOOD])]))
    assert (fault.code, fault.facts["fields"]) == ("field_not_mapped", "started_at")


def test_an_open_question_stops_the_reading(write: Writer) -> None:
    path = write(["Start time,Queue", "03/04/2026 10:00,Main"])
    mapping = suggest(look(path, tz="UTC"))
    assert unreadable(lambda: read_by(mapping, [path])).facts == {"question": "date_order"}


def test_a_row_without_its_time_is_refused(read: Reader) -> None:
    assert read([HEAD, GOOD, ",Main,15,answered"]).codes == [(3, "empty_required")]


def test_negative_durations_are_refused_and_absurd_ones_told(read: Reader) -> None:
    found = read([HEAD, GOOD, "2026-03-02 09:01:12,Main,-4,answered", "2026-03-02 09:01:12,Main,90000,answered"])
    assert found.codes == [(3, "negative_duration")]
    assert found.column("leg", "wait_s") == [15.0, 90_000.0]
    assert [(remark.code, remark.facts["first_line"]) for remark in found.remarks] == [("absurd_durations", 4)]


@pytest.mark.parametrize("value", ["abc", "inf", "nan", "1e999", "12 apples", "--5", "1,2,3"])
def test_what_is_no_duration_is_refused_with_its_column_and_value(value: str, read: Reader) -> None:
    found = read([HEAD, GOOD, f'2026-03-02 09:01:12,Main,"{value}",answered'])
    assert [(r.code, r.column, r.value, r.facts["expected"]) for r in found.refusals] == [
        ("not_a_duration", "Wait (s)", value, "seconds")
    ]


def test_a_file_of_refused_rows_only_still_has_its_account(read: Reader) -> None:
    mapping = Mapping("contacts", {"started_at": Rule(("A",), "%Y-%m-%d")}, header=("A", "B"))
    found = read(["A,B", "x,1", "y,2"], mapping=mapping)
    assert (found.read, len(found.refusals), found.tables["contact"].height) == (2, 2, 0)


_CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=6), max_size=8))
@example(rows=[['"'], ["a", '"b'], ['"', '"']])
@example(rows=[["\r", "\n"], ["\ufeff"]])
def test_any_text_is_read_refused_or_named_never_a_crash(rows: list[list[str]], write: Writer) -> None:
    path = write([HEAD, GOOD, *(",".join(row) for row in rows), GOOD])
    try:
        mapping = suggest(look(path, tz=WARSAW.tz))
    except Unreadable:
        return
    if not mapping.open and not mapping.what.lacking(set(mapping.fields)):
        read_by(mapping, [path])


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_any_bytes_are_seen_or_named_never_a_crash(content: bytes, write: Writer) -> None:
    path = write(content)
    try:
        mapping = suggest(look(path, tz=WARSAW.tz))
        if not mapping.open:
            read_by(mapping, [path])
    except Unreadable:
        return
