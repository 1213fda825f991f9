"""A word that is given stands, is judged by what came, and can be taken back before its day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.rules import viewer_of
from floorwalker.web.journal.models import Entry
from floorwalker.web.planning import promises
from floorwalker.web.planning.models import Certificate
from tests.web.conftest import Cast
from tests.web.planning.conftest import LAST, MONDAY, NOW

MINUTES = list(range(480, 1080, 30))


def certificate(cast: Cast, day: date = MONDAY, spare: int = 2, **more: Any) -> Certificate:
    """Ten people planned all day, two of whom may leave."""
    many = len(MINUTES)
    return Certificate.objects.create(
        site=cast.site,
        queue="Billing",
        day=day,
        confidence=0.9,
        made_at=NOW,
        chance=0.96,
        chance_low=0.94,
        plan={
            "minutes": MINUTES,
            "length": 30,
            "planned": [10.0] * many,
            "spare": [spare] * many,
            "binding": [600],
            "level": [0.9] * many,
            "alone": 0.99,
        },
        ground={
            "contacts": 800.0,
            "aht_s": 240.0,
            "patience_s": 150.0,
            "target": 0.8,
            "threshold_s": 20.0,
            "definition": "offered",
            "draws": 500,
            "absence": 0.0,
            "shrinkage": 0.0,
            "at_once": 1,
            "spread": 0.0,
        },
        **more,
    )


def came(per_interval: float, day: date = MONDAY) -> pl.DataFrame:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
    return pl.DataFrame({"start": [midnight + timedelta(minutes=minute) for minute in MINUTES], "contacts": per_interval})


def test_a_quiet_day_keeps_the_word_and_a_busy_one_breaks_it(cast: Cast) -> None:
    quiet = promises.judge(certificate(cast), came(40), {"aht": 240.0, "service_level": 0.9})
    busy = promises.judge(certificate(cast), came(70), {"aht": 240.0})
    assert (quiet.kept, busy.kept) == (True, False)
    assert quiet.outcome["measured"] == 0.9
    assert busy.outcome["contacts"] == 1400


def test_a_longer_handle_time_on_the_day_counts(cast: Cast) -> None:
    assert promises.judge(certificate(cast), came(40), {"aht": 420.0}).kept is False


def test_where_nothing_was_granted_there_is_no_word_to_keep(cast: Cast) -> None:
    judged = promises.judge(certificate(cast, spare=0), came(40), {"aht": 240.0})
    assert judged.kept is None
    assert judged.outcome["level"] > 0.8


def test_a_day_on_which_nobody_came_is_not_judged(cast: Cast) -> None:
    assert promises.judge(certificate(cast), came(0), {}).kept is None


def test_a_promise_is_given_journalled_and_taken_back(cast: Cast) -> None:
    mina, found = viewer_of(cast.user("Mina"), cast.site, LAST), certificate(cast)
    promises.promise(found, mina, NOW)
    found.refresh_from_db()
    assert (found.by, found.promised_at) == (cast.user("Mina"), NOW)
    with pytest.raises(NotDone, match="promise_over"):
        promises.promise(found, mina, NOW)
    promises.take_back(found, mina, NOW)
    found.refresh_from_db()
    assert found.promised_at is None
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["promise.made", "promise.taken_back"]


def test_nobody_promises_what_cannot_be_granted_or_a_day_that_has_begun(cast: Cast) -> None:
    mina = viewer_of(cast.user("Mina"), cast.site, LAST)
    with pytest.raises(NotDone, match="promise_nothing"):
        promises.promise(certificate(cast, spare=0), mina, NOW)
    with pytest.raises(NotDone, match="promise_over"):
        promises.promise(certificate(cast, day=NOW.date()), mina, NOW)
    with pytest.raises(PermissionDenied):
        promises.promise(certificate(cast), viewer_of(cast.user("Laleh"), cast.site, LAST), NOW)
