"""The sample centre comes with the roster of its planners, and loses it when it is undone."""

from datetime import date

from floorwalker.web.intake.models import Import
from floorwalker.web.planning.models import Roster
from floorwalker.web.planning.planned import presences
from floorwalker.web.planning.rosters import in_force
from floorwalker.web.planning.sample import plan_sample
from tests.web.conftest import Cast
from tests.web.planning.conftest import NOW


def test_the_sample_centre_is_planned_for_eight_past_and_two_coming_weeks(cast: Cast) -> None:
    coming = Import.objects.create(
        site=cast.site, reader="sample", source="sample", state="whole", options={"today": "2026-11-22"}
    )
    plan_sample(cast.site, NOW)
    days = set(in_force(cast.site).values_list("day", flat=True))
    assert (min(days), max(days)) == (date(2026, 9, 27), date(2026, 12, 6))
    assert {each.queue for each in presences(cast.site, NOW.date(), NOW.date())[NOW.date()]} >= {"Billing", "E-mail"}
    assert plan_sample(cast.site, NOW) is None
    coming.state = "undone"
    coming.save()
    plan_sample(cast.site, NOW)
    assert not in_force(cast.site).exists()
    assert Roster.objects.get().undone_at == NOW
