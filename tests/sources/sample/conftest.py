"""One sample centre on one fixed morning, its days around a change of the clock, and its whole history."""

from datetime import date

import polars as pl
import pytest

from floorwalker.sources.reading import Site
from floorwalker.sources.sample import SampleCentre

TODAY = date(2026, 11, 20)
SITE = Site(tz="Europe/Warsaw", source="sample", secret="fixed", country="PL")
COLUMNS = {
    "contact": ["contact_key", "day", "queue", "agent", "started_at", "customer_key", "status"],
    "leg": [
        "contact_key",
        "day",
        "queue",
        "agent",
        "outcome",
        "wait_s",
        "talk_s",
        "hold_s",
        "acw_s",
        "handle_s",
        "transfer_kind",
    ],
    "survey": ["day", "queue", "agent", "kind", "score", "score_norm"],
}


@pytest.fixture(scope="session")
def centre() -> SampleCentre:
    return SampleCentre(TODAY)


@pytest.fixture(scope="session")
def four_days(centre: SampleCentre) -> dict[str, pl.DataFrame]:
    """Friday to Monday; the clock goes forward on the Sunday, 29 March 2026."""
    return centre.between(date(2026, 3, 27), date(2026, 3, 30), SITE)


@pytest.fixture(scope="session")
def history(centre: SampleCentre) -> dict[str, pl.DataFrame]:
    """All 400 days, the columns that stories are told in."""
    months = [{name: batch.tables[name].select(names) for name, names in COLUMNS.items()} for batch in centre.read([], SITE)]
    return {name: pl.concat([month[name] for month in months]) for name in COLUMNS}
