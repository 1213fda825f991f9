"""The digest by mail: at most three changes, in the reader's language, through a real mail server, and never twice."""

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client

from floorwalker.web.changes.letters import send_due
from floorwalker.web.changes.models import DigestChoice, Round, Watch
from tests.web.changes.conftest import BILLING, LAST, NOW, made
from tests.web.conftest import Cast

MONDAY = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)


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


@pytest.fixture
def centre(cast: Cast) -> Cast:
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34)
    made(cast)
    for measure, queue, kind in (("csat", "Moves", "early"), ("asa", "Chat", "blip"), ("transfer_rate", "E-mail", "blip")):
        day = date(2026, 11, 19)
        share = {"size": 0.08, "size_low": 0.06, "size_high": 0.1, "usual": 0.1} if measure != "asa" else {}
        made(cast, measure=measure, queue=queue, kind=kind, onset=day, until=None if kind == "early" else day, **share)
    return cast


def choice(cast: Cast, name: str, often: str, language: str = "en", sent_for: date | None = None) -> DigestChoice:
    user = cast.user(name)
    user.language = language
    user.save()
    return DigestChoice.objects.create(user=user, often=often, sent_for=sent_for)


def texts(mail: EmailMessage) -> tuple[str, str]:
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content().replace("\u2068", "").replace("\u2069", ""), html.get_content()


def test_it_tells_three_changes_and_what_to_leave_alone(centre: Cast, mail_server: MailServer) -> None:
    choice(centre, "Mina", "daily")
    assert send_due(centre.site, MONDAY) == 1
    (mail,) = mail_server.taken
    text, html = texts(mail)
    assert mail["To"] == "mina@vistula.example"
    assert "Each Billing contact takes 38 seconds longer since 12 November" in text
    assert text.count("/changes/") == 3 + 2
    told, left = text.split("Leave these alone:")
    assert "E-mail, Transfer rate" in left
    assert not [line for line in left.split("\n- ")[1:] if line.split("\n")[0] in told]
    assert '<html lang="en" dir="ltr">' in html


def test_in_persian_it_runs_from_the_right_with_jalali_days(centre: Cast, mail_server: MailServer) -> None:
    choice(centre, "Mina", "daily", "fa")
    send_due(centre.site, MONDAY)
    text, html = texts(mail_server.taken[0])
    assert '<body dir="rtl">' in html
    assert "۲۱ آبان" in text
    assert "November" not in text
    assert "۲ آذر ۱۴۰۵" in mail_server.taken[0]["Subject"]


def test_it_is_never_sent_twice_and_tried_again_when_it_was_not_taken(centre: Cast, mail_server: MailServer) -> None:
    choice(centre, "Mina", "daily")
    mail_server.closed = True
    assert send_due(centre.site, MONDAY) == 0
    mail_server.closed = False
    assert [send_due(centre.site, MONDAY + timedelta(hours=hour)) for hour in range(1, 4)] == [1, 0, 0]
    assert len(mail_server.taken) == 1


def test_it_waits_for_the_morning_for_working_days_and_for_the_first_of_the_week(centre: Cast, mail_server: MailServer) -> None:
    choice(centre, "Mina", "daily")
    weekly = choice(centre, "Laleh", "weekly", sent_for=date(2026, 11, 19))
    choice(centre, "Ada", "never")
    assert send_due(centre.site, MONDAY - timedelta(hours=3)) == 0
    assert send_due(centre.site, MONDAY - timedelta(days=1)) == 0  # Sunday
    assert send_due(centre.site, MONDAY) == 2
    assert send_due(centre.site, MONDAY + timedelta(days=1)) == 1
    weekly.refresh_from_db()
    assert weekly.sent_for == MONDAY.date()


def test_a_worker_that_rested_on_the_first_day_sends_the_weekly_one_later(centre: Cast, mail_server: MailServer) -> None:
    choice(centre, "Laleh", "weekly", sent_for=date(2026, 11, 19))
    assert send_due(centre.site, MONDAY + timedelta(days=2)) == 1


def test_who_may_no_longer_read_changes_gets_none(centre: Cast, mail_server: MailServer) -> None:
    choice(centre, "Mina", "daily")
    centre.person("Mina").memberships.update(until=date(2026, 11, 1))
    assert send_due(centre.site, MONDAY) == 0
    assert mail_server.taken == []


def test_calm_is_told_too_and_what_became_of_what_one_follows(cast: Cast, mail_server: MailServer) -> None:
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34)
    choice(cast, "Mina", "daily")
    send_due(cast.site, MONDAY)
    assert "Nothing changed. 34 numbers stayed in their usual range." in texts(mail_server.taken[0])[0]
    made(cast)
    Watch.objects.create(site=cast.site, measure="aht", **BILLING, onset=date(2026, 11, 12)).followers.add(cast.user("Mina"))
    send_due(cast.site, MONDAY + timedelta(days=1))
    text = texts(mail_server.taken[1])[0]
    assert "What you follow has ended:" in text
    assert "After 7 days of doubt it ended as a lasting shift." in text


def test_everybody_chooses_for_themselves(cast: Cast, as_mina: Client) -> None:
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34)
    page = as_mina.get("/changes/digest/").content.decode()
    assert "What it would say today" in page
    as_mina.post("/changes/digest/", {"often": "weekly"})
    assert DigestChoice.objects.get().user == cast.user("Mina")
    assert as_mina.post("/changes/digest/", {"often": "hourly"}).status_code == 422
