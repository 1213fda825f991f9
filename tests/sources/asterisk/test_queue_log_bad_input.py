"""Files that are not what they should be: what can be read is, the rest is named with its place."""

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.sources.asterisk import AsteriskSource, sniff
from floorwalker.sources.asterisk.endings import AGENT_EVENTS, CALL_EVENTS, MARKS
from floorwalker.sources.asterisk.surveys import WORDS
from floorwalker.sources.asterisk.textlog import LONGEST
from floorwalker.sources.reading import Unreadable
from tests.sources.asterisk.conftest import WARSAW, Read, T, read_paths

ReadLog = Callable[..., Read]
ENTER = f"{T}|1.1|billing|NONE|ENTERQUEUE||600100200|1\n"
LEAVE = f"{T + 8}|1.1|billing|NONE|ABANDON|1|1|8\n"


def log_of(folder: Path, content: str | bytes) -> Path:
    path = folder / "queue_log"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def unreadable(*paths: Path) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        list(AsteriskSource().read(list(paths), WARSAW))
    return caught.value


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    error = unreadable(log_of(tmp_path, ""))
    assert (error.code, error.facts) == ("file_empty", {"file": "queue_log"})


def test_an_empty_file_beside_others_was_just_rotated(tmp_path: Path) -> None:
    empty, full = tmp_path / "queue_log", tmp_path / "queue_log.1"
    empty.touch()
    full.write_text(ENTER + LEAVE)
    log = read_paths([empty, full])
    assert log.tables["contact"].height == 1
    assert log.remark("file_without_lines") == {"file": "queue_log"}


def test_a_binary_file_is_refused_whole(tmp_path: Path) -> None:
    path = log_of(tmp_path, bytes(range(256)) * 100)
    assert unreadable(path).code == "file_binary"
    assert not sniff(path)


def test_another_text_file_is_refused_whole(tmp_path: Path) -> None:
    path = log_of(tmp_path, "Dear all,\nplease find attached\nthe log.\n")
    assert unreadable(path).code == "not_a_queue_log"
    assert not sniff(path)


def test_a_damaged_archive_is_refused_whole(tmp_path: Path) -> None:
    path = log_of(tmp_path, gzip.compress((ENTER + LEAVE).encode())[:-20])
    assert unreadable(path).code == "file_damaged"
    assert not sniff(path)


def test_the_last_line_without_its_end_is_refused_since_a_number_may_be_cut(tmp_path: Path) -> None:
    log = read_paths([log_of(tmp_path, ENTER + f"{T + 80}|1.1|billing|NONE|ABANDON|1|1|8")])
    (refusal,) = log.refusals
    assert (refusal.code, refusal.line, refusal.file) == ("line_unfinished", 2, "queue_log")
    assert refusal.value == f"{T + 80}|1.1|billing|NONE|ABANDON|1|1|8"
    assert log.legs[0]["outcome"] == "open"


def test_the_rest_of_a_cut_line_comes_with_the_next_import(tmp_path: Path) -> None:
    first = read_paths([log_of(tmp_path, ENTER + LEAVE[:-3])])
    second = read_paths([log_of(tmp_path, ENTER + LEAVE)], carried=first.carried)
    assert (first.legs[0]["outcome"], second.legs[0]["outcome"]) == ("open", "abandoned")


def test_a_log_without_its_beginning_names_the_events_it_cannot_place(tmp_path: Path) -> None:
    log = read_paths([log_of(tmp_path, f"{T}|0.1|billing|Maja|CONNECT|9|x|1\n" + ENTER + LEAVE)])
    (refusal,) = log.refusals
    assert (refusal.code, refusal.line, refusal.facts) == ("call_begins_before_log", 1, {"event": "CONNECT", "call": "0.1"})
    assert (log.read, log.aside, log.tables["contact"].height) == (3, 1, 1)


def test_a_line_with_too_few_fields_says_how_many_it_has(tmp_path: Path) -> None:
    log = read_paths([log_of(tmp_path, ENTER + "1700000003|1.1|billing\n" + LEAVE)])
    assert [(each.code, each.line, each.facts) for each in log.refusals] == [("too_few_fields", 2, {"found": 3, "expected": 5})]


def test_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    log = read_paths([log_of(tmp_path, ENTER + "\x00\x001700000003|1.1|billing|NONE|ABANDON|1|1|3\n" + LEAVE)])
    assert [(each.code, each.line) for each in log.refusals] == [("time_unreadable", 2)]


@pytest.mark.parametrize("time", ["-5", "0", "99999999999", "9" * 400, "1700000003.5", "१७"])
def test_a_time_outside_of_our_century_is_refused(tmp_path: Path, time: str) -> None:
    log = read_paths([log_of(tmp_path, ENTER + f"{time}|1.1|billing|NONE|ABANDON|1|1|3\n" + LEAVE)])
    assert [(each.code, each.line) for each in log.refusals] == [("time_unreadable", 2)]


def test_empty_lines_and_windows_line_ends_are_no_matter(tmp_path: Path) -> None:
    log = read_paths([log_of(tmp_path, "\r\n" + (ENTER + LEAVE).replace("\n", "\r\n") + "\r\n")])
    assert (log.read, log.aside, log.refusals) == (4, 3, ())
    assert log.legs[0]["wait_s_reported"] == 8


def test_ten_megabytes_without_a_line_end_are_refused_as_one_line(tmp_path: Path) -> None:
    log = read_paths([log_of(tmp_path, ENTER + "x" * (10 * LONGEST) + "\n" + LEAVE)])
    assert [(each.code, each.line, len(each.value)) for each in log.refusals] == [("line_too_long", 2, 200)]
    assert log.legs[0]["outcome"] == "abandoned"


@pytest.mark.parametrize(
    ("encoding", "agent"), [("cp949", "김민수"), ("cp1250", "Żaneta Łęcka"), ("gb18030", "王小明"), ("cp1256", "سارا احمدي")]
)
def test_a_log_in_an_older_encoding_is_read_and_the_guess_is_told(tmp_path: Path, encoding: str, agent: str) -> None:
    lines = [ENTER, f"{T + 9}|1.1|billing|{agent}|CONNECT|9|x|1\n", f"{T + 19}|1.1|billing|{agent}|COMPLETECALLER|9|10|1\n"]
    log = read_paths([log_of(tmp_path, "".join(lines * 3).encode(encoding))])
    assert log.remark("encoding_guessed") is not None
    assert log.legs[0]["agent"] is not None
    assert "\ufffd" not in str(log.legs[0]["agent"])


def test_a_log_with_a_byte_order_mark_is_read_in_its_encoding(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        log = read_paths([log_of(tmp_path, (ENTER + LEAVE).encode(encoding))])
        assert (log.legs[0]["outcome"], log.refusals) == ("abandoned", ())


def test_a_name_cut_in_the_middle_of_a_letter_is_kept_and_remarked(tmp_path: Path) -> None:
    whole = f"{T + 1}|1.1|billing|Zażółć|RINGNOANSWER|1000\n".encode()
    cut = f"{T + 2}|1.1|billing|Zażół".encode()[:-1] + b"|RINGNOANSWER|1000\n"
    log = read_paths([log_of(tmp_path, ENTER.encode() + whole + cut + LEAVE.encode())])
    assert log.remark("text_damaged") == {"file": "queue_log", "lines": 1}
    assert log.legs[0]["ring_fail_count"] == 2


FIELDS = st.sampled_from(["", "1.1", "2.1", "NONE", "sales", "Maja", "7", "-1", "x", "1700000100", "9" * 400, "\x00", "é"])
EVENTS = st.sampled_from([*sorted(CALL_EVENTS | AGENT_EVENTS | MARKS | WORDS), "CALLSTATUS", "WHATEVER", ""])
LINES = st.one_of(
    st.builds(
        lambda at, callid, queue, agent, event, said: "|".join([str(T + at), callid, queue, agent, event, *said]),
        st.integers(-90_000, 90_000),
        st.sampled_from(["1.1", "2.1", "NONE", ""]),
        st.sampled_from(["sales", "billing", "NONE"]),
        FIELDS,
        EVENTS,
        st.lists(FIELDS, max_size=6),
    ),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=40),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=30), st.integers(0, 30))
def test_whatever_the_lines_say_each_is_accounted_for(lines: list[str], cut: int) -> None:
    log = [*ENTER.splitlines()] * 30 + lines
    with tempfile.TemporaryDirectory() as folder:
        first = read_paths([log_of(Path(folder), "".join(f"{each}\n" for each in log[: 30 + cut]))])
        rest = log[30 + cut :]
        again = read_paths([log_of(Path(folder), "".join(f"{each}\n" for each in log))], carried=first.carried)
    assert first.read == len(log) - len(rest)
    assert again.read == len(log)
    keys = again.tables["leg"].select("contact_key", "seq")
    assert keys.is_duplicated().sum() == 0 or again.remark("clock_went_back")


def test_bytes_read_reach_the_size_of_the_files(tmp_path: Path) -> None:
    path = log_of(tmp_path, ENTER + LEAVE)
    assert read_paths([path]).batches[-1].bytes_done == path.stat().st_size


def test_a_long_log_comes_in_batches_that_account_for_every_line(tmp_path: Path) -> None:
    lines = (
        f"{T + 60 * number}|{number}.1|billing|NONE|ENTERQUEUE||600100200|1\n"
        f"{T + 60 * number + 5}|{number}.1|billing|NONE|ABANDON|1|1|5\n"
        for number in range(110_000)
    )
    log = read_paths([log_of(tmp_path, "".join(lines))])
    assert len(log.batches) == 2
    assert (log.read, log.tables["contact"].height, log.aside) == (220_000, 110_000, 110_000)
    assert log.tables["contact"]["contact_key"].n_unique() == 110_000
