"""What follows for the usual: which days are left out of it, and since when another level is normal."""

from datetime import date, timedelta

from floorwalker.web.changes.models import Decision, Finding, Ruling
from floorwalker.web.changes.queries import levels, masked_days
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.changes.rulings import held_rulings, overrides_of
from tests.web.changes.conftest import NOW, SLOW_SINCE, at, made
from tests.web.conftest import Cast

DAY = date(2026, 11, 12)


def decided(cast: Cast, queue: str = "Billing", **facts: object) -> Decision:
    values = {"measure": "offered", "kind": "blip_left_out", "first": DAY, "last": DAY, "decided": DAY}
    return Decision.objects.create(site=cast.site, **{**values, **at("queue", queue), **facts})


def ruled(cast: Cast, kind: str, queue: str = "Billing", **facts: object) -> Ruling:
    values = {"measure": "aht", "onset": SLOW_SINCE, "by": cast.user("Mina"), "at": NOW}
    return Ruling.objects.create(site=cast.site, kind=kind, **{**values, **at("queue", queue), **facts})


def test_each_day_of_a_blip_is_masked_in_its_queue_and_its_measure(cast: Cast) -> None:
    decided(cast, last=DAY + timedelta(days=1))
    decided(cast, queue="", measure="aht")
    assert masked_days(cast.site).rows() == [("Billing", DAY), ("Billing", DAY + timedelta(days=1))]
    assert masked_days(cast.site, "aht").rows() == [("", DAY)]


def test_a_level_begins_where_a_change_lasts_or_was_taken_as_normal_but_once(cast: Cast) -> None:
    made(cast, measure="offered")
    decided(cast, kind="new_normal", first=DAY + timedelta(days=1))
    decided(cast, kind="new_normal", first=DAY - timedelta(days=60))
    made(cast, measure="offered", queue="Moves", until=DAY + timedelta(days=9))
    made(cast, measure="offered", queue="Chat", is_held=True)
    assert levels(cast.site).rows() == [("Billing", DAY - timedelta(days=60)), ("Billing", DAY)]


def test_what_a_person_ruled_a_blip_begins_no_level(cast: Cast) -> None:
    made(cast, measure="offered")
    ruling = ruled(cast, "blip", measure="offered", onset=DAY)
    assert levels(cast.site).is_empty()
    ruling.taken_back = True
    ruling.save()
    assert levels(cast.site).height == 1


def test_of_several_rulings_about_one_change_the_latest_holds(cast: Cast) -> None:
    ruled(cast, "normal")
    latest = ruled(cast, "as_was", at=NOW + timedelta(hours=1), onset=SLOW_SINCE + timedelta(days=2))
    other = ruled(cast, "blip", queue="Moves", last=SLOW_SINCE)
    ruled(cast, "nothing", queue="Chat")
    assert held_rulings(cast.site)[0] == latest
    found = overrides_of(cast.site)
    assert found is not None
    assert sorted(found.rows()) == [
        ("aht\nqueue\nBilling", "not_lasting", latest.onset, None),
        ("aht\nqueue\nMoves", "leave_out", SLOW_SINCE, other.last),
    ]


def test_a_ruling_is_obeyed_by_the_next_round_and_its_change_stays_in_sight(slow_centre: Cast) -> None:
    judge_site(slow_centre.site, NOW)
    before = Finding.objects.get(measure="aht", dimension="queue", value="Billing")
    ruled(slow_centre, "normal", onset=before.onset)
    judge_site(slow_centre.site, NOW + timedelta(hours=1))
    assert Decision.objects.get(measure="aht", dimension="queue", value="Billing", kind="new_normal").by_person
    assert Finding.objects.get(measure="aht", dimension="queue", value="Billing").pk == before.pk
    Ruling.objects.update(taken_back=True)
    judge_site(slow_centre.site, NOW + timedelta(hours=2))
    assert not Decision.objects.filter(by_person=True).exists()
    assert Finding.objects.get(measure="aht", dimension="queue", value="Billing").pk == before.pk
