"""Answers to mailed invitations, read from a real mailbox."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from imaplib import IMAP4
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.calendars import actions
from floorwalker.web.calendars.answers import answers_in, read_answers
from floorwalker.web.calendars.invitation import uid_of
from floorwalker.web.calendars.models import Delivery, Placed
from tests.web.calendars.conftest import NOW, Post, _free_port
from tests.web.conftest import Cast

Carry = Callable[..., list[datetime | None]]
MONDAY = datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
LATER = NOW + timedelta(hours=1)
NAME, SECRET = "desk", "a mailbox's own password"


@pytest.fixture(scope="module")
def imap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real IMAP server with one mailbox."""
    port = _free_port()
    command = [Path(sys.executable).with_name("pymap"), "--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service"]
    command += ["admin", "--no-service", "managesieve", "dict", "--demo-data", "--demo-user", NAME, "--demo-password", SECRET]
    running = subprocess.Popen(command, cwd=tmp_path_factory.mktemp("pymap"))
    for _try in range(100):
        try:
            IMAP4("127.0.0.1", port, timeout=5).logout()
            break
        except OSError:
            time.sleep(0.1)
    else:
        pytest.fail("The IMAP server did not start within ten seconds.")
    yield port
    running.terminate()
    running.wait(timeout=10)


@pytest.fixture
def mailbox(imap: int, settings: Any) -> Iterator[IMAP4]:
    settings.READS_ANSWERS, settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_USE_TLS = True, "127.0.0.1", imap, False
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = NAME, SECRET, "INBOX"
    with IMAP4("127.0.0.1", imap, timeout=5) as box:
        box.login(NAME, SECRET)
        box.select("INBOX")
        yield box
        box.store("1:*", "+FLAGS", r"(\Deleted)")
        box.expunge()


def reply(placed: Placed, said: str, who: str = "laleh@vistula.example", more: str = "") -> bytes:
    """What a mail program sends when somebody presses a button under an invitation."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid_of(placed)}"]
    lines += [f"SEQUENCE:{placed.sequence}", "DTSTAMP:20261125T080000Z", "DTSTART:20261130T090000Z", more]
    lines += [f"ATTENDEE;PARTSTAT={said}:mailto:{who}", "END:VEVENT", "END:VCALENDAR", ""]
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Re", who, "desk@vistula.example"
    letter.set_content("An answer.")
    letter.add_alternative("\r\n".join(line for line in lines if line), subtype="calendar", params={"method": "REPLY"})
    return bytes(letter)


def arrives(mailbox: IMAP4, letter: bytes) -> None:
    mailbox.append("INBOX", "()", time.time(), letter)


def unread(mailbox: IMAP4) -> int:
    mailbox.noop()
    return len(mailbox.search(None, "UNSEEN", "TEXT", "vistula.example")[1][0].split())


@pytest.fixture
def block(laleh: Viewer, post: Post, carry: Carry) -> Placed:
    placed = actions.place("unplanned", MONDAY, 90, [laleh.user], laleh, NOW, weekdays=(0, 1))
    carry()
    return placed


def test_whoever_declines_is_asked_and_whoever_accepts_is_noted(
    block: Placed, mailbox: IMAP4, as_laleh: Client, carry: Carry, post: Post
) -> None:
    arrives(mailbox, reply(block, "DECLINED", who="Laleh@Vistula.example"))
    assert (read_answers(LATER), read_answers(LATER), unread(mailbox)) == (1, 0, 0)
    page = as_laleh.get("/me/calendar/").content.decode()
    assert "You declined the invitation by mail" in page
    assert "Put it back into my calendar" in page
    assert not Placed.objects.get().is_cancelled

    as_laleh.post(f"/me/calendar/{block.pk}/put-back/")
    carry(datetime.now(NOW.tzinfo) + timedelta(seconds=1))
    assert (len(post.got), Delivery.objects.get().found) == (2, "")
    arrives(mailbox, reply(block, "ACCEPTED"))
    assert read_answers(LATER) == 1
    assert "Invitation by mail: you accepted it on" in as_laleh.get("/me/calendar/").content.decode()


def test_one_declined_day_of_a_block_of_ones_own_is_left_out(block: Placed, mailbox: IMAP4) -> None:
    arrives(mailbox, reply(block, "DECLINED", more="RECURRENCE-ID;TZID=Europe/Warsaw:20261207T100000"))
    assert read_answers(LATER) == 1
    assert Placed.objects.get().skipped == ["2026-12-07"]


def test_what_is_no_answer_of_a_guest_to_what_stands_now_changes_nothing_and_stays_unread(
    cast: Cast, laleh: Viewer, block: Placed, mailbox: IMAP4
) -> None:
    old = reply(block, "DECLINED")
    actions.move(block, MONDAY + timedelta(hours=1), 90, laleh, NOW, weekdays=(0, 1))
    for letter in (
        old,
        reply(Placed.objects.get(), "DECLINED", who="omid@vistula.example"),
        b"Subject: vistula.example\r\n\r\nHello",
    ):
        arrives(mailbox, letter)
    assert (read_answers(LATER), Delivery.objects.get().found, unread(mailbox)) == (0, "", 3)


def test_a_mailbox_that_is_down_or_refuses_is_read_later(block: Placed, mailbox: IMAP4, settings: Any) -> None:
    arrives(mailbox, reply(block, "DECLINED"))
    port, settings.IMAP_PORT = settings.IMAP_PORT, 1
    assert read_answers(LATER) == 0
    settings.IMAP_PORT, settings.IMAP_PASSWORD = port, "another"
    assert read_answers(LATER) == 0
    settings.IMAP_PASSWORD = SECRET
    assert read_answers(LATER) == 1


@pytest.mark.parametrize(
    "text", ["", "BEGIN:VCALENDAR", "no calendar", "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x\r\n"]
)
def test_an_answer_that_cannot_be_read_is_none(text: str) -> None:
    letter = EmailMessage()
    letter.set_content("An answer.")
    letter.add_alternative(text, subtype="calendar")
    assert answers_in(bytes(letter)) == []
