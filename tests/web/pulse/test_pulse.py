"""The Pulse page on a small centre. A working day has 160 contacts, 150 of them answered; a Monday 24 more, all of Billing."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from floorwalker.web.journal.models import Entry
from tests.web.conftest import Cast
from tests.web.raw_values import refused

Text = Callable[[bytes], str]
WEEK = "&since=2026-11-16&until=2026-11-21"
"""Monday to Saturday: 5 x 160 + 184 contacts."""


def page(client: Client, query: str, html: Text) -> str:
    with refused():
        response = client.get(f"{reverse('pulse')}?{query}")
    assert response.status_code == 200
    return html(response.content)


def cells(text: str, name: str) -> list[str]:
    """What stands in the line of the cut that bears this name."""
    row = re.search(rf"<bdi>{name}</bdi></a></th>(.*?)</tr>", text)
    assert row
    return [part for part in re.sub(r"<svg.*?</svg>|<[^>]*>", "|", row[1]).split("|") if part.strip()]


def test_the_page_says_the_number_of_the_period(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, f"measure=aht{WEEK}", html)
    assert "<h1>Average handle time was 5:29 from 16 November to 21 November 2026.</h1>" in text


def test_a_cut_adds_up_by_hand(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, f"measure=aht&by=queue{WEEK}", html)
    assert cells(text, "Billing") == ["6:00", "684"]  # 5 x 110 + 134 answered
    assert cells(text, "Support") == ["4:00", "240"]  # 6 x 40


def test_service_level_tells_what_it_would_be_under_its_other_definitions(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, f"measure=service_level{WEEK}", html)
    assert "Service level was 94%" in text  # 924 of 984
    assert "If only answered contacts counted" in text
    assert "It would be 100%." in text
    assert text.count("Read the page this way") == 3


def test_another_definition_is_read_on_the_whole_page(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, f"measure=service_level&definition=answered_only{WEEK}", html)
    assert "Service level was 100%" in text
    assert "Read it as usual" in text


def test_too_few_contacts_give_no_number(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, "measure=service_level&hour=8&queue=Support&since=2026-11-20&until=2026-11-20", html)
    assert "Too few to tell: 4, and a number needs 20." in text


def test_mondays_are_hotter_at_ten(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, "measure=offered&since=2026-10-26&until=2026-11-21", html)
    heat = re.search(r'<table class="heat">(.*?)</table>', text)
    assert heat
    ten = re.search(r'<th scope="row">10:00</th>(.*?)</tr>', heat[1])
    assert ten
    assert re.findall(r">(\d+)</a>", ten[1]) == ["40", "16", "16", "16", "16", "16"]  # Sunday is closed


def test_a_closed_weekday_is_not_drawn(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, "measure=offered&since=2026-11-09&until=2026-11-21", html)
    picture = re.search(r'<div class="wide-only">(<svg.*?</svg>)', text)
    assert picture
    assert len(re.findall(r"<circle", picture[1])) == 12


def test_each_number_has_its_passport(centre: Cast, as_mina: Client, html: Text) -> None:
    text = page(as_mina, f"measure=aht{WEEK}", html)
    for term in ("The question", "Formula", "Unit", "Counts", "Rests on", "Smallest sample", "Good direction"):
        assert f"<dt>{term}</dt>" in text
    assert "seconds handled ÷ answered, handle time known" in text
    assert "924, none left out." in text


def test_a_question_that_makes_no_sense_says_why(centre: Cast, as_mina: Client, html: Text) -> None:
    response = as_mina.get(f"{reverse('pulse')}?measure=happiness")
    assert response.status_code == 400
    assert "There is no measure “happiness”." in html(response.content)


def test_before_the_first_import_the_page_says_what_to_do(cast: Cast, as_mina: Client, as_laleh: Client, html: Text) -> None:
    assert reverse("bring-in") in html(as_mina.get(reverse("pulse")).content)
    assert "can bring in a file" in html(as_laleh.get(reverse("pulse")).content)


def test_a_lead_cuts_by_the_agents_of_the_own_team_only(centre: Cast, as_laleh: Client, html: Text) -> None:
    text = page(as_laleh, f"measure=aht&by=agent{WEEK}", html)
    assert "agent.omid" in text
    assert "agent.tomek" not in text


def test_an_executive_may_not_cut_by_agent(centre: Cast, as_viktor: Client) -> None:
    assert as_viktor.get(f"{reverse('pulse')}?by=agent").status_code == 403
    assert as_viktor.get(f"{reverse('pulse')}?agent=agent.omid").status_code == 403


def test_a_team_of_one_is_not_shown_to_an_executive_nor_is_the_team_that_would_give_it_away(
    centre: Cast, as_viktor: Client, html: Text
) -> None:
    text = page(as_viktor, f"measure=aht&by=team{WEEK}", html)
    assert "Support</bdi></a>" not in text
    assert "Billing</bdi></a>" not in text
    assert as_viktor.get(f"{reverse('pulse')}?team=Support").status_code == 403


def test_an_agent_sees_own_contacts_only(centre: Cast, as_omid: Client, html: Text) -> None:
    text = page(as_omid, f"measure=answered{WEEK}", html)
    assert "Support" not in text
    assert as_omid.get(f"{reverse('pulse')}?agent=agent.samira").status_code == 403


def test_opening_the_numbers_of_one_person_is_noted_for_that_person(centre: Cast, as_laleh: Client) -> None:
    as_laleh.get(f"{reverse('pulse')}?measure=aht&agent=agent.omid")
    look = Entry.objects.get(verb="person.looked")
    assert (look.actor, look.about_person) == (centre.user("Laleh"), centre.person("Omid"))


def test_looking_at_the_whole_team_by_name_is_a_look_at_each(centre: Cast, as_laleh: Client) -> None:
    as_laleh.get(f"{reverse('pulse')}?measure=aht&by=agent")
    looks = Entry.objects.filter(verb="person.looked", actor=centre.user("Laleh"))
    assert centre.person("Omid").pk in looks.values_list("about_person", flat=True)
    assert centre.person("Petra").pk not in looks.values_list("about_person", flat=True)


def test_looking_at_oneself_is_not(centre: Cast, as_omid: Client) -> None:
    as_omid.get(f"{reverse('pulse')}?measure=aht&agent=agent.omid")
    assert not Entry.objects.filter(verb="person.looked").exists()


def test_a_measure_of_the_whole_staff_is_not_cut_by_person(centre: Cast, as_mina: Client, html: Text) -> None:
    response = as_mina.get(f"{reverse('pulse')}?measure=tenure&by=agent")
    assert response.status_code == 400
    assert "This measure is not cut by person." in html(response.content)
