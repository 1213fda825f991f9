"""Whatever is dropped, a clear sentence comes back, and nothing half-visible stays."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from floorwalker.web.intake.models import Import, WarehousePart
from floorwalker.web.intake.uploads import folder_of, place_of, safe_name
from tests.web.intake import files
from tests.web.intake.conftest import Desk

BAD = {
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\n\n \n", "is empty"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "looks like a picture"),
    "noise.csv": (bytes(range(256)) * 40, "is not a table"),
    "header.csv": (b"Start time,Queue,Talk (s)\n", "no rows below"),
    "broken.xlsx": (b"PK\x03\x04" + b"\x00" * 400, "damaged"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_unreadable_file_is_named_with_what_to_do(desk: Desk, tmp_path: Path, name: str) -> None:
    content, sentence = BAD[name]
    place = tmp_path / name
    place.write_bytes(content)

    (coming,) = desk.upload(place)

    page = desk.page(coming)
    assert coming.state == Import.State.FAILED
    assert sentence in page
    assert name in page
    assert not WarehousePart.objects.exists()


def rows_with(change: Callable[[list[list[str]]], None]) -> list[list[str]]:
    rows = [list(row) for row in files.contacts(10)]
    change(rows)
    return rows


ODD: dict[str, tuple[Callable[[list[list[str]]], None], int]] = {
    "two columns of one name": (lambda rows: rows[0].__setitem__(8, "Agent"), 10),
    "ten megabytes in one cell": (lambda rows: rows[3].__setitem__(3, "x" * 10_000_000), 9),
    "a negative duration": (lambda rows: rows[3].__setitem__(5, "-200"), 9),
    "an absurd duration": (lambda rows: rows[3].__setitem__(5, "900000"), 10),
    "a date of another form": (lambda rows: rows[3].__setitem__(1, "02.11.2026 08:06:00"), 9),
    "a last line that breaks off": (lambda rows: rows.__setitem__(10, rows[10][:3]), 9),
    "a formula": (lambda rows: rows[3].__setitem__(3, "=1+1"), 10),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_row_does_not_stop_the_others(desk: Desk, tmp_path: Path, name: str) -> None:
    change, at_least = ODD[name]
    coming = desk.bring(files.csv(tmp_path / "calls.csv", rows_with(change)), answer__unanswered="unknown")

    assert coming.state == Import.State.WHOLE
    assert coming.count("kept") >= at_least
    assert coming.count("read") == sum(coming.count(each) for each in ("kept", "updated", "unchanged", "refused", "aside"))
    page = desk.page(coming)
    assert "Refused rows" in page or coming.count("refused") == 0


def test_a_file_larger_than_the_site_takes_is_refused(desk: Desk, tmp_path: Path, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    place = files.csv(tmp_path / "calls.csv", files.contacts(200))

    with place.open("rb") as file:
        response = desk.client.post("/bring-in/", {"files": [file]}, follow=True)

    assert "larger than the 0 MB" in response.content.decode()
    assert not Import.objects.exists()


def test_without_a_file_the_page_says_so(desk: Desk) -> None:
    response = desk.client.post("/bring-in/", {}, follow=True)
    assert "No file was chosen." in response.content.decode()


def test_a_disk_that_is_full_leaves_nothing_visible(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: Callable[[str], float | None]
) -> None:
    from floorwalker.warehouse import warehouse
    from floorwalker.warehouse.files import WarehouseFault

    def full(*_facts: object, **_named: object) -> None:
        raise WarehouseFault("disk_full", path="/somewhere")

    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    with monkeypatch.context() as patched:
        patched.setattr(warehouse.Import, "commit", full)
        coming = desk.start(coming, answer__time_zone="UTC")

    assert coming.state == Import.State.FAILED
    assert "The disk is full." in desk.page(coming)
    assert value("offered") in (0, None)
    desk.client.post(f"/bring-in/{coming.pk}/again/")
    from floorwalker.web.intake.running import run

    assert run(coming.pk).state == Import.State.WHOLE
    assert value("offered") == 5


def test_a_file_that_is_gone_says_so(desk: Desk, tmp_path: Path) -> None:
    (coming,) = desk.upload(files.csv(tmp_path / "calls.csv", files.contacts(5)))
    place_of(coming.files.get()).unlink()

    assert "is not on the server any more" in desk.page(coming)
    assert desk.client.post(f"/bring-in/{coming.pk}/start/", {}, follow=True).status_code == 200


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b\\c.csv", "=cmd.csv", "گزارش.csv", "x" * 300 + ".csv", "..", ""])
def test_a_name_never_leads_out_of_the_uploads(desk: Desk, name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert "/" not in safe
    assert not safe.startswith((".", "-", "="))
    assert len(safe) <= 111


def test_the_name_of_an_upload_is_shown_and_not_obeyed(desk: Desk, tmp_path: Path) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = files.csv(tmp_path / "calls.csv", files.contacts(5)).read_bytes()
    desk.client.post("/bring-in/", {"files": [SimpleUploadedFile("<b>calls</b>.csv", content)]})

    coming = Import.objects.get()
    assert place_of(coming.files.get()).is_relative_to(folder_of(coming.pk))
    assert "<b>calls</b>" not in desk.page(coming)


def test_a_stranger_cannot_upload(stranger: Client, tmp_path: Path) -> None:
    with files.csv(tmp_path / "calls.csv", files.contacts(5)).open("rb") as file:
        response = stranger.post("/bring-in/", {"files": [file]})
    assert response["Location"].startswith("/sign-in/")
    assert not Import.objects.exists()
