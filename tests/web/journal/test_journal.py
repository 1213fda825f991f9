"""The journal: every verb has its sentence, entries are found, exported, and never changed."""

import ast
from datetime import UTC, datetime

import pytest
from django.test import Client

from floorwalker.web.journal.actions import write
from floorwalker.web.journal.models import Entry
from floorwalker.web.journal.queries import PAGE, Line
from floorwalker.web.journal.wording import KINDS, PAGES, VERBS, details, sentence
from floorwalker.web.ui.reader import Reader
from tests.house.places import SOURCE
from tests.web.conftest import Cast


def calls(name: str, position: int) -> set[str]:
    """The texts given as that argument to every call of a function in the product."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == name
                and len(node.args) > position
            ):
                argument = node.args[position]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
    return found


def test_every_verb_that_is_written_has_a_sentence() -> None:
    written = {verb for verb in calls("write", 1) if "." in verb}
    assert written - set(VERBS) == set()
    assert set(VERBS) - written - {"person.looked"} == set()


def test_every_page_that_is_looked_at_has_a_name() -> None:
    assert calls("looked", 2) | calls("looked_at_all", 2) <= set(PAGES)


def test_every_verb_belongs_to_a_kind() -> None:
    assert {verb.split(".")[0] for verb in VERBS} == set(KINDS)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_sentence_can_be_filled(verb: str) -> None:
    line = Line(1, datetime(2026, 3, 2, tzinfo=UTC), "Mina", verb, "Omid", "lead", {"before": "Night"})
    assert "%(" not in sentence(line)
    assert sentence(line).endswith(".")


def test_the_days_of_a_role_are_written_for_the_reader() -> None:
    facts: dict[str, str | int | float | bool | None] = {"team": "Billing", "since": "2026-03-02", "until": ""}
    line = Line(1, datetime(2026, 3, 2, tzinfo=UTC), "Mina", "role.given", "Omid", "lead", facts)
    assert details(line, Reader("en")) == "In the team Billing, from 2 March 2026 on."


def test_entries_are_found_by_who_about_whom_what_and_when(cast: Cast, as_mina: Client) -> None:
    write(cast.user("Ada"), "team.added", "Night")
    write(cast.user("Mina"), "role.given", "lead", cast.person("Omid"))
    Entry.objects.filter(verb="role.given").update(at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))
    for asked, found, missing in (
        ({"who": cast.user("Ada").pk}, "Night", "team leader"),
        ({"about": cast.person("Omid").pk}, "team leader", "Night"),
        ({"what": "team"}, "Night", "team leader was"),
        ({"until": "2026-02-01"}, "team leader", "Night"),
        ({"since": "2026-02-02"}, "Night", "was given"),
    ):
        page = as_mina.get("/journal/", asked).content.decode()
        table = page[page.index("<tbody>") :]
        assert found in table
        assert missing not in table


def test_days_are_those_of_the_sites_clock(cast: Cast, as_mina: Client) -> None:
    write(cast.user("Ada"), "team.added", "Night")
    Entry.objects.update(at=datetime(2026, 1, 31, 23, 30, tzinfo=UTC))  # half past midnight in Warsaw
    assert "Night" in as_mina.get("/journal/", {"since": "2026-02-01", "until": "2026-02-01"}).content.decode()
    assert "No entry fits" in as_mina.get("/journal/", {"until": "2026-01-31"}).content.decode()


def test_the_journal_is_read_page_by_page(cast: Cast, as_mina: Client) -> None:
    for number in range(PAGE + 1):
        write(None, "team.added", f"team {number}")
    first = as_mina.get("/journal/", {"what": "team"}).content.decode()
    assert "team 50" in first
    assert "team 0 was" not in first
    assert "?what=team&amp;page=2" in first
    assert "team 0 was" in as_mina.get("/journal/", {"what": "team", "page": "2"}).content.decode()
    assert "team 0 was" in as_mina.get("/journal/", {"what": "team", "page": "999"}).content.decode()


@pytest.mark.parametrize("query", [{"who": "x"}, {"since": "soon"}, {"what": "nothing"}, {"page": "-1"}, {"page": "²"}])
def test_a_question_that_cannot_be_read_is_no_error(cast: Cast, as_mina: Client, query: dict[str, str]) -> None:
    assert as_mina.get("/journal/", query).status_code == 200


def test_the_export_is_a_table_that_no_spreadsheet_runs_and_is_itself_in_the_journal(cast: Cast, as_mina: Client) -> None:
    write(cast.user("Ada"), "team.added", "=1+1")
    text = as_mina.get("/journal/export.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert Entry.objects.filter(verb="journal.exported", actor=cast.user("Mina")).exists()


def test_what_the_machine_does_itself_names_nobody(cast: Cast, as_mina: Client) -> None:
    write(None, "backup.made", "monday.tar")
    assert "Floorwalker, or somebody at its command line" in as_mina.get("/journal/").content.decode()
