"""A day is played with the people of the roster; handle times and patience are spread as in the queue's own contacts."""

import re
from datetime import date, timedelta
from math import gamma

import numpy as np
import pytest
from django.test import Client

from floorwalker.web.accounts.models import Site
from floorwalker.web.planning.asking import local_now
from floorwalker.web.planning.manner import weibull
from floorwalker.web.planning.models import Expected, Roster, Round, Shift
from floorwalker.web.planning.planned import crews
from floorwalker.web.planning.plans import set_plan
from floorwalker.web.planning.simulated import PlayedDay, play_day
from floorwalker.web.planning.staffing_day import WhatIf, staffing_day
from tests.web.conftest import Cast
from tests.web.planning.conftest import MONDAY, NOW

MINUTES = list(range(480, 1080, 30))
POINTS = ("mean", "q05", "q10", "q25", "q50", "q75", "q90", "q95")


def expect(site: Site, day: date, contacts: dict[str, float]) -> None:
    """So many contacts in each half-hour of each queue."""
    for queue, many in {**contacts, "": sum(contacts.values())}.items():
        curve = {"minutes": MINUTES, "length": 30, **{name: [many] * len(MINUTES) for name in POINTS}}
        people = {name: [1.0] * len(MINUTES) for name in ("need", "low", "high")}
        total = dict.fromkeys(POINTS, many * len(MINUTES))
        Expected.objects.create(site=site, queue=queue, day=day, total=total, curve=curve, people=people)
    for queue in contacts:
        set_plan(site, queue, {"target": 0.8, "threshold_s": 20.0, "definition": "offered", "absence": 0.0}, None)
    rates = {queue: {"aht_s": 240.0, "patience_s": 300.0} for queue in contacts}
    Round.objects.create(site=site, rates=rates, phase="done")


def plan(site: Site, day: date, people: dict[str, int]) -> None:
    roster = Roster.objects.create(site=site, kind="file", name="week.csv", at=NOW)
    for queue, many in people.items():
        Shift.objects.create(roster=roster, site=site, day=day, start=480, end=1080, queue=queue, people=many)


def played(site: Site, what: WhatIf | None = None) -> PlayedDay | None:
    found = staffing_day(site, MONDAY, what)
    return play_day(site, MONDAY, found, what.sick if what else 0, Round.objects.get()) if found else None


def test_with_one_queue_and_times_as_the_formula_has_them_both_agree(cast: Cast) -> None:
    expect(cast.site, MONDAY, {"Billing": 60.0})
    plan(cast.site, MONDAY, {"Billing": 10})
    done = played(cast.site)
    assert done is not None
    assert (done.helpers, done.queues[0].queue) == (0, "Billing")
    assert done.queues[0].level == pytest.approx(done.queues[0].formula, abs=0.02)


def test_people_who_serve_both_queues_help_where_somebody_waits(cast: Cast) -> None:
    expect(cast.site, MONDAY, {"Billing": 40.0, "Support": 40.0})
    plan(cast.site, MONDAY, {"Billing": 4, "Support": 4, "Support; Billing": 4})
    done = played(cast.site)
    assert done is not None
    assert done.helpers == 4
    assert all(each.level > (each.formula or 0) + 0.03 for each in done.queues)
    ill = played(cast.site, WhatIf(sick=1))
    assert ill is not None
    assert ill.queues[0].level < done.queues[0].level


def test_without_a_roster_nothing_can_be_played(cast: Cast) -> None:
    expect(cast.site, MONDAY, {"Billing": 60.0})
    assert played(cast.site) is None


def test_breaks_and_nights_are_taken_out_of_a_crew(cast: Cast) -> None:
    roster = Roster.objects.create(site=cast.site, kind="file", name="week.csv", at=NOW)
    facts = {"roster": roster, "site": cast.site, "queue": "Billing; Support"}
    Shift.objects.create(day=MONDAY, start=480, end=960, people=2, breaks=[[720, 750]], **facts)
    Shift.objects.create(day=MONDAY - timedelta(1), start=1320, end=1800, people=1, **facts)
    crew = crews(cast.site, MONDAY)[0].per_interval(5)
    assert crews(cast.site, MONDAY)[0].queues == ("Billing", "Support")
    assert [crew[minute // 5] for minute in (0, 355, 365, 480, 725, 755, 960)] == [1, 1, 0, 2, 0, 2, 0]


def test_the_shape_of_patience_is_found_behind_answers_that_come_first() -> None:
    luck = np.random.default_rng(5)
    patience, answered = 200 * luck.weibull(0.7, 20_000), luck.exponential(60, 20_000)
    mean, shape = weibull(np.minimum(patience, answered), patience < answered)
    assert shape == pytest.approx(0.7, abs=0.03)
    assert mean == pytest.approx(200 * gamma(1 + 1 / 0.7), rel=0.1)


def test_the_page_offers_the_check_and_writes_both_figures(cast: Cast, as_mina: Client) -> None:
    day = local_now(cast.site).date() + timedelta(1)
    expect(cast.site, day, {"Billing": 60.0})
    plan(cast.site, day, {"Billing": 10})
    page = as_mina.get(f"/time/people/?queue=Billing&day={day}").content.decode()
    offered = re.search(r'href="([^"]*)">Check this day by simulation', page)
    assert offered
    checked = as_mina.get("/time/people/" + offered[1].replace("&amp;", "&")).content.decode()
    assert "such days were played, contact by contact" in checked
    assert "As it was played" in checked
