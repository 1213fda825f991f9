"""An agent's own Today: own numbers against own past."""

from datetime import date

from floorwalker.web.journal.actions import looked
from floorwalker.web.today.own_page import own_page
from tests.web.conftest import Cast
from tests.web.today.conftest import ENGLISH, Sit

SATURDAY = date(2026, 11, 21)


def test_the_page_says_whom_the_agent_helped(centre: Cast, sit: Sit) -> None:
    page = own_page(sit("Omid"), SATURDAY, ENGLISH)
    assert page.head.sentence.startswith("You helped ")
    assert "did not need to ask again." in page.head.sentence
    assert page.contribution


def test_nobody_elses_contacts_are_in_it(centre: Cast, sit: Sit) -> None:
    counts = {name: own_page(sit(name), SATURDAY, ENGLISH).head.sentence.split()[2] for name in ("Omid", "Tomek")}
    assert counts["Tomek"] == "960"  # forty quarters on twenty-four days
    assert int(counts["Omid"].replace(",", "")) < 960


def test_each_trait_stands_against_the_own_past(centre: Cast, sit: Sit) -> None:
    traits = {trait.name: trait for trait in own_page(sit("Tomek"), SATURDAY, ENGLISH).traits}
    assert traits["Average handle time"].usual == "usual 4:00 to 4:00"
    assert traits["Average handle time"].words == "As usual for you."


def test_an_agent_sees_who_looked(centre: Cast, sit: Sit) -> None:
    looked(centre.user("Laleh"), centre.person("Omid"), "pulse")
    assert [look.who for look in own_page(sit("Omid"), SATURDAY, ENGLISH).looks] == ["Laleh"]
    assert own_page(sit("Samira"), SATURDAY, ENGLISH).looks == ()


def test_an_agent_without_contacts_is_told_so(centre: Cast, sit: Sit) -> None:
    centre.person("Omid").agent_names.update(name="agent.new")
    page = own_page(sit("Omid"), SATURDAY, ENGLISH)
    assert page.head.sentence == "None of your contacts of the last four weeks are known yet."
    assert page.contribution is None
