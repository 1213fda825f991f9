"""An agent's pattern is nowhere to be had outside their circle: tried as everybody, on every page that opens."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from floorwalker.web.signatures.models import Reply
from tests.house.places import SOURCE, WEB
from tests.house.places import name as path_of
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.signatures.patterns import SECRET, cause, guide, looked_at_all, made, trait

LAST = date(2026, 11, 21)
OUTSIDE = ("Samira", "Petra", "Hanna", "Mateusz", "Viktor", "Ada")
CHANGED = "longer since 4 November"


def addresses(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[str]:
    """The name of every address that takes no argument."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name and not pattern.pattern.converters:
            yield f"{space}{pattern.name}"


@pytest.fixture
def secrets(cast: Cast) -> Cast:
    """A pattern of Omid's with everything that can be written about it."""
    small_centre.bring_in(LAST, 2)
    looked_at_all(cast)
    change = made(cast, "Omid")
    trait(cast, "Omid")
    cause(change, cast.user("Omid"))
    written = guide(change, cast.user("Laleh"))
    Reply.objects.create(guide=written, text=SECRET, by=cast.user("Omid"), at=written.at)
    return cast


def read(client: Client, address: str) -> str:
    answer = client.get(address, {"measures": "aht", "measure": "aht", "named": "Omid"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")  # type: ignore[union-attr,no-any-return]


def test_only_this_app_ones_own_today_and_the_api_know_of_patterns() -> None:
    """Nothing else can put them into a digest, a list or an export: no other app reads these tables."""
    reading = re.compile(r"web[./]signatures|signatures_(trait|finding|guide|cause|reply)")
    apps = {place.relative_to(WEB).parts[0] for place in WEB.rglob("*.py") if reading.search(place.read_text())}
    assert apps - {"settings.py", "urls.py"} == {"signatures", "api", "today"}
    asked = {line for place in (WEB / "today").glob("*.py") for line in place.read_text().splitlines() if reading.search(line)}
    assert asked == {"from floorwalker.web.signatures.page import Drawn, drawn_traits"}, "an agent's own Today, of themselves"
    assert [path_of(place) for place in (SOURCE / "cli").rglob("*.py") if reading.search(place.read_text())] == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_page_export_or_answer_shows_it_to_anybody_outside(
    secrets: Cast, sign_in: Callable[[str], Client], name: str
) -> None:
    client = sign_in(name)
    for address in sorted(set(addresses())):
        page = read(client, reverse(address))
        assert SECRET not in page, address
        assert CHANGED not in page, address
    omid = secrets.person("Omid").pk
    assert SECRET not in read(client, f"/people/{omid}/")


def test_inside_the_circle_it_stays_on_its_own_pages(secrets: Cast, as_mina: Client) -> None:
    """Not in the site-wide Changes, not on Today, not in a list of people, not in the journal or its export."""
    for address in sorted(set(addresses())):
        page = read(as_mina, reverse(address))
        assert SECRET not in page, address
        assert CHANGED not in page, address


def test_no_mail_and_no_line_of_the_log_holds_it(
    secrets: Cast, as_laleh: Client, as_omid: Client, caplog: pytest.LogCaptureFixture
) -> None:
    change = made(secrets, "Omid", "aht")
    with caplog.at_level(logging.DEBUG):
        as_laleh.post(f"/signature/changes/{change.pk}/guide/", {"questions": ["different"], "words": SECRET})
        as_omid.post(f"/signature/changes/{change.pk}/cause/", {"text": SECRET})
    assert mail.outbox == []
    written = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [line for line in written if SECRET in line] == []
