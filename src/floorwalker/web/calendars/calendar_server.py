"""Calendars on a CalDAV server: found, written to, and cleared of what was cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from caldav.calendarobjectresource import Event as CalendarObject
from caldav.collection import Calendar
from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, NotFoundError
from django.conf import settings
from django.utils.translation import override
from niquests.exceptions import InvalidSchema, InvalidURL, MissingSchema, RequestException

from floorwalker.web.calendars.invitation import stored, uid_of
from floorwalker.web.calendars.models import Guest, Ways
from floorwalker.web.calendars.queries import reader_of, ways_of
from floorwalker.web.calendars.sealing import Unreadable, unseal
from floorwalker.web.calendars.trouble import NotDelivered
from floorwalker.web.calendars.wording import words_of

WAIT_S = 15
WRITTEN, GONE = (200, 201, 204), (200, 204, 404, 410)
REFUSED, MISSING, CONFLICT = (401, 403), (404, 405, 409), (403, 409, 412)
OBJECT = "text/calendar; charset=utf-8"


def send(guest: Guest, now: datetime) -> None:
    """Writes the present state of a placed time into a guest's calendar; a cancelled one is taken away.

    Raises
    ------
    NotDelivered
        when the server cannot be reached, or refuses.
    """
    placed, ways = guest.placed, ways_of(guest.user)
    reader = reader_of(guest.user, placed.site)
    with override(reader.language):
        text = stored(placed, words_of(placed, guest.user, reader), now).decode()
    with _connected(ways) as client:
        calendar = ways.caldav_calendar or _found(client, ways)
        address = f"{calendar.rstrip('/')}/{placed.uid}.ics"
        if placed.is_cancelled:
            _take_away(client, calendar, address, uid_of(placed))
        else:
            _write(client, calendar, address, uid_of(placed), text)


def fetch(guest: Guest) -> str | None:
    """A guest's copy as the calendar has it now; None when it has none any more.

    Raises
    ------
    NotDelivered
        as `send` does; also when the calendar itself is no longer there, which says nothing about the copy.
    """
    placed, ways = guest.placed, ways_of(guest.user)
    with _connected(ways) as client:
        calendar = ways.caldav_calendar or _found(client, ways)
        address = f"{calendar.rstrip('/')}/{placed.uid}.ics"
        try:
            return _text(client, address)
        except NotFoundError:
            other = _other_copy(client, calendar, address, uid_of(placed))
        if other:
            return _text(client, other)
        Calendar(client=client, url=calendar).get_supported_components()
        return None


def _text(client: DAVClient, address: str) -> str:
    copy: Any = CalendarObject(client=client, url=address)
    copy.load()
    return str(copy.data)


def _write(client: DAVClient, calendar: str, address: str, uid: str, text: str) -> None:
    """At our address, else over the copy that another way brought: a calendar takes one identity once."""
    status = client.put(address, text, {"Content-Type": OBJECT}).status
    other = _other_copy(client, calendar, address, uid) if status in CONFLICT else ""
    _check(client.put(other, text, {"Content-Type": OBJECT}).status if other else status, WRITTEN)


def _take_away(client: DAVClient, calendar: str, address: str, uid: str) -> None:
    status = client.delete(address).status
    other = _other_copy(client, calendar, address, uid) if status in MISSING else ""
    _check(client.delete(other).status if other else status, GONE)


def _other_copy(client: DAVClient, calendar: str, address: str, uid: str) -> str:
    """Where the calendar keeps what has this identity, if not at our address."""
    try:
        found: Any = Calendar(client=client, url=calendar).get_event_by_uid(uid)
    except (NotFoundError, DAVError):
        return ""
    place = str(found.url)
    return "" if place == address else place


def find_calendar(ways: Ways) -> str:
    """The address of the calendar behind what a person typed: a calendar itself, or the first one of their account.

    Raises
    ------
    NotDelivered
        as `send` does; also when there is no calendar.
    """
    with _connected(ways) as client:
        return _found(client, ways)


def _found(client: DAVClient, ways: Ways) -> str:
    try:
        kinds: Any = Calendar(client=client, url=ways.caldav_url).get_supported_components()
        if "VEVENT" in kinds:
            return str(ways.caldav_url)
    except (NotFoundError, KeyError, AttributeError, TypeError):
        pass  # no calendar: perhaps the address of the account
    account: Any = client
    calendars = account.principal().get_calendars()
    if not calendars:
        raise NotDelivered("caldav.no_calendar")
    return str(calendars[0].url)


@contextmanager
def _connected(ways: Ways) -> Iterator[DAVClient]:
    _check_address(ways.caldav_url)
    try:
        password = unseal(ways.caldav_secret) if ways.caldav_secret else ""
    except Unreadable as error:
        raise NotDelivered("caldav.password_lost") from error
    try:
        with DAVClient(
            url=ways.caldav_url, username=ways.caldav_user, password=password, timeout=WAIT_S, enable_rfc6764=False
        ) as client:
            yield client
    except AuthorizationError as error:
        raise NotDelivered("caldav.refused") from error
    except NotFoundError as error:
        raise NotDelivered("caldav.no_calendar") from error
    except (InvalidURL, InvalidSchema, MissingSchema) as error:
        raise NotDelivered("caldav.no_address") from error
    except (RequestException, OSError) as error:
        raise NotDelivered("caldav.down") from error
    except DAVError as error:
        raise NotDelivered("caldav.error") from error


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotDelivered("caldav.no_address")
    if settings.CALDAV_HOSTS and parts.hostname not in settings.CALDAV_HOSTS:
        raise NotDelivered("caldav.not_allowed")


def _check(status: int, good: tuple[int, ...]) -> None:
    if status in good:
        return
    if status in REFUSED:
        raise NotDelivered("caldav.refused")
    raise NotDelivered("caldav.no_calendar" if status in MISSING else "caldav.error")
