"""What the page of changes found, as the forecast wants it: blips are left out, lasting shifts are the new level."""

from datetime import date

from floorwalker.web.accounts.models import Site
from floorwalker.web.changes.queries import levels, masked_days
from floorwalker.web.planning.forecasting import Learned


def learned_of(site: Site) -> tuple[Learned, dict[str, date]]:
    """Blips and lasting shifts of the volume; and since when each queue's handle time has its present level."""
    masked, shifted = masked_days(site), levels(site)
    handle_times = levels(site, "aht").sort("date").unique("queue", keep="last")
    learned = Learned(masked if masked.height else None, shifted if shifted.height else None)
    return learned, dict(handle_times.select("queue", "date").iter_rows())
