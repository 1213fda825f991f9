"""From a number to the contacts behind it."""

import re
from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from floorwalker.web.intake.queries import open_warehouse
from tests.web import small_centre
from tests.web.conftest import Cast
from tests.web.raw_values import refused

Text = Callable[[bytes], str]
HOUR = "measure=aht&weekday=1&hour=10&since=2026-11-16&until=2026-11-16"
"""Monday at ten: four quarters of nine in Billing, one of them lost, and one in Support."""


def rows(client: Client, query: str, html: Text) -> str:
    with refused():
        response = client.get(f"{reverse('pulse-contacts')}?{query}")
    assert response.status_code == 200
    return html(response.content)


def test_the_contacts_are_as_many_as_the_number_rests_on(centre: Cast, as_mina: Client, html: Text) -> None:
    text = rows(as_mina, HOUR, html)
    assert "What lies behind “Average handle time”: 39." in text
    assert len(re.findall(r"<tr><td>", text)) == 39


def test_more_than_a_page_is_read_on(centre: Cast, as_mina: Client, html: Text) -> None:
    first = rows(as_mina, "measure=aht&since=2026-11-16&until=2026-11-16", html)
    more = re.search(r'<a href="([^"]*)" rel="next">', first)
    assert more
    second = html(as_mina.get(more[1].replace("&amp;", "&")).content)
    names = [set(re.findall(r'<bdi dir="ltr">([^<]*)</bdi>', text)) for text in (first, second)]
    assert [len(each) for each in names] == [50, 50]
    assert not names[0] & names[1]


def test_names_are_shown_only_to_those_who_may_see_that_agent(
    centre: Cast, as_mina: Client, as_viktor: Client, html: Text
) -> None:
    assert "agent.omid" in rows(as_mina, HOUR, html)
    hidden = rows(as_viktor, HOUR, html)
    assert "agent." not in hidden
    assert "Names of agents outside your team are not shown." in hidden


def test_a_lead_sees_the_names_of_the_own_team(centre: Cast, as_petra: Client, html: Text) -> None:
    text = rows(as_petra, HOUR, html)
    assert "agent.tomek" in text
    assert "agent.omid" not in text


def test_one_contact_is_told_leg_by_leg(centre: Cast, as_mina: Client, html: Text) -> None:
    key = small_centre.key_of_contact("B261120-0525-0")
    with refused():
        text = html(as_mina.get(reverse("pulse-contact", args=(key,))).content)
    assert "The customer waited 0:10 and was answered." in text
    assert "agent.omid" in text
    for words in ("4:00", "1:00", "6:00"):
        assert words in text


def test_one_contact_names_no_agent_to_an_executive(centre: Cast, as_viktor: Client, html: Text) -> None:
    key = small_centre.key_of_contact("B261120-0525-0")
    assert "agent." not in html(as_viktor.get(reverse("pulse-contact", args=(key,))).content)


def test_a_contact_that_is_not_there_is_not_there(centre: Cast, as_mina: Client) -> None:
    assert as_mina.get(reverse("pulse-contact", args=(1,))).status_code == 404


def test_numbers_are_downloaded_plain(centre: Cast, as_mina: Client) -> None:
    response = as_mina.get(f"{reverse('pulse-numbers')}?measure=aht&by=queue&since=2026-11-16&until=2026-11-21")
    assert response["Content-Type"].startswith("text/csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "queue,aht,aht.n,aht.of"
    assert lines[1] == "Billing,360.0,684.0,684.0"


def test_contacts_are_downloaded_without_keys_and_without_names_that_may_not_be_seen(
    centre: Cast, as_mina: Client, as_viktor: Client
) -> None:
    files = {
        name: b"".join(client.get(f"{reverse('pulse-contacts-csv')}?{HOUR}").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        for name, client in (("Mina", as_mina), ("Viktor", as_viktor))
    }
    assert all(len(text.splitlines()) == 40 for text in files.values())
    assert not any("customer_key" in text for text in files.values())
    assert "agent.omid" in files["Mina"]
    assert "agent." not in files["Viktor"]


def test_a_place_that_nobody_gave_out_begins_at_the_latest(centre: Cast, as_mina: Client, html: Text) -> None:
    assert len(re.findall(r"<tr><td>", rows(as_mina, f"{HOUR}&after=../../etc", html))) == 39


def test_intervals_alone_have_no_contacts_behind_them(cast: Cast, as_mina: Client, html: Text) -> None:
    open_warehouse(cast.site).take(1, [small_centre.intervals([date(2026, 11, 20)])])
    text = rows(as_mina, "measure=offered", html)
    assert "No single contacts to show." in text
