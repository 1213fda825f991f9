"""Teams."""

from django.test import Client

from floorwalker.web.accounts.models import Team
from floorwalker.web.journal.models import Entry
from tests.web.conftest import Cast


def test_a_team_is_added_and_renamed(cast: Cast, as_mina: Client) -> None:
    assert as_mina.post("/teams/add/", {"name": "Night"})["Location"] == "/teams/"
    night = Team.objects.get(name="Night")
    assert as_mina.post(f"/teams/{night.pk}/rename/", {"name": "Owls"})["Location"] == f"/teams/{night.pk}/"
    assert Entry.objects.get(verb="team.renamed").facts == {"before": "Night"}


def test_two_teams_do_not_share_a_name(as_mina: Client) -> None:
    assert as_mina.post("/teams/add/", {"name": "billing"}).status_code == 422


def test_a_team_page_names_its_people_of_today(cast: Cast, as_mina: Client) -> None:
    page = as_mina.get(f"/teams/{cast.teams['Billing'].pk}/").content.decode()
    assert "Omid" in page
    assert "Laleh" in page
    assert "Tomek" not in page


def test_a_lead_sees_their_own_team_only(as_petra: Client) -> None:
    page = as_petra.get("/teams/").content.decode()
    assert "Support" in page
    assert "Billing" not in page
