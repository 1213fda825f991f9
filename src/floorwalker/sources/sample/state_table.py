"""The agent state table."""

import numpy as np
import polars as pl

from floorwalker.core.records import AGENT_STATE
from floorwalker.sources.reading import Site
from floorwalker.sources.sample.columns import instants, mixed, named, shaped, when
from floorwalker.sources.sample.states import REASONS, STATES, Stretches


def state_frame(stretches: Stretches, agents: tuple[str, ...], site: Site) -> pl.DataFrame:
    """The agent state table, in order of time and agent."""
    ordered = stretches.take(np.lexsort((stretches.agent, stretches.start)))
    columns = ("agent", "state", "reason")
    numbers = pl.DataFrame({name: getattr(ordered, name) for name in columns}).with_columns(
        from_at=pl.Series(ordered.start),
        began_at=pl.Series(ordered.began),
        seconds=pl.Series(ordered.end - ordered.start),
        row_hash=pl.Series(mixed(ordered.agent, ordered.state, ordered.reason, ordered.start, ordered.end, ordered.began)),
    )
    rows = numbers.with_columns(instants("from_at", "began_at")).select(
        *when(pl.col("from_at")),
        *("from_at", "began_at", "seconds", "row_hash"),
        agent=named(agents, pl.col("agent")),
        state=named(STATES, pl.col("state")),
        reason=named(REASONS, pl.col("reason")),
        source=pl.lit(site.source),
    )
    return shaped(AGENT_STATE, rows)
