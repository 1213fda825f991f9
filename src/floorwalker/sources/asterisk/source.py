"""The queue_log source: files in, record batches out, and a state handed from one import to the next."""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from floorwalker.sources.asterisk import tablelog, textlog
from floorwalker.sources.asterisk.carried import Carried, packed, unpacked
from floorwalker.sources.asterisk.clock import Clock
from floorwalker.sources.asterisk.lines import Block
from floorwalker.sources.asterisk.names import WATCHED, Pairing
from floorwalker.sources.asterisk.opening import Opened, opened
from floorwalker.sources.asterisk.order import Feed, in_time_order
from floorwalker.sources.asterisk.run import Run
from floorwalker.sources.asterisk.surveys import Scale
from floorwalker.sources.reading import Batch, Remark, Site, Unreadable

BATCH = 200_000
"""Lines after which what is finished is handed over."""


class AsteriskSource:
    """Reads queue_log files and exports of its realtime table.

    `names` maps interfaces to agents where the log does not show who is who, `scales` survey kinds to (lowest, highest)
    answer, `carried` is what the import before this one left in `self.carried` (empty for the first).
    After `read` is exhausted `self.carried` holds what to give to the next import; keep it with the import, so that undoing
    that import goes back to the text before it.
    """

    main_table = "contact"

    def __init__(
        self,
        names: Mapping[str, str] | None = None,
        scales: Mapping[str, Scale] | None = None,
        carried: str = "",
    ) -> None:
        self.names, self.scales, self.carried = dict(names or {}), dict(scales or {}), carried

    def read(self, paths: list[Path], site: Site) -> Iterator[Batch]:
        """Yield the records of files given in any order, read in time order.

        The account: lines = contacts + aside + refusals in every batch, where a call's lines count in the batch that hands
        it over, one of them as the contact and the others as aside.

        Raises
        ------
        Unreadable
            `file_empty`, `file_binary`, `file_damaged`, `not_a_queue_log` or `zone_unknown`.
        ValueError
            when `carried` is no state of this version.
        """
        clock = Clock(site.tz)
        sources, remarks = _opened(paths, clock)
        carried = unpacked(self.carried)
        pairing, names = self._who(sources, clock, carried)
        run = Run(site, names, self.scales, carried, [source.path.name for source in sources])
        run.remarks += remarks
        feeds = _feeds(sources, clock, run.account)
        handed_on = Feed(iter([Block(lines=carried.lines)]), lambda block: None)
        for lines in in_time_order([*feeds, handed_on], run.drop, carried.until):
            run.take(lines)
            if run.waiting >= BATCH:
                yield run.batch()
        calls = run.finish(pairing)
        yield run.batch()
        self.carried = packed(run.carried, calls, site.secret)

    def _who(self, sources: list[Opened], clock: Clock, carried: Carried) -> tuple[Pairing, dict[str, str]]:
        """First pass: who is who. Lines older than the last import cannot meet today's memberships, so they stand alone."""
        older, pairing = Pairing(), carried.pairing
        for lines in in_time_order(_feeds(sources, clock, lambda file, block: None, WATCHED), lambda count: None):
            for line in lines:
                (pairing if line.at >= carried.until else older).take(line)
        return pairing, older.names({}) | pairing.names(self.names)


def _opened(paths: list[Path], clock: Clock) -> tuple[list[Opened], list[Remark]]:
    """The files that have lines; one empty file among others is no mistake, the log was just rotated."""
    sources, remarks = [], []
    for path in paths:
        try:
            source = opened(path)
        except Unreadable as unreadable:
            if unreadable.code != "file_empty" or len(paths) == 1:
                raise
            remarks.append(Remark("file_without_lines", {"file": path.name}))
            continue
        sources.append(replace(source, ordered=tablelog.in_order(source, clock)) if source.layout else source)
        if not source.layout and not source.encoding.startswith("utf"):
            remarks.append(Remark("encoding_guessed", {"file": path.name, "encoding": source.encoding}))
    if not sources:
        raise Unreadable("file_empty", file=paths[0].name if paths else "")
    return sources, remarks


def _feeds(
    sources: list[Opened], clock: Clock, seen: Callable[[int, Block], None], only: Container[str] | None = None
) -> list[Feed]:
    """One feed per file, of all events or those in `only`; `seen` is told of each block with the number of its file."""
    return [
        Feed(
            tablelog.blocks(source, file, clock, only) if source.layout else textlog.blocks(source, file, only),
            partial(seen, file),
        )
        for file, source in enumerate(sources)
    ]
