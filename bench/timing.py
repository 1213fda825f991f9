"""Timing one thing beside its peer, and printing what came out."""

import gc
import resource
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Seconds of ours and of the peer, and the bound: ours at most `at_most` times the peer, or `at_most_s` seconds.

    Where something else is counted, `unit` says what (empty: how often).
    """

    name: str
    ours_s: float
    peer: str = ""
    peer_s: float | None = None
    at_most: float | None = None
    at_most_s: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's."""
        return None if self.peer_s is None else self.ours_s / self.peer_s

    @property
    def met(self) -> bool:
        """Whether the bound is kept."""
        in_ratio = self.at_most is None or self.ratio is None or self.ratio <= self.at_most
        return in_ratio and (self.at_most_s is None or self.ours_s <= self.at_most_s)


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The median time that `work` takes."""
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[len(taken) // 2]


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(results: Iterable[Result]) -> str:
    """A table of results for people."""
    lines = [f"{'':<62} {'ours':>9} {'peer':>9} {'ratio':>6} {'bound':>8}"]
    for each in results:
        peer = "" if each.peer_s is None else f"{each.peer_s:9.3f}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        bound = f"{each.at_most_s:g} {each.unit}" if each.at_most_s else f"{each.at_most:g}x" if each.at_most else ""
        what = f"{each.name} / {each.peer}" if each.peer else each.name
        ours = f"{each.ours_s:9.3f}" if each.unit else f"{each.ours_s:9g}"
        lines.append(f"{what:<62} {ours} {peer:>9} {ratio:>6} {bound:>8} {'' if each.met else 'MISSED'}")
    return "\n".join(lines)
