"""The doctor: what is in order is said, what is wrong is named with its remedy."""

import os
import socket
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.actions import change_site
from floorwalker.web.accounts.models import Site, User
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.intake.tasks import recount
from floorwalker.web.ui.reader import Reader
from floorwalker.web.upkeep import wording
from floorwalker.web.upkeep.checks import State, findings, mend
from floorwalker.web.upkeep.turns import working
from tests.web import small_centre
from tests.web.conftest import Cast

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
LAST = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path / "data"
    (settings.DATA / "secrets").mkdir(parents=True, mode=0o700)
    (settings.DATA / "secrets" / "customers").touch(mode=0o600)
    return settings.DATA  # type: ignore[no-any-return]


def found(now: datetime = NOW) -> dict[str, State]:
    return {each.code: each.state for each in findings(now)}


def test_an_installation_in_order_has_nothing_wrong(cast: Cast) -> None:
    with working():
        states = found()
    assert {code for code, state in states.items() if state is not State.FINE} <= {"translations.look"}
    assert {"python", "data", "records", "migrations", "site", "zone", "accounts", "files", "strays", "sums", "worker"} <= set(
        states
    )


def test_every_finding_can_be_said_in_every_language(cast: Cast) -> None:
    for each in findings(NOW):
        for language in ("en", "pl", "ko", "zh-hant", "zh-hans", "fa"):
            assert "%(" not in wording.finding(each, Reader(language))


def test_a_secret_that_others_can_read_is_named_and_mended(cast: Cast, place: Path) -> None:
    (place / "secrets" / "customers").chmod(0o644)
    assert found()["secret.wrong"] is State.WRONG
    assert "mended.secret" in list(mend(NOW))
    assert found()["secret"] is State.FINE


def test_without_any_account_the_address_of_the_first_one_is_given(cast: Cast) -> None:
    User.objects.update(is_active=False)
    (finding,) = [each for each in findings(NOW) if each.code == "accounts.look"]
    assert "/set-up/" in str(finding.facts["address"])


@pytest.mark.django_db
def test_without_a_site_it_says_how_to_make_one() -> None:
    assert found()["site.wrong"] is State.WRONG


def test_a_zone_that_nobody_knows_is_named(cast: Cast) -> None:
    Site.objects.update(tz="Atlantis/Deep")
    assert found()["zone.wrong"] is State.WRONG


def test_a_missing_file_of_the_warehouse_is_named(cast: Cast, settings: Any) -> None:
    warehouse = open_warehouse(cast.site)
    warehouse.take(1, [small_centre.tables([LAST])])
    assert found()["files"] is State.FINE
    gone = sorted(settings.WAREHOUSE.rglob("*.parquet"))[0]
    gone.unlink()
    (finding,) = [each for each in findings(NOW) if each.code == "files.wrong"]
    assert finding.facts["path"] == str(gone.relative_to(settings.WAREHOUSE))


def test_a_file_that_belongs_to_nothing_is_named_once_it_is_old_and_removed(cast: Cast, settings: Any) -> None:
    open_warehouse(cast.site).take(1, [small_centre.tables([LAST])])
    stray = settings.WAREHOUSE / "leg" / "left-over.parquet"
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left by a killed import")
    now = timezone.now()
    assert found(now)["strays"] is State.FINE
    old = (now - timedelta(days=1)).timestamp()
    os.utime(stray, (old, old))
    assert found(now)["strays.look"] is State.LOOK
    assert "mended.strays" in list(mend(now))
    assert not stray.exists()
    assert found(now)["files"] is State.FINE


def test_sums_under_old_thresholds_are_named_and_counted_again(cast: Cast) -> None:
    open_warehouse(cast.site).take(1, [small_centre.tables([LAST])])
    change_site(cast.site, {"answer_within_s": 30.0})
    assert found()["sums.look"] is State.LOOK
    assert "mended.sums" in list(mend(NOW))
    assert found()["sums"] is State.FINE


def test_tasks_that_nobody_takes_are_named(cast: Cast) -> None:
    recount.enqueue(cast.site.pk)
    assert found(timezone.now())["worker.look"] is State.LOOK
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))
    assert found(timezone.now())["worker.wrong"] is State.WRONG


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def test_a_mail_server_is_tried(cast: Cast, settings: Any) -> None:
    settings.SENDS_MAIL = True
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 9, False
    assert found()["mail.wrong"] is State.WRONG
    settings.EMAIL_PORT = free_port()
    server = Controller(Sink(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        assert found()["mail"] is State.FINE
    finally:
        server.stop()


def test_it_is_said_that_backups_leave_uploads_out(cast: Cast) -> None:
    assert "uploads" not in found()
    coming = Import.objects.create(site=cast.site, reader=Import.Reader.SPREADSHEET, source="calls")
    coming.files.create(name="calls.csv", stored="1/0", sha256="0")
    assert found()["uploads"] is State.FINE


def test_debugging_is_worth_a_look(cast: Cast, settings: Any) -> None:
    settings.DEBUG = True
    assert found()["debug.look"] is State.LOOK
