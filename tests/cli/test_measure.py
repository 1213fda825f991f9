"""`floorwalker measure`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.web.intake import files

Typed = Callable[..., Result]


@pytest.fixture
def centre(typed: Typed, tmp_path: Path) -> Typed:
    """Twenty contacts: of Billing and Moves ten each, four abandoned."""
    typed("import", files.csv(tmp_path / "calls.csv", files.contacts(20)), "--tz", "Europe/Warsaw")
    return typed


def rows(done: Result) -> list[dict[str, object]]:
    assert done.exit_code == 0, done.output
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_a_cut_by_two_dimensions_as_json(centre: Typed) -> None:
    found = rows(centre("measure", "--measures", "offered,aht", "--by", "queue,day", "--format", "json"))
    assert [(row["queue"], row["day"], row["offered"], row["aht"]) for row in found] == [
        ("Billing", "2026-11-02", 10, 230),
        ("Moves", "2026-11-02", 10, 230),
    ]


def test_the_sources_own_names_and_any_known_value(centre: Typed) -> None:
    by_name = rows(centre("measure", "--measures", "offered", "--where", "Queue=Billing", "--format", "json"))
    known = rows(centre("measure", "--measures", "offered", "--where", "agent=*", "--format", "json"))
    unknown = rows(centre("measure", "--measures", "offered", "--where", "agent!=*", "--format", "json"))
    assert (by_name[0]["offered"], known[0]["offered"], unknown[0]["offered"]) == (10, 16, 4)


def test_days_limit_and_csv(centre: Typed) -> None:
    done = centre("measure", "--measures", "offered", "--from", "2026-11-02", "--to", "2026-11-02", "--format", "csv")
    assert done.stdout.splitlines()[1].startswith("20.0")
    later = rows(centre("measure", "--measures", "offered", "--from", "2026-11-03", "--format", "json"))
    assert later[0]["offered"] is None


def test_another_definition_of_a_measure(centre: Typed) -> None:
    question = ("measure", "--measures", "service_level", "--format", "json")
    assert rows(centre(*question))[0]["service_level"] == pytest.approx(16 / 20)
    only_answered = rows(centre(*question, "--definition", "service_level=answered_only"))
    assert only_answered[0]["service_level"] == 1


def test_a_table_is_written_for_its_reader(centre: Typed) -> None:
    english = centre("measure", "--measures", "aht,abandonment_rate", "--by", "queue")
    assert "3:50" in english.output
    assert "20%" in english.output
    persian = centre("measure", "--measures", "aht", "--by", "queue", "--language", "fa")
    assert "۳:۵۰" in persian.output


def test_an_unknown_measure_is_explained(centre: Typed) -> None:
    done = centre("measure", "--measures", "happiness")
    assert done.exit_code == 2
    assert "There is no measure “happiness”" in done.output


@pytest.mark.xdist_group("spark")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_spark_adds_up_the_same_numbers(centre: Typed, settings: Any) -> None:
    asked = ("measure", "--measures", "offered,aht,service_level", "--by", "queue,month", "--format", "json")
    here = rows(centre(*asked))
    settings.SPARK_MASTER = "local[1]"

    there = rows(centre(*asked))

    assert len(here) == 2
    assert there == here
