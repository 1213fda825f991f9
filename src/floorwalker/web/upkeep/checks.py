"""What `floorwalker doctor` looks at: each check finds one thing in order, to be looked at, or wrong."""

import os
import shutil
import smtplib
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.mail import get_connection
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django_tasks_db.models import DBTaskResult

from floorwalker.web.accounts.actions import setup_key
from floorwalker.web.accounts.models import Membership, Role, Site, User
from floorwalker.web.accounts.ways_in import is_configured
from floorwalker.web.intake.manifest import DatabaseManifest
from floorwalker.web.intake.models import ImportFile
from floorwalker.web.intake.queries import open_warehouse
from floorwalker.web.upkeep.turns import is_worker_running

OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 1 << 30
STAGED_AT_MOST = timedelta(hours=6)
WAITS_AT_MOST = timedelta(minutes=5)
SMTP_TIMEOUT_S = 5


class State(Enum):
    """How a thing was found."""

    FINE = "fine"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `code` and `facts` become sentences in wording.py: what is, and how to mend it."""

    code: str
    state: State
    facts: Mapping[str, str | int] = field(default_factory=dict)


def findings(now: datetime) -> Iterator[Finding]:
    """Everything that is looked at, one after the other; what needs the records is left out while they cannot be read."""
    yield from _python()
    yield from _data_directory()
    yield from _secrets()
    yield from _space()
    yield from _translations()
    yield from _mail()
    yield from _company()
    yield from _debugging()
    reached = list(_records())
    yield from reached
    if all(each.state is State.FINE for each in reached):
        yield from _site()
        yield from _accounts()
        yield from _break_glass(now.date())
        yield from _warehouse(now)
        yield from _uploads()
        yield from _worker(now)


def _finding(code: str, is_fine: bool, /, otherwise: State = State.WRONG, **facts: str | int) -> Finding:
    return Finding(code, State.FINE, facts) if is_fine else Finding(f"{code}.{otherwise.value}", otherwise, facts)


def _python() -> Iterator[Finding]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    yield _finding("python", sys.version_info[:2] >= OLDEST_PYTHON, found=found)


def _data_directory() -> Iterator[Finding]:
    for code, place in (("data", settings.DATA), ("warehouse_directory", settings.WAREHOUSE)):
        known = place if place.exists() else place.parent
        yield _finding(code, os.access(known, os.W_OK | os.X_OK), path=str(place))


def _secrets() -> Iterator[Finding]:
    open_to_others = [file for file in _secret_files() if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    for file in open_to_others:
        yield Finding("secret.wrong", State.WRONG, {"path": str(file)})
    if not open_to_others:
        yield Finding("secret", State.FINE)


def _secret_files() -> list[Path]:
    place = settings.DATA / "secrets"
    return sorted(place.iterdir()) if place.is_dir() else []


def _space() -> Iterator[Finding]:
    known = settings.DATA if settings.DATA.exists() else settings.DATA.parent
    free = shutil.disk_usage(known).free
    yield _finding("space", free >= LEAST_FREE_BYTES, path=str(settings.DATA), megabytes=free >> 20)


def _translations() -> Iterator[Finding]:
    web = Path(__file__).parent.parent
    missing = [file for file in sorted(web.glob("*/locale/*/LC_MESSAGES/*.po")) if not _is_compiled(file)]
    yield _finding("translations", not missing, State.LOOK, count=len(missing), path=str(missing[0]) if missing else "")


def _is_compiled(file: Path) -> bool:
    compiled = file.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= file.stat().st_mtime


def _mail() -> Iterator[Finding]:
    if not settings.SENDS_MAIL:
        yield Finding("mail.none", State.FINE)
        return
    facts = {"host": settings.EMAIL_HOST, "port": str(settings.EMAIL_PORT)}
    try:
        server = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=SMTP_TIMEOUT_S)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        yield Finding("mail.wrong", State.WRONG, {**facts, "reason": str(error)})
    else:
        yield Finding("mail", State.FINE, facts)


def _company() -> Iterator[Finding]:
    """The company's own sign-in, where one is set."""
    facts = {"issuer": settings.SSO_ISSUER}
    if not is_configured():
        if settings.SSO_ISSUER or settings.SSO_CLIENT or settings.SSO_ONLY:
            yield Finding("company.half", State.WRONG)
        return
    from floorwalker.web.accounts import company

    try:
        found = company.discovery()
        missing = [name for name in company.NEEDED if not found.get(name)]
    except company.UNREACHABLE as error:
        yield Finding("company.wrong", State.WRONG, {**facts, "reason": str(error)})
    except company.NOT_UNDERSTOOD as error:
        yield Finding("company.strange", State.WRONG, {**facts, "reason": str(error)})
    else:
        if missing:
            yield Finding("company.lacks", State.WRONG, {**facts, "missing": ", ".join(missing)})
        else:
            yield Finding("company", State.FINE, {**facts, "address": company.callback_address()})


def _break_glass(on: date) -> Iterator[Finding]:
    """Where passwords are switched off, an administrator must still come in when the company's sign-in is down."""
    if not (settings.SSO_ONLY and is_configured()):
        return
    admins = Membership.objects.on(on).filter(role=Role.ADMIN, person__user__is_active=True)
    accounts = User.objects.filter(email__in=settings.BREAK_GLASS, person__memberships__in=admins)
    yield _finding("break_glass", any(each.has_usable_password() for each in accounts), State.LOOK)


def _debugging() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding("debug.look", State.LOOK)


def _records() -> Iterator[Finding]:
    facts = {"engine": connection.vendor}
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        yield Finding("records.wrong", State.WRONG, {**facts, "reason": str(error).strip()})
        return
    yield Finding("records", State.FINE, facts)
    yield _finding("migrations", not waiting, count=len(waiting))


def _site() -> Iterator[Finding]:
    sites = list(Site.objects.order_by("pk"))
    yield _finding("site", bool(sites), name=sites[0].name if sites else "")
    for site in sites:
        yield _finding("zone", _is_zone(site.tz), zone=site.tz, name=site.name)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _accounts() -> Iterator[Finding]:
    address = f"{settings.BASE_URL.rstrip('/')}/set-up/{setup_key()}/"
    count = User.objects.filter(is_active=True).count()
    yield _finding("accounts", bool(count), State.LOOK, count=count, address=address)


def _warehouse(now: datetime) -> Iterator[Finding]:
    known = DatabaseManifest().referenced()
    missing = sorted(path for path in known if not (settings.WAREHOUSE / path).exists())
    yield _finding("files", not missing, count=len(known), missing=len(missing), path=missing[0] if missing else "")
    left = list(_strays(known, now - STAGED_AT_MOST))
    yield _finding("strays", not left, State.LOOK, count=len(left), path=str(left[0]) if left else "")
    yield _finding("sums", not open_warehouse().stale, State.LOOK)


def _uploads() -> Iterator[Finding]:
    if count := ImportFile.objects.exclude(stored="").count():
        yield Finding("uploads", State.FINE, {"count": count})


def _strays(known: frozenset[str], before: datetime) -> Iterator[Path]:
    """Files that nothing refers to, older than any import that may be under way."""
    for folder, _, names in os.walk(settings.WAREHOUSE):
        for name in names:
            file = Path(folder) / name
            inside = file.relative_to(settings.WAREHOUSE)
            if len(inside.parts) > 1 and str(inside) not in known and file.stat().st_mtime < before.timestamp():
                yield file


def _worker(now: datetime) -> Iterator[Finding]:
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WAITS_AT_MOST).count()
    if waiting:
        yield Finding("worker.wrong", State.WRONG, {"count": waiting})
    else:
        yield _finding("worker", is_worker_running(), State.LOOK)


def mend(now: datetime) -> Iterator[str]:
    """Puts right what can be put right without a question; the codes of what was done."""
    for file in _secret_files():
        if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            file.chmod(0o600)
            yield "mended.secret"
    warehouse = open_warehouse()
    if warehouse.sweep(now - STAGED_AT_MOST):
        yield "mended.strays"
    if warehouse.stale:
        warehouse.rebuild()
        yield "mended.sums"
