"""One file holds everything; from it everything is made again, or nothing is changed."""

import io
import json
import tarfile
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from floorwalker.core.measures import Question
from floorwalker.web.accounts.models import Person, Team, User
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.journal.models import Entry
from floorwalker.web.upkeep.archive import CHECKSUMS
from floorwalker.web.upkeep.backup import back_up, own_tables
from floorwalker.web.upkeep.restore import NotRestored, restore
from floorwalker.web.upkeep.turns import working
from tests.web import small_centre
from tests.web.conftest import Cast

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
LAST = date(2026, 11, 21)
A_DAY = 160  # forty quarters, four contacts each

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(settings: Any, tmp_path: Path) -> Path:
    """A data directory with secrets."""
    settings.DATA = tmp_path / "data"
    (settings.DATA / "secrets").mkdir(parents=True)
    (settings.DATA / "secrets" / "customers").write_text("never lose me")
    return tmp_path


@pytest.fixture
def centre(place: Path, cast: Cast) -> Cast:
    """The cast, a second factor of Laleh's, and one Saturday of contacts."""
    Authenticator.objects.create(user=cast.user("Laleh"), type="totp", data={"secret": "sealed"})
    open_warehouse(cast.site).take(1, [small_centre.tables([LAST])])
    return cast


def offered() -> float | None:
    return open_warehouse().answer(Question(("offered",))).value("offered")


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in own_tables()}


def forget_everything(settings: Any) -> None:
    """As on a machine where Floorwalker was just installed."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)
    settings.WAREHOUSE = settings.WAREHOUSE.with_name("another-warehouse")
    for secret in (settings.DATA / "secrets").iterdir():
        secret.unlink()


def test_everything_comes_back_on_an_empty_machine(centre: Cast, place: Path, settings: Any) -> None:
    before = everything()
    kept = back_up(place / "monday.tar", NOW)
    forget_everything(settings)
    restored = restore(place / "monday.tar", force=False)
    assert (restored.records, restored.files) == (kept.records, kept.files)
    after = everything()
    assert {name: rows for name, rows in after.items() if name != "journal.Entry"} == {
        name: rows for name, rows in before.items() if name != "journal.Entry"
    }
    assert offered() == A_DAY
    assert (settings.DATA / "secrets" / "customers").read_text() == "never lose me"
    assert (settings.DATA / "secrets" / "customers").stat().st_mode & 0o077 == 0
    assert Client().post("/sign-in/", {"username": "omid@vistula.example", "password": "seven quiet peaks"}).status_code == 302


def test_what_came_after_the_backup_is_gone_and_new_records_get_free_numbers(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    Team.objects.create(site=centre.site, name="Night")
    Person.objects.filter(name="Omid").update(name="Changed")
    open_warehouse(centre.site).take(2, [small_centre.tables([date(2026, 11, 20)])])
    Client().force_login(centre.user("Mina"))
    restore(place / "monday.tar", force=True)
    assert set(Team.objects.values_list("name", flat=True)) == {"Billing", "Support"}
    assert Person.objects.filter(name="Omid").exists()
    assert offered() == A_DAY
    assert not Session.objects.exists()
    assert Team.objects.create(site=centre.site, name="Later").pk > 0
    assert set(Entry.objects.values_list("verb", flat=True)) == {"backup.restored"}


def test_data_that_is_here_is_not_replaced_without_being_told_to(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    with pytest.raises(NotRestored, match="not_empty"):
        restore(place / "monday.tar", force=False)


def test_nothing_is_restored_under_a_running_worker(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    with working(), pytest.raises(NotRestored, match="still_running"):
        restore(place / "monday.tar", force=True)


def test_a_backup_is_for_its_owner_only_and_appears_whole(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    assert (place / "monday.tar").stat().st_mode & 0o077 == 0
    assert not list(place.glob("*.part"))
    assert Entry.objects.get(verb="backup.made").thing == "monday.tar"


def test_every_table_of_ours_is_in_it_but_what_is_stale_tomorrow(centre: Cast) -> None:
    ours = [
        model for config in apps.get_app_configs() if config.name.startswith("floorwalker.") for model in config.get_models()
    ]
    assert {model._meta.label for model in ours} - {model._meta.label for model in own_tables()} == {"accounts.FailedSignIn"}


def changed(archive: Path, **changes: bytes | None) -> Path:
    """A copy of an archive with members replaced, left out (None) or added, and nothing else touched."""
    goal = archive.with_name("changed.tar")
    with tarfile.open(archive) as old, tarfile.open(goal, "w") as new:
        for member in old:
            content = changes.pop(member.name, b"unchanged")
            if content == b"unchanged":
                new.addfile(member, old.extractfile(member))
            elif content is not None:
                _add(new, member.name, content)
        for name, content in changes.items():
            _add(new, name, content or b"")
    return goal


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def member(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as tar:
        content = tar.extractfile(name)
        assert content is not None
        return content.read()


def damages(archive: Path) -> Iterator[tuple[str, Path]]:
    """Archives that must not be trusted, each with the code that says why."""
    about = json.loads(member(archive, "about.json"))
    with tarfile.open(archive) as tar:
        parquet = next(name for name in tar.getnames() if name.startswith("warehouse/"))
    yield "changed_member", changed(archive, **{parquet: b"other bytes"})
    yield "changed_member", changed(archive, **{parquet: None})
    yield "changed_member", changed(archive, **{"records/strange.jsonl": b"{}"})
    yield "cut_short", changed(archive, **{CHECKSUMS: None})
    yield "newer_format", changed(archive, **{"about.json": json.dumps({**about, "format": 99}).encode()})
    yield "strange_member", changed(archive, **{"../outside": b"x"})
    yield "strange_member", changed(archive, **{"warehouse/../../outside": b"x"})
    yield "strange_member", changed(archive, **{"/etc/outside": b"x"})
    with tarfile.open(archive) as tar:
        end_of_a_member = tar.getmembers()[3].offset
        within_a_member = tar.getmember(parquet).offset_data + 10
    half = archive.with_name("half.tar")
    half.write_bytes(archive.read_bytes()[:end_of_a_member])
    yield "cut_short", half
    torn = archive.with_name("torn.tar")
    torn.write_bytes(archive.read_bytes()[:within_a_member])
    yield "no_archive", torn
    text = archive.with_name("text.tar")
    text.write_text("not an archive")
    yield "no_archive", text
    yield "no_file", archive.with_name("nowhere.tar")


def test_a_damaged_backup_changes_nothing_and_is_named(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    before, files = everything(), sorted(file.name for file in place.rglob("*.parquet"))
    for code, archive in damages(place / "monday.tar"):
        with pytest.raises(NotRestored) as refused:
            restore(archive, force=True)
        assert refused.value.code == code
        assert everything() == before
        assert sorted(file.name for file in place.rglob("*.parquet")) == files
    assert offered() == A_DAY
    assert not (place / "outside").exists()


def sealed(archive: Path, **changes: bytes) -> Path:
    """An archive changed on purpose, with fitting checksums: as another version might have written it."""
    import hashlib

    sums = json.loads(member(archive, CHECKSUMS))
    sums.update({name: hashlib.sha256(content).hexdigest() for name, content in changes.items()})
    return changed(archive, **changes, **{CHECKSUMS: json.dumps(sums).encode()})


def test_a_backup_of_a_later_version_is_refused(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    about = json.loads(member(place / "monday.tar", "about.json"))
    about["migrations"]["accounts"].append("9999_from_the_future")
    with pytest.raises(NotRestored, match="newer_version"):
        restore(sealed(place / "monday.tar", **{"about.json": json.dumps(about).encode()}), force=True)


def test_unreadable_records_leave_everything_as_it_was(centre: Cast, place: Path) -> None:
    back_up(place / "monday.tar", NOW)
    before = everything()
    with pytest.raises(NotRestored, match="records_unreadable"):
        restore(sealed(place / "monday.tar", **{"records/accounts.team.jsonl": b"{not json\n"}), force=True)
    assert everything() == before
    assert offered() == A_DAY


def test_a_backup_taken_while_imports_come_in_holds_whole_imports_only(centre: Cast, place: Path) -> None:
    days = [date(2026, 11, day) for day in (20, 19, 18, 17)]

    def bring_in() -> None:
        for number, day in enumerate(days, 2):
            open_warehouse(centre.site).take(number, [small_centre.tables([day])])
        connection.close()

    importing = threading.Thread(target=bring_in)
    importing.start()
    archives = [place / f"{number}.tar" for number in range(3)]
    for archive in archives:
        back_up(archive, NOW)
    importing.join()
    for archive in archives:
        restore(archive, force=True)
        assert (offered() or 0) % A_DAY == 0
        assert User.objects.count() == len(centre.users)
