"""Who may see which teams: none that is small enough to give a person away, by itself or by subtraction."""

from floorwalker.web.pulse.rules import may_cut_by_agent, may_see_agent, teams_shown


def team(size: int, name: str = "a") -> frozenset[str]:
    return frozenset(f"{name}{number}" for number in range(size))


def test_a_team_of_five_is_shown_to_somebody_who_may_not_see_its_agents() -> None:
    assert teams_shown({"Billing": team(5)}, frozenset()) == {"Billing"}


def test_a_team_of_four_is_not() -> None:
    assert teams_shown({"Billing": team(4)}, frozenset()) == frozenset()


def test_a_small_team_takes_the_smallest_shown_one_with_it_else_it_would_be_the_rest() -> None:
    teams = {"Billing": team(9, "b"), "Support": team(6, "s"), "Night": team(2, "n")}
    assert teams_shown(teams, frozenset()) == {"Billing"}


def test_a_hidden_rest_of_five_is_enough() -> None:
    teams = {"Billing": team(9, "b"), "Night": team(2, "n"), "Early": team(3, "e")}
    assert teams_shown(teams, frozenset()) == {"Billing"}


def test_a_lead_sees_an_own_team_however_small() -> None:
    assert teams_shown({"Support": team(1)}, team(1)) == {"Support"}


def test_knowing_four_of_five_does_not_open_the_fifth() -> None:
    assert teams_shown({"Billing": team(5)}, team(4)) == frozenset()


def test_a_manager_sees_every_team() -> None:
    assert teams_shown({"Night": team(1)}, None) == {"Night"}


def test_agents_are_cut_only_for_those_who_may_see_some() -> None:
    assert may_cut_by_agent(None)
    assert may_cut_by_agent(frozenset({"agent.omid"}))
    assert not may_cut_by_agent(frozenset())
    assert may_see_agent(None, "anybody")
    assert not may_see_agent(frozenset({"agent.omid"}), "agent.tomek")
