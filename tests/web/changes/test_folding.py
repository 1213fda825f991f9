"""What happened once is told once."""

from datetime import date, timedelta

from floorwalker.web.changes.folding import folded
from floorwalker.web.changes.models import Finding
from tests.web.changes.conftest import at

DAY = date(2026, 11, 12)


def finding(pk: int, measure: str, queue: str = "", kind: str = "lasting", **facts: object) -> Finding:
    values = {"onset": DAY, "sure": 0.9, "size": 10.0, "size_low": 8.0, "size_high": 12.0, "usual": 100.0, "rests_on": 50.0}
    until = DAY if kind == "blip" else None
    return Finding(pk=pk, measure=measure, kind=kind, **{**values, "until": until, **at("queue", queue), **facts})


def told(findings: list[Finding], **how: bool) -> list[int]:
    return [each.finding.pk for each in folded(findings, **how)]


def test_what_half_of_the_queues_did_is_told_as_the_sites() -> None:
    queues = [finding(2, "aht", "Billing"), finding(3, "aht", "Moves"), finding(4, "csat", "Chat")]
    assert told([finding(1, "aht"), *queues]) == [1, 4]
    (site, _other) = folded([finding(1, "aht"), *queues])
    assert site.same_in == ("Billing", "Moves")


def test_what_the_site_did_because_one_queue_did_it_is_told_as_the_queues() -> None:
    others = [finding(pk, "csat", queue) for pk, queue in ((3, "Moves"), (4, "Chat"), (5, "E-mail"))]
    found = folded([finding(1, "aht"), finding(2, "aht", "Billing"), *others])
    assert found[0].finding.pk == 2
    assert found[0].behind[0].pk == 1


def test_what_waiting_brings_with_it_is_told_with_its_cause() -> None:
    names = ("abandonment_rate", "offered", "asa", "service_level")
    blips = [
        finding(pk, name, "Deliveries", "blip", size=-10.0 if name == "service_level" else 10.0)
        for pk, name in enumerate(names)
    ]
    (only,) = folded(blips)
    assert only.finding.measure == "offered"
    assert len(only.behind) == 3
    assert len(folded(blips, over_measures=False)) == 4


def test_other_places_kinds_and_days_stay_apart() -> None:
    late = finding(2, "asa", "Billing", onset=DAY + timedelta(days=30))
    assert told([finding(1, "offered", "Billing"), late, finding(3, "asa", "Billing", "blip")]) == [1, 2, 3]
    down = finding(4, "aht", "Moves", size=-10.0)
    assert told([finding(1, "aht", "Billing"), down]) == [1, 4]


def test_longer_handle_time_is_told_with_the_waiting_that_it_brings_to_its_queue_and_to_the_site() -> None:
    longer = finding(1, "aht", "Billing")
    waits = [finding(2, "service_level", "Billing", size=-0.1), finding(3, "asa"), finding(4, "asa", "Moves")]
    everywhere = [finding(6, "abandonment_rate"), *(finding(6 + n, "abandonment_rate", f"Line {n}") for n in (1, 2, 3))]
    assert told([*everywhere, longer]) == [6, 1]
    relief = finding(5, "abandonment_rate", "Billing", size=-0.1)
    assert told([*waits, longer, relief]) == [4, 1, 5]


def test_what_a_queue_did_because_one_team_did_it_is_told_as_the_teams() -> None:
    team = finding(2, "transfer_rate", **at("team", "Birch"), size=-20.0)
    chat, other = finding(3, "transfer_rate", "Chat", size=-10.0), finding(4, "transfer_rate", "Moves")
    assert told([finding(1, "transfer_rate", size=-4.0), team, chat, other]) == [2, 4]
    assert folded([team, chat])[0].same_in == ("Chat",)
