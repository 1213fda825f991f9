"""Channels and reasons for contact: which are watched, and what of their queue's change is their own."""

from datetime import date, timedelta

import polars as pl
import pytest
from django.test import Client

from floorwalker.web.changes.chosen import chosen
from floorwalker.web.changes.models import Finding, Round, Story
from floorwalker.web.changes.parts import shared, shared_counts
from floorwalker.web.changes.rounds import judge_site
from floorwalker.web.intake.queries import open_warehouse
from tests.web import small_centre
from tests.web.changes.conftest import LAST, NOW, at, made
from tests.web.changes.test_page import text_of
from tests.web.conftest import Cast

BEGAN = date(2026, 10, 1)
PARENT = "offered\nqueue\nBilling"


def cells(**since: float) -> pl.DataFrame:
    """Four weeks of 100 contacts a day of each reason, then two of as many as are named."""
    rows = [
        (name, BEGAN + timedelta(days=step), number if step >= 0 else 100.0, 50.0)
        for name, number in since.items()
        for step in range(-28, 14)
    ]
    frame = pl.DataFrame(rows, schema=["name", "day", "value", "n"], orient="row").with_columns(parent=pl.lit(PARENT))
    return frame.with_columns(whole=pl.col("value").sum().over("day"))


def effects(change: float) -> pl.DataFrame:
    days = [BEGAN + timedelta(days=step) for step in range(14)]
    return pl.DataFrame({"series": PARENT, "date": days, "change": change})


def taken_out(change: float, given: pl.DataFrame) -> dict[str, float]:
    found = shared_counts(effects(change), given).group_by("name").agg(pl.col("change").mean())
    return {name: round(value, 6) for name, value in found.iter_rows()}


def test_what_all_reasons_of_a_queue_did_is_taken_out_of_each_in_its_share() -> None:
    assert taken_out(60.0, cells(a=120.0, b=120.0, c=120.0)) == {"a": 20.0, "b": 20.0, "c": 20.0}


def test_what_one_reason_did_to_its_queue_stays_with_it() -> None:
    assert taken_out(90.0, cells(a=190.0, b=100.0, c=100.0)) == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_a_part_that_hardly_has_a_queues_contacts_is_not_asked() -> None:
    stray = pl.DataFrame({"name": ["d", "e", "f"]}).join(cells(a=100.0).drop("name"), how="cross")
    odd = stray.with_columns(value=pl.lit(100.0), n=pl.lit(0.5)).select(cells(a=1.0).columns)
    found = shared(effects(60.0), pl.concat([cells(a=160.0, b=160.0), odd]))
    assert found.filter(pl.col("name") == "a")["change"].to_list() == pytest.approx([60.0] * 14)


def test_a_reason_whose_contacts_are_long_moves_with_its_queue_by_more() -> None:
    found = shared(effects(60.0), cells(a=160.0, b=160.0, c=180.0), room=0.5)
    assert dict(found.group_by("name").agg(pl.col("change").first()).iter_rows()) == pytest.approx({"a": 60, "b": 60, "c": 80})


def test_the_busiest_are_watched_and_what_is_a_queue_by_another_name_is_not(cast: Cast) -> None:
    small_centre.bring_in(LAST, weeks=13)
    warehouse = open_warehouse(cast.site)
    assert chosen(warehouse, "channel", LAST).values == ()
    reasons = chosen(warehouse, "topic", LAST)
    assert set(reasons.values) <= set(small_centre.REASONS)
    assert reasons.known >= len(reasons.values) > 1
    assert chosen(warehouse, "topic", date(2020, 1, 1)).values == ()


def test_a_reason_that_grows_is_found_and_its_queue_told_behind_it(cast: Cast, as_mina: Client) -> None:
    """From the last twelve days on, every second Billing contact comes once more, for a meter reading."""
    days = small_centre.days_until(LAST, 13)
    begun = days[-12]
    tables = small_centre.tables(days)
    more = {name: _again(frame, begun) for name, frame in tables.items() if name in ("contact", "leg")}
    open_warehouse(cast.site).take(1, [{**tables, **{name: pl.concat([tables[name], more[name]]) for name in more}}])
    judge_site(cast.site, NOW)
    found = Finding.objects.get(dimension="topic", measure="offered", kind="lasting")
    assert (found.value, found.onset) == ("Meter reading", begun)
    text = text_of(as_mina, "/changes/?topic=Meter+reading")
    assert "Reason “Meter reading”, Contacts offered:" in text
    assert not [each for each in Finding.objects.filter(dimension="topic", measure="offered") if each.value != "Meter reading"]


def _again(frame: pl.DataFrame, begun: date) -> pl.DataFrame:
    some = frame.filter((pl.col("queue") == "Billing") & (pl.col("day") >= begun) & (pl.col("contact_key") % 2 == 0))
    if "native_id" in some.columns:
        some = some.with_columns(native_id=pl.col("native_id") + "-again")
    return some.with_columns(contact_key=pl.col("contact_key") + 1, topic=pl.lit("Meter reading"))


def test_a_reasons_story_stands_where_it_appears_in_pulse(cast: Cast, as_mina: Client) -> None:
    small_centre.bring_in(LAST, weeks=13)
    Round.objects.create(site=cast.site, at=NOW, until=LAST, judged=34, reasons=2, reasons_known=9)
    where = at("topic", "Meter reading")
    found = made(cast, **where, measure="offered", size=40.0, size_low=30.0, size_high=50.0, usual=60.0)
    series = {"site": cast.site, "measure": "offered", **where, "onset": found.onset}
    Story.objects.create(**series, text="The yearly letter went out.", by=cast.user("Mina"), at=NOW)
    for cut in ("?measure=offered&by=topic", "?measure=offered&by=queue&topic=Meter+reading"):
        assert "The yearly letter went out." in text_of(as_mina, f"/pulse/{cut}"), cut
    assert "The yearly letter went out." not in text_of(as_mina, "/pulse/?measure=offered&by=queue")
    assert "Of 9 reasons for contact the busiest are watched, 2 with at least 50 contacts a week." in text_of(as_mina)
    assert as_mina.get("/api/changes", {"topic": "Meter reading"}).json()[0]["topic"] == "Meter reading"
