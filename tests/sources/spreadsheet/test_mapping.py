"""A mapping is a value that survives being kept, and says how a later file differs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.sources.reading import Unreadable
from floorwalker.sources.spreadsheet import Mapping, Rule, Sighting, fingerprint_of, look, open_for, suggest
from floorwalker.sources.spreadsheet.fields import KINDS
from tests.sources.spreadsheet.conftest import Reader, Writer, read_by

LINES = ["Start time;Queue;Talk time;Mood", "03/04/2026 10:00;Main;0:03;fine"]

_TEXTS = st.text(max_size=8)
_RULES = st.builds(
    Rule,
    columns=st.lists(_TEXTS, min_size=1, max_size=3).map(tuple),
    format=_TEXTS,
    decimal=st.sampled_from([".", ","]),
    empty=st.lists(_TEXTS, max_size=2).map(tuple),
    per=st.sampled_from(["total", "contact"]),
)
_MAPPINGS = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.builds(
        Mapping,
        kind=st.just(kind),
        fields=st.dictionaries(st.sampled_from([field.name for field in KINDS[kind].fields]), _RULES, max_size=4),
        tz=_TEXTS,
        constants=st.dictionaries(_TEXTS, _TEXTS, max_size=2),
        words=st.dictionaries(_TEXTS, st.dictionaries(_TEXTS, _TEXTS, min_size=1, max_size=2), max_size=2),
        identity=st.lists(_TEXTS, max_size=2).map(tuple),
        left_out=st.lists(_TEXTS, max_size=2).map(tuple),
        answers=st.dictionaries(_TEXTS, _TEXTS, max_size=2),
        header=st.lists(_TEXTS, max_size=3).map(tuple),
        header_rows=st.integers(0, 2),
        encoding=_TEXTS,
        delimiter=_TEXTS,
        sheet=_TEXTS,
        open=st.lists(_TEXTS, max_size=2).map(tuple),
    )
)


@given(_MAPPINGS)
def test_a_mapping_survives_json_and_toml(mapping: Mapping) -> None:
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert Mapping.from_toml(mapping.to_toml()) == mapping
    assert Mapping.from_json(mapping.to_json()).digest == mapping.digest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind = 'calls'", "expected one of contacts, intervals, surveys, people"),
        ("kind = 'people'\ncolour = 'red'", "no part 'colour'"),
        ("kind = 'people'\n[fields.wait_s]\ncolumns = ['a']", "people have no field 'wait_s'"),
        ("kind = 'people'\n[fields.name]\nformat = ''", "has no columns"),
        ("kind = 'people'\n[fields.name]\ncolumns = ['a']\nshape = ''", "an unknown part 'shape'"),
        ("kind =", "Invalid value"),
    ],
)
def test_what_is_no_mapping_says_why(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Mapping.from_toml(text)


def test_questions_without_an_answer_or_advice_stay_open(write: Writer) -> None:
    sighting = look(write(LINES), tz="Europe/Warsaw")
    assert [question.code for question in open_for(sighting)] == ["date_order"]
    assert suggest(sighting).open == ("date_order",)
    answered = suggest(sighting, {"date_order": "month_first"})
    assert (answered.open, answered.fields["started_at"].format) == ((), "%m/%d/%Y %H:%M")
    assert answered.fields["talk_s"].format == "mm:ss"
    assert answered.tz == "Europe/Warsaw"


def test_an_answer_may_be_for_one_column(write: Writer) -> None:
    sighting = look(write(["Start;End;Queue", "03/04/2026 10:00;03/05/2026 11:00;Main"]), tz="UTC")
    mapping = suggest(sighting, {"date_order": "day_first", "date_order:End": "month_first"})
    assert (mapping.fields["started_at"].format, mapping.fields["ended_at"].format) == ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")


def test_a_person_s_choice_of_fields_is_obeyed(write: Writer, read: Reader) -> None:
    path = write(LINES)
    sighting = look(path, tz="UTC", kind="contacts", chosen={"Mood": "topic", "Queue": ""})
    assert {column.name: column.field for column in sighting.columns} == {
        "Start time": "started_at", "Queue": "", "Talk time": "talk_s", "Mood": "topic",
    }  # fmt: skip
    found = read(path, mapping=suggest(sighting, {"date_order": "day_first"}))
    assert found.tables["leg"].select("topic", "queue").rows() == [("fine", None)]


def test_another_kind_may_be_chosen(write: Writer) -> None:
    sighting: Sighting = look(write(["Start,Calls", "2026-03-02 09:00,4"]), tz="UTC", kind="contacts")
    assert (sighting.kind, sighting["Calls"].field) == ("contacts", "")


def test_the_fingerprint_knows_no_order_spacing_or_case() -> None:
    assert fingerprint_of(["Start time", "Queue"]) == fingerprint_of(["queue ", "START  time"])
    assert fingerprint_of(["Start", "Queue"]) != fingerprint_of(["Start"])


def test_a_later_header_is_compared_with_the_first(write: Writer) -> None:
    sighting = look(write(LINES), tz="UTC")
    mapping = suggest(sighting)
    assert mapping.fingerprint == sighting.fingerprint
    assert not mapping.difference(("queue", "START TIME", "Mood", "Talk time"))
    difference = mapping.difference(("Start time", "Queue", "Tone"))
    assert (difference.gone, difference.new, difference.used) == (("Talk time", "Mood"), ("Tone",), ("Talk time",))


def test_columns_in_another_order_and_case_are_the_same_columns(write: Writer, read: Reader) -> None:
    mapping = suggest(look(write(["Start time,Queue", "2026-03-02 09:00:00,Main"]), tz="UTC"))
    found = read(["QUEUE,start time", "Other,2026-03-02 10:00:00"], mapping=mapping)
    assert (found.said, found.column("leg", "queue")) == ([], ["Other"])


def test_names_of_a_mapping_are_respelled(read: Reader, write: Writer) -> None:
    lines = ["Start time,Queue,Agent", "2026-03-02 09:00:00,Biling,ANN", "2026-03-02 09:00:00,Billing,temp"]
    path = write(lines)
    plain = suggest(look(path, tz="UTC"))
    mapping = Mapping.of({**_parts(plain), "words": {"queue": {"Biling": "Billing"}, "agent": {"ann": "Ann", "temp": ""}}})
    found = read(path, mapping=mapping)
    assert found.tables["leg"].select("queue", "agent").rows() == [("Billing", "Ann"), ("Billing", None)]


def _parts(mapping: Mapping) -> dict[str, object]:
    import json

    parts: dict[str, object] = json.loads(mapping.to_json())
    return parts


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.toml", "kind =", "TOML"),
        ("a.json", "{", "JSON"),
        ("a.toml", "kind = 'calls'", "kind"),
        ("a.toml", "kind = 'people'\n[fields.wait_s]\ncolumns = ['a']", "fields.wait_s"),
    ],
)
def test_a_mapping_file_that_is_wrong_names_its_part(name: str, text: str, problem: str, write: Writer) -> None:
    with pytest.raises(Unreadable) as caught:
        Mapping.from_file(write([text], name))
    assert (caught.value.code, caught.value.facts) == ("not_a_mapping", {"file": name, "problem": problem})


def test_a_mapping_file_is_read_and_one_that_is_missing_is_said_to_be(write: Writer, tmp_path: Path) -> None:
    mapping = Mapping("people", {"name": Rule(("Name",))})
    assert Mapping.from_file(write([mapping.to_toml()], "a.toml")) == mapping
    assert Mapping.from_file(write([mapping.to_json()], "a.json")) == mapping
    with pytest.raises(Unreadable) as caught:
        Mapping.from_file(tmp_path / "gone.toml")
    assert caught.value.code == "no_such_file"


START = {"started_at": Rule(("Start",), "%Y-%m-%d")}


@pytest.mark.parametrize(
    ("mapping", "part"),
    [
        (Mapping("contacts", {"started_at": Rule(("Start",), "%Q nonsense")}), "fields.started_at.format"),
        (Mapping("contacts", START | {"wait_s": Rule(("Wait",), "fortnights")}), "fields.wait_s.format"),
        (Mapping("contacts", START | {"wait_s": Rule(("Wait",), decimal="x")}), "fields.wait_s"),
        (Mapping("contacts", START, tz="Europe/Atlantis"), "tz"),
        (Mapping("contacts", START, constants={"channel": "pigeon"}), "constants.channel"),
        (Mapping("contacts", START, constants={"mood": "fine"}), "constants.mood"),
        (Mapping("contacts", START, words={"outcome": {"x": "lost"}}), "words.outcome"),
        (Mapping("contacts", START, words={"score": {"fine": "very"}}), "words.score"),
        (Mapping("contacts", START, words={"mood": {"x": "y"}}), "words.mood"),
        (Mapping("contacts", START, answers={"scale": "5-1"}), "answers.scale"),
        (Mapping("contacts", START, answers={"scale": "good"}), "answers.scale"),
        (Mapping("contacts", START, answers={"repeated_hour": "third"}), "answers.repeated_hour"),
        (Mapping("contacts", START, header_rows=7), "header_rows"),
        (Mapping("contacts", START, delimiter="::"), "delimiter"),
    ],
)
def test_a_mapping_that_makes_no_sense_names_its_part_before_anything_is_read(
    mapping: Mapping, part: str, write: Writer
) -> None:
    assert Mapping.from_json(mapping.to_json()) == mapping
    with pytest.raises(Unreadable) as caught:
        read_by(mapping, [write(["Start,Wait", "2026-03-02,4"])])
    assert (caught.value.code, caught.value.facts["problem"]) == ("not_a_mapping", part)


def test_intervals_without_a_length_are_not_read(write: Writer) -> None:
    mapping = Mapping("intervals", {"started_at": Rule(("Start",), "%Y-%m-%d"), "offered": Rule(("Calls",))})
    with pytest.raises(Unreadable) as caught:
        read_by(mapping, [write(["Start,Calls", "2026-03-02,4"])])
    assert caught.value.facts["fields"] == "length_min"


def test_a_column_chosen_for_a_time_that_it_does_not_hold_has_its_rows_refused(write: Writer) -> None:
    path = write(["When,What", "soon,Main", "later,Main", "02.03.2026 10:00,Main"])
    mapping = suggest(look(path, tz="UTC", kind="contacts", chosen={"When": "started_at"}))
    found = read_by(mapping, [path])
    assert (found.codes, found.tables["contact"].height) == ([(2, "not_a_time"), (3, "not_a_time")], 1)
