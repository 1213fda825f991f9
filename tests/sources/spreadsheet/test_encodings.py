"""The same table is the same contacts in every encoding, of every language."""

import gzip
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from floorwalker.sources.spreadsheet import look
from floorwalker.sources.spreadsheet.encoding import encoding_of
from tests.sources.spreadsheet.conftest import Reader, Writer

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "export_samples" / "spreadsheets" / "encodings"
FILES = sorted(SAMPLES.glob("*.csv")) or [Path("absent")]

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"the saved spreadsheets are not at {SAMPLES}")

QUEUES = {
    "fa": ["پشتیبانی", "فروش"],
    "ko": ["고객센터", "기술지원"],
    "pl": ["Obsługa", "Wsparcie"],
    "zhs": ["售后支持", "技术支持"],
    "zht": ["技術支援", "帳務"],
}
AGENTS = {
    "fa": ["مریم احمدی", "رضا کریمی"],
    "ko": ["김민수", "박서연"],
    "pl": ["Łukasz Żółty", "Święta Źrebięć"],
    "zhs": ["王小明", "李娜"],
    "zht": ["王小明", "李佳玲"],
}


@needs_samples
def test_all_twenty_two_samples_are_there() -> None:
    assert len(FILES) == 22


@needs_samples
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_sample_gives_its_two_contacts(path: Path, read: Reader) -> None:
    language = path.name.split(".")[0]
    found = read(path)
    assert (found.read, found.aside, found.refusals) == (2, 0, ())
    legs = found.tables["leg"]
    assert legs["queue"].to_list() == QUEUES[language]
    assert legs["agent"].to_list() == AGENTS[language]
    assert legs["outcome"].to_list() == ["answered", "abandoned"]
    assert legs["wait_s"].to_list() == [15.0, 48.0]
    assert legs["talk_s"].to_list() == [200.0, None]
    assert legs["acw_s"].to_list() == ([None, None] if language == "fa" else [40.0, None])
    second = "2026-03-02 14:04:55" if language == "zht" else "2026-03-02 09:04:55"
    local = found.tables["contact"]["started_at"].dt.convert_time_zone("Europe/Warsaw").dt.strftime("%Y-%m-%d %H:%M:%S")
    assert local.to_list() == ["2026-03-02 09:01:12", second]
    if language.startswith("zh"):
        survey = found.tables["survey"]
        assert survey.select("score", "score_norm", "kind", "scale_id").rows() == [(5.0, 1.0, "csat", "1-5")]


@needs_samples
@pytest.mark.parametrize("language", sorted(QUEUES))
def test_keys_do_not_depend_on_the_encoding(language: str, read: Reader) -> None:
    keys = {tuple(read(path).tables["contact"]["contact_key"]) for path in FILES if path.name.startswith(f"{language}.")}
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("Kolejka;Data połączenia\nObsługa zażaleń;02.03.2026 09:01:12\n" * 9, "cp1250", "windows-1250"),
        ("상담원,큐,인입시간\n김민수,고객센터,2026-03-02 09:01:12\n" * 9, "cp949", "cp949"),
        ("坐席姓名,队列,开始时间\n王小明,售后支持,2026-03-02 09:01:12\n" * 9, "gb18030", "gb18030"),
        ("客服人員,佇列,進線時間\n王小明,技術支援,2026-03-02 09:01:12\n" * 9, "cp950", "cp950"),
    ],
)
def test_old_encodings_are_told_by_their_letters(text: str, encoding: str, named: str, write: Writer) -> None:
    assert encoding_of(write(text.encode(encoding))).name == named


def test_letters_that_first_appear_far_down_decide_the_encoding(write: Writer) -> None:
    ascii_rows = b"Queue;Start\n" + b"Main;2026-03-02 09:01:12\n" * 400_000
    path = write(ascii_rows + ("Obsługa zażaleń;2026-03-02 09:01:12\n" * 20).encode("cp1250"))
    assert encoding_of(path).name == "windows-1250"


def test_utf_16_without_a_mark_is_told_by_its_zeros(write: Writer, read: Reader) -> None:
    path = write("Queue,Start,Agent\nMain,2026-03-02 09:01:12,Ann\n".encode("utf-16-le"))
    assert read(path).column("leg", "queue") == ["Main"]


@pytest.mark.parametrize("name", ["calls.csv.gz", "calls.txt.gz"])
def test_a_packed_file_is_the_same_file(name: str, write: Writer, read: Reader) -> None:
    plain = b"Queue\tStart time\tAgent\nMain\t2026-03-02 09:01:12\tAnn\n"
    packed = read(write(gzip.compress(plain), name))
    assert packed.tables["contact"].equals(read(write(plain)).tables["contact"])


_NAMES = {
    "cp1250": "ąćęłńóśźżŁŻabc ",
    "cp949": "가나다라마바사고객센터 abc",
    "gb18030": "售后支持技术投诉账单 abc",
    "cp950": "技術支援帳務客訴服務 abc",
    "utf-8": "ąćę가나다技術售后پشتیبانی abc",
    "utf-16": "ąćę가나다技術售后پشتیبانی abc",
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), encoding=st.sampled_from(sorted(_NAMES)))
def test_names_survive_a_round_trip_through_each_encoding(data: st.DataObject, encoding: str, write: Writer) -> None:
    letters = st.text(_NAMES[encoding], min_size=1, max_size=12).map(str.strip).filter(bool)
    queues = data.draw(st.lists(letters, min_size=1, max_size=5))
    lines = ["Queue,Start", *(f"{queue},2026-03-02 09:01:12" for queue in queues)]
    path = write(lines, encoding=encoding)
    from floorwalker.sources.spreadsheet.rows import TextRows

    rows = TextRows(path, encoding, ",", ("Queue", "Start"), 1)
    assert pl.concat(batch.frame for batch in rows.batches())["Queue"].to_list() == queues


def test_the_guess_is_told_when_the_encoding_was_guessed(write: Writer) -> None:
    sighting = look(write(["Kolejka;Data połączenia", "Obsługa;02.03.2026 09:01:12"], encoding="cp1250"), tz="Europe/Warsaw")
    (told,) = sighting.remarks
    assert (told.code, told.facts["words"]) == ("encoding_guessed", "połączenia, Obsługa")
