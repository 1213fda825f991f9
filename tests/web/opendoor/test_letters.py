"""Mails about an open door: to each in their own language, none twice, none lost, read at a real mail server."""

import re
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from icalendar import Calendar, Event

from floorwalker.web.accounts.models import User
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars.mailing import send as send_invitation
from floorwalker.web.opendoor.actions import book, close_door
from floorwalker.web.opendoor.letters import TOO_OLD, send_waiting
from floorwalker.web.opendoor.models import Opening, Slot
from tests.web.conftest import Cast
from tests.web.opendoor.conftest import NOW

As = Callable[[str], Viewer]


class MailServer:
    """Keeps each mail that it takes; refuses everything while it is `closed`."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.closed = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.closed:
            return "451 come back later"
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"

    def to(self, name: str) -> list[EmailMessage]:
        return [each for each in self.taken if each["To"] == f"{name.lower()}@vistula.example"]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    keeps = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = Controller(keeps, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    settings.SENDS_MAIL = True
    yield keeps
    controller.stop()


def test_an_announcement_reaches_everybody_in_their_own_language(cast: Cast, opening: Opening, mail_server: MailServer) -> None:
    User.objects.filter(person__name="Nasrin").update(language="fa")
    User.objects.filter(person__name="Zofia").update(language="pl")
    assert send_waiting(NOW) is None
    assert len(mail_server.taken) == 10
    (omid,), (nasrin,), (zofia,) = (mail_server.to(name) for name in ("Omid", "Nasrin", "Zofia"))
    assert omid["Subject"] == "Open door with Mina, Tuesday, 6 March 2035"
    assert f"/time/open-door/{opening.pk}/" in omid.get_content()
    assert "۱۵ اسفند ۱۴۱۳" in nasrin["Subject"]
    assert re.search("wtorek, 6 marca 2035", zofia.get_content())


def test_no_letter_goes_twice(opening: Opening, mail_server: MailServer) -> None:
    send_waiting(NOW)
    send_waiting(NOW)
    assert len(mail_server.taken) == 10


def test_what_the_server_refuses_is_sent_later(opening: Opening, mail_server: MailServer) -> None:
    mail_server.closed = True
    assert send_waiting(NOW) == 1
    assert send_waiting(NOW) == 2
    mail_server.closed = False
    assert send_waiting(NOW) is None
    assert len(mail_server.taken) == 10


def test_a_letter_that_has_become_old_news_stays_unsent(opening: Opening, mail_server: MailServer) -> None:
    assert send_waiting(NOW + TOO_OLD + timedelta(minutes=1)) is None
    assert mail_server.taken == []


def test_host_and_guest_get_an_invitation_in_which_each_reads_the_other(
    cast: Cast, viewer: As, slots: list[Slot], mail_server: MailServer
) -> None:
    booking = book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)
    assert booking.placed is not None
    for guest in booking.placed.guests.all():
        send_invitation(guest, NOW)
    events = {name: invitation(mail_server.to(name)[-1]) for name in ("Omid", "Mina")}
    assert {name: str(event["summary"]) for name, event in events.items()} == {
        "Omid": "Open door with Mina",
        "Mina": "Open door: Omid",
    }
    assert {(event.start, event["class"], event["transp"]) for event in events.values()} == {
        (slots[1].starts_at, "PRIVATE", "OPAQUE")
    }


def test_a_note_goes_with_a_door_called_off(
    cast: Cast, viewer: As, opening: Opening, slots: list[Slot], mail_server: MailServer
) -> None:
    book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)
    close_door(opening, "Fire drill", viewer("Mina"), NOW)
    send_waiting(NOW)
    last = mail_server.to("Omid")[-1]
    assert last["Subject"] == "Called off: open door with Mina, Tuesday, 6 March 2035"
    assert "Fire drill" in last.get_content()


def test_no_letter_names_a_guest_to_anybody_else(cast: Cast, viewer: As, slots: list[Slot], mail_server: MailServer) -> None:
    book(slots[1], cast.person("Omid"), viewer("Omid"), NOW)
    send_waiting(NOW)
    others = [each for each in mail_server.taken if each not in mail_server.to("Omid")]
    assert len(others) == 9
    assert [each["To"] for each in others if "Omid" in each.as_string() or "omid" in each.get_content()] == []


def invitation(letter: EmailMessage) -> Event:
    """The event inside an invitation."""
    part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_content()).events[0]
