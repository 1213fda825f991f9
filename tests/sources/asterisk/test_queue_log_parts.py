"""Rotated files and repeated imports: the same records whichever way the log comes in."""

import gzip
import itertools
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwalker.core.records import TABLES
from floorwalker.sources.asterisk.carried import unpacked
from tests.sources.asterisk.conftest import Read, T, read_paths

CALL = (
    f"{T}|1.1|billing|NONE|ENTERQUEUE||600100200|1|Anna",
    f"{T + 8}|1.1|billing|NONE|EXITWITHTIMEOUT|1|1|8",
    f"{T + 8}|1.1|sales|NONE|ENTERQUEUE||600100200|1|Anna",
    f"{T + 17}|1.1|sales|Maja|CONNECT|9|1.2|4",
    f"{T + 77}|1.1|sales|Maja|COMPLETECALLER|9|60|1",
)


def written(folder: Path, name: str, lines: Sequence[str]) -> Path:
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def one_after_the_other(folder: Path, parts: Sequence[Sequence[str]]) -> list[Read]:
    """Separate imports, each given what the one before left."""
    reads: list[Read] = []
    for number, lines in enumerate(parts):
        carried = reads[-1].carried if reads else ""
        reads.append(read_paths([written(folder, f"part{number}", lines)], carried=carried))
    return reads


def kept(reads: Sequence[Read]) -> dict[str, pl.DataFrame]:
    """What a warehouse holds after these imports: a later row replaces the one with its key. Lines are counted per file."""
    result = {}
    for name in ("contact", "leg", "agent_state", "survey"):
        key = list(TABLES[name].key)
        rows = pl.concat([read.tables[name] for read in reads]).unique(key, keep="last", maintain_order=True)
        result[name] = rows.sort(key).drop("line")
    return result


def assert_same(left: dict[str, pl.DataFrame], right: dict[str, pl.DataFrame]) -> None:
    for name, frame in left.items():
        assert frame.equals(right[name]), name


@pytest.mark.parametrize("cut", range(1, len(CALL)))
def test_a_call_cut_by_the_rotation_at_any_line_is_updated_not_doubled(tmp_path: Path, cut: int) -> None:
    whole = read_paths([written(tmp_path, "whole", CALL)])
    parts = one_after_the_other(tmp_path, [CALL[:cut], CALL[cut:]])
    assert parts[0].legs[-1]["outcome"] == ("open" if cut not in (2,) else "timeout")
    assert parts[1].refusals == ()
    assert_same(kept(parts), kept([whole]))


@pytest.mark.parametrize("cut", range(1, len(CALL)))
def test_the_later_part_may_be_imported_first(tmp_path: Path, cut: int) -> None:
    whole = read_paths([written(tmp_path, "whole", CALL)])
    parts = one_after_the_other(tmp_path, [CALL[cut:], CALL[:cut]])
    assert set(parts[0].codes) <= {"call_begins_before_log"}
    result = kept(parts)
    for name in ("contact", "leg"):
        assert result[name].equals(kept([whole])[name])


def test_rotated_files_are_read_in_time_order_whatever_order_they_are_given_in(tmp_path: Path) -> None:
    first, second = written(tmp_path, "queue_log.1", CALL[:3]), written(tmp_path, "queue_log", CALL[3:])
    assert_same(kept([read_paths([second, first])]), kept([read_paths([written(tmp_path, "whole", CALL)])]))


def test_importing_a_part_again_after_the_next_one_changes_nothing(tmp_path: Path) -> None:
    parts = one_after_the_other(tmp_path, [CALL[:4], CALL[4:], CALL[:4]])
    assert parts[2].legs[-1]["outcome"] == "answered"
    assert_same(kept(parts), kept(parts[:2]))


def test_a_log_that_has_grown_may_be_imported_whole_again(tmp_path: Path) -> None:
    log = (f"{T - 50}|MANAGER|sales|Maja|ADDMEMBER|", *CALL, f"{T + 100}|MANAGER|sales|Maja|REMOVEMEMBER|")
    parts = one_after_the_other(tmp_path, [log[:5], log])
    assert_same(kept(parts), kept([read_paths([written(tmp_path, "whole", log)])]))


def test_two_copies_of_one_log_count_once(tmp_path: Path) -> None:
    early, late = written(tmp_path, "copy of monday", CALL[:4]), written(tmp_path, "copy of tuesday", CALL)
    both = read_paths([late, early])
    assert_same(kept([both]), kept([read_paths([late])]))
    assert both.remark("repeated_lines") == {"lines": 4}
    assert both.read == 9


def test_a_part_packed_by_logrotate_is_read_as_it_is(tmp_path: Path) -> None:
    packed = tmp_path / "queue_log-20231114.gz"
    packed.write_bytes(gzip.compress("".join(f"{line}\n" for line in CALL).encode()))
    assert_same(kept([read_paths([packed])]), kept([read_paths([written(tmp_path, "whole", CALL)])]))


def test_a_callid_that_returns_within_its_hours_goes_on_and_the_state_stays_small(tmp_path: Path) -> None:
    later = T + 3 * 86_400
    parts = one_after_the_other(
        tmp_path, [CALL, [f"{later}|9.1|sales|NONE|ENTERQUEUE||600100201|1", f"{later + 5}|9.1|sales|NONE|ABANDON|1|1|5"]]
    )
    assert {line.callid for line in unpacked(parts[0].carried).lines} == {"1.1"}
    assert {line.callid for line in unpacked(parts[1].carried).lines} == {"9.1"}


def test_a_state_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="version 0"):
        read_paths([written(tmp_path, "whole", CALL)], carried='{"version": 0}')


def test_agents_time_of_an_earlier_log_is_added_and_that_of_one_read_before_is_not_touched(tmp_path: Path) -> None:
    older = [f"{T - 90_000}|MANAGER|sales|Maja|ADDMEMBER|", f"{T - 89_000}|MANAGER|sales|Maja|REMOVEMEMBER|"]
    newer = [f"{T}|MANAGER|sales|Maja|ADDMEMBER|", f"{T + 500}|MANAGER|sales|Maja|REMOVEMEMBER|"]
    parts = one_after_the_other(tmp_path, [newer, older, older])
    assert [part.seconds("Maja", "available") for part in parts] == [500, 1000, 0]


def centre(seed: int, calls: int) -> list[str]:
    """A small centre's log: calls in all their fates, some in two queues, agents who come, pause and go, answers."""
    dice = random.Random(seed)  # noqa: S311  a made-up log, not a secret
    lines: list[tuple[int, int, str]] = []

    def say(at: int, text: str) -> None:
        lines.append((at, len(lines), f"{at}|{text}"))

    for agent in ("Maja", "Jan", "Omid"):
        say(T + dice.randrange(600), f"MANAGER|sales|{agent}|ADDMEMBER|")
        begin = T + dice.randrange(600, 3000)
        say(begin, f"NONE|sales|{agent}|PAUSE|lunch")
        say(begin + dice.randrange(900), f"NONE|sales|{agent}|UNPAUSE|")
        say(T + 3000 + dice.randrange(600), f"MANAGER|sales|{agent}|REMOVEMEMBER|")
    for number in range(calls):
        at, callid = T + dice.randrange(3600), f"{T}.{number}"
        for _ in range(dice.randrange(1, 3)):
            queue = dice.choice(("sales", "billing"))
            say(at, f"{callid}|{queue}|NONE|ENTERQUEUE||60010{number:04d}|1")
            wait, talk = dice.randrange(60), dice.randrange(300)
            at += wait
            fate = dice.randrange(4)
            if fate == 0:
                say(at, f"{callid}|{queue}|NONE|ABANDON|1|1|{wait}")
                break
            if fate == 1:
                say(at, f"{callid}|{queue}|NONE|EXITWITHTIMEOUT|1|1|{wait}")
                continue
            agent = dice.choice(("Maja", "Jan", "Omid"))
            say(at, f"{callid}|{queue}|{agent}|CONNECT|{wait}|x.1|2")
            at += talk
            say(at, f"{callid}|{queue}|{agent}|BLINDTRANSFER|700|x|{wait}|{talk}|1")
            say(at + 1, f"{callid}|{queue}|{agent}|SURVEY|nps|{dice.randrange(11)}")
    return [text for _, _, text in sorted(lines)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), cuts=st.lists(st.integers(1, 80), max_size=3))
def test_a_log_imported_in_any_parts_gives_what_it_gives_in_one_piece(seed: int, cuts: list[int]) -> None:
    log = centre(seed, 20)
    edges = [0, *sorted({min(cut, len(log)) for cut in cuts}), len(log)]
    parts = [log[begin:end] for begin, end in itertools.pairwise(edges) if end > begin]
    with tempfile.TemporaryDirectory() as folder:
        whole = read_paths([written(Path(folder), "whole", log)])
        reads = one_after_the_other(Path(folder), parts)
    assert_same(kept(reads), kept([whole]))
    assert sum(read.read for read in reads) == whole.read == len(log)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_agents_states_never_overlap_and_add_up_to_the_time_signed_in(seed: int) -> None:
    log = centre(seed, 20)
    with tempfile.TemporaryDirectory() as folder:
        states = read_paths([written(Path(folder), "whole", log)]).tables["agent_state"]
    parted = states.filter(pl.col("state").is_in(["available", "busy", "break"])).sort("agent", "from_at")
    ends = pl.col("from_at") + pl.duration(microseconds=(pl.col("seconds") * 1_000_000).cast(pl.Int64))
    gaps = parted.select(gap=(pl.col("from_at").shift(-1) - ends).over("agent"))["gap"].drop_nulls()
    assert (gaps.dt.total_microseconds() >= 0).all()
    assert (states["seconds"] > 0).all()
    assert (states["seconds"] <= 900).all()
    busy = parted.filter(state="busy").group_by("agent").agg(pl.col("seconds").sum()).sort("agent")
    on_contact = states.filter(state="on_contact").group_by("agent").agg(pl.col("seconds").sum()).sort("agent")
    both = busy.join(on_contact, on="agent", suffix="_on_contact")
    assert (both["seconds"] <= both["seconds_on_contact"]).all()
