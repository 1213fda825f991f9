"""From a file to numbers, and back."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.test import Client

from floorwalker.web.intake.models import Import, SavedMapping
from floorwalker.web.journal.models import Entry
from tests.web.intake import files
from tests.web.intake.conftest import Desk

Value = Callable[[str], float | None]
Write = Callable[[Path, Sequence[files.Row]], Path]

ACCOUNT = ("read", "kept", "updated", "unchanged", "refused", "aside")


def account(coming: Import) -> tuple[int, ...]:
    return tuple(coming.count(name) for name in ACCOUNT)


@pytest.mark.parametrize(("name", "write"), [("a.csv", files.csv), ("a.xlsx", files.xlsx), ("a.ods", files.ods)])
def test_a_table_of_contacts_becomes_numbers(desk: Desk, value: Value, tmp_path: Path, name: str, write: Write) -> None:
    coming = desk.bring(write(tmp_path / name, files.contacts(20)))

    assert coming.state == Import.State.WHOLE
    assert account(coming) == (20, 20, 0, 0, 0, 0)
    assert value("offered") == 20
    assert value("abandoned") == 4
    assert value("aht") == 230
    assert "20 rows were brought in." in desk.page(coming)


def test_a_queue_log_becomes_numbers(desk: Desk, value: Value, tmp_path: Path) -> None:
    (coming,) = desk.upload(files.queue_log(tmp_path / "queue_log"))
    assert "2 rows are ready." in desk.page(coming)

    coming = desk.start(coming)

    assert account(coming) == (5, 2, 0, 0, 0, 3)
    assert (value("offered"), value("abandoned"), value("talk_time")) == (2, 1, 200)


def test_the_same_file_again_changes_nothing(desk: Desk, value: Value, tmp_path: Path) -> None:
    place = files.csv(tmp_path / "calls.csv", files.contacts(20))
    desk.bring(place)

    again = desk.bring(place)

    assert account(again) == (20, 0, 0, 20, 0, 0)
    assert value("offered") == 20
    assert "Nothing has changed" in desk.page(again)


def test_corrected_rows_replace_and_undo_brings_the_old_ones_back(desk: Desk, value: Value, tmp_path: Path) -> None:
    desk.bring(files.csv(tmp_path / "calls_1.csv", files.contacts(20)))
    corrected = desk.bring(files.csv(tmp_path / "calls_2.csv", files.contacts(20, talk=300)))
    assert account(corrected) == (20, 0, 16, 4, 0, 0)
    assert value("aht") == 330

    assert "16 rows will be again what they were before." in desk.client.get(f"/bring-in/{corrected.pk}/undo/").content.decode()
    desk.undo(corrected)

    corrected.refresh_from_db()
    assert corrected.state == Import.State.UNDONE
    assert (value("offered"), value("aht")) == (20, 230)
    assert "was undone" in desk.page(corrected)


def test_undoing_waits_for_its_turn_and_all_counts_until_then(desk: Desk, value: Value, tmp_path: Path) -> None:
    coming = desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    desk.client.post(f"/bring-in/{coming.pk}/undo/")

    assert "is being undone" in desk.page(coming)
    assert value("offered") == 5
    again = desk.client.post(f"/bring-in/{coming.pk}/undo/", follow=True)
    assert "Is being undone" in again.content.decode()


def test_undoing_that_was_killed_can_be_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    coming = desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    Import.objects.filter(pk=coming.pk).update(phase="undoing")
    assert "5 rows were brought in." in desk.page(coming)
    desk.undo(coming)
    assert "was undone" in desk.page(coming)


def test_it_is_said_why_undoing_did_not_work(desk: Desk, tmp_path: Path) -> None:
    coming = desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    Import.objects.filter(pk=coming.pk).update(failure={"code": "disk_full", "facts": {"path": "/data"}})
    assert "It could not be undone, and all of it still counts." in desk.page(coming)


def test_an_undone_import_can_be_brought_in_again(desk: Desk, value: Value, tmp_path: Path) -> None:
    from floorwalker.web.intake.running import run

    coming = desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    desk.undo(coming)
    assert value("offered") in (0, None)

    response = desk.client.post(f"/bring-in/{coming.pk}/again/")

    fresh = Import.objects.latest("pk")
    assert response["Location"] == f"/bring-in/{fresh.pk}/"
    assert run(fresh.pk).state == Import.State.WHOLE
    assert value("offered") == 5


def test_a_survey_joins_the_contact_that_came_weeks_before(desk: Desk, value: Value, tmp_path: Path) -> None:
    desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(20)), source="pbx")

    answers = {"answer__scale": "1-5"}
    coming = desk.bring(files.csv(tmp_path / "surveys.csv", files.surveys(10)), source="pbx", **answers)

    assert account(coming) == (10, 10, 0, 0, 0, 0)
    assert value("csat") == 0.5


def test_files_of_one_layout_come_in_together(desk: Desk, value: Value, tmp_path: Path) -> None:
    rows = files.contacts(20)
    october = files.csv(tmp_path / "october.csv", rows[:11])
    november = files.csv(tmp_path / "november.csv", [rows[0], *rows[11:]])
    log = files.queue_log(tmp_path / "queue_log")

    made = desk.upload(october, log, november)

    assert [(each.reader, [file.name for file in each.files.all()]) for each in made] == [
        ("spreadsheet", ["october.csv", "november.csv"]),
        ("queue_log", ["queue_log"]),
    ]
    assert desk.start(made[0], answer__time_zone="Europe/Warsaw").count("kept") == 20


def test_what_was_answered_is_not_asked_again(desk: Desk, tmp_path: Path) -> None:
    place = files.csv(tmp_path / "calls.csv", files.contacts(5))
    (first,) = desk.upload(place)
    assert "Which clock showed them?" in desk.page(first)
    desk.start(first, answer__time_zone="Asia/Tehran")

    (second,) = desk.upload(place)

    assert "Which clock showed them?" not in desk.page(second)
    assert SavedMapping.objects.get().mapping["tz"] == "Asia/Tehran"


def test_the_journal_says_who_did_what(desk: Desk, tmp_path: Path) -> None:
    coming = desk.bring(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    desk.undo(coming)

    verbs = Entry.objects.filter(verb__startswith="import.").order_by("pk").values_list("verb", "actor__person__name")
    assert list(verbs) == [("import.started", "Mina"), ("import.brought_in", "Mina"), ("import.undone", "Mina")]


def test_the_background_is_told_of_an_import(desk: Desk, tmp_path: Path) -> None:
    from django_tasks_db.models import DBTaskResult

    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    desk.client.post(f"/bring-in/{coming.pk}/start/", {"answer-time_zone": "Europe/Warsaw"})

    assert DBTaskResult.objects.get().args_kwargs["args"] == [coming.pk]
    assert "as soon as it is its turn" in desk.page(coming)


def test_a_planner_may_bring_contacts_in_but_no_people(as_mateusz: Client, tmp_path: Path) -> None:
    desk = Desk(as_mateusz)
    (contacts,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    assert as_mateusz.post(f"/bring-in/{contacts.pk}/start/", {"answer-time_zone": "UTC"}).status_code == 302

    (people,) = desk.upload(files.csv(tmp_path / "people.csv", files.people()))
    assert as_mateusz.post(f"/bring-in/{people.pk}/start/").status_code == 403
