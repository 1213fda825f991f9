"""Real calendars to place time in: a Radicale server in a process of its own, and a mail server that reads each invitation."""

import base64
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from caldav.collection import Calendar as Shelf
from caldav.davclient import DAVClient
from icalendar import Calendar

from floorwalker.web.accounts.rules import Viewer, viewer_of
from floorwalker.web.calendars.delivering import deliver
from floorwalker.web.calendars.models import Delivery
from tests.web.conftest import Cast

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
NAME, SECRET = "laleh", "a calendar's own password"


@dataclass
class Post:
    """A mail server that keeps what it got. `refuses` is what it answers to a recipient, when it refuses."""

    got: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.got.append(message)
        return "250 OK"

    def invitations(self) -> list[tuple[EmailMessage, Calendar]]:
        """Each mail with its calendar part."""
        return [(mail, Calendar.from_ical(calendar_part(mail).get_content())) for mail in self.got]


def calendar_part(mail: EmailMessage) -> Any:
    return next(part for part in mail.walk() if part.get_content_type() == "text/calendar")


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """Mail goes to a real server on this machine."""
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=_free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.SENDS_MAIL = "127.0.0.1", True
    settings.EMAIL_PORT = server.port
    settings.DEFAULT_FROM_EMAIL = "Floorwalker <desk@vistula.example>"
    yield handler
    server.stop()


@dataclass(frozen=True)
class Server:
    """A CalDAV server with one account and one calendar."""

    account: str
    calendar: str

    def second_client(self) -> Shelf:
        """The same calendar as another program of its owner sees it."""
        return Shelf(
            client=DAVClient(url=self.account, username=NAME, password=SECRET, enable_rfc6764=False), url=self.calendar
        )


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _asked(address: str, method: str, body: str = "") -> int:
    key = base64.b64encode(f"{NAME}:{SECRET}".encode()).decode()
    request = urllib.request.Request(  # noqa: S310
        address, body.encode(), {"Authorization": f"Basic {key}", "Content-Type": "application/xml"}, method=method
    )
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        status: int = answer.status
        return status


MAKE_CALENDAR = """<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop><resourcetype>
<collection/><C:calendar/></resourcetype><displayname>Laleh</displayname></prop></set></mkcol>"""


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Radicale."""
    place, port = tmp_path_factory.mktemp("radicale"), _free_port()
    (place / "users").write_text(f"{NAME}:{SECRET}\n")
    command = [sys.executable, "-m", "radicale", "--hosts", f"127.0.0.1:{port}", "--auth-type", "htpasswd"]
    command += ["--auth-htpasswd-filename", str(place / "users"), "--auth-htpasswd-encryption", "plain", "--auth-delay", "0"]
    command += ["--storage-filesystem-folder", str(place / "collections"), "--logging-level", "warning"]
    running = subprocess.Popen(command)
    for _try in range(100):
        try:
            _asked(f"http://127.0.0.1:{port}/", "OPTIONS")
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://127.0.0.1:{port}/"
    running.terminate()
    running.wait(timeout=10)


@pytest.fixture
def server(radicale: str, tmp_path: Path) -> Server:
    """An empty calendar of Laleh's."""
    name = tmp_path.name.replace("[", "").replace("]", "")
    calendar = f"{radicale}{NAME}/{name}/"
    _asked(calendar, "MKCOL", MAKE_CALENDAR)
    return Server(f"{radicale}{NAME}/", calendar)


@pytest.fixture
def laleh(cast: Cast) -> Viewer:
    return viewer_of(cast.user("Laleh"), cast.site, NOW.date())


@pytest.fixture
def carry() -> Callable[..., list[datetime | None]]:
    """What the worker does at a given time: every delivery tried once."""

    def carried(now: datetime = NOW) -> list[datetime | None]:
        return [deliver(pk, now) for pk in Delivery.objects.order_by("pk").values_list("pk", flat=True)]

    return carried
