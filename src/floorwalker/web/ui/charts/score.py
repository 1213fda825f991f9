"""A day as a score: strips under one another that share one time axis, drawn from `score_parts`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from floorwalker.core.measures import Unit
from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.lines import runs
from floorwalker.web.ui.charts.picture import Picture, Table
from floorwalker.web.ui.charts.placing import Box, Words, width_of
from floorwalker.web.ui.charts.scale import Scale, spanning, steps
from floorwalker.web.ui.charts.score_parts import Block, Score
from floorwalker.web.ui.charts.stairs import Stairs

WIDE, NARROW = 1152, 358
MARGIN, NARROW_MARGIN = 184, 30
AXIS, GAP, TITLE = 26, 22, 18
NOW_ROOM = 42
HEIGHTS = {"load": 78, "people": 142, "room": 44, "lane": 40}


def score(hand: Hand, day: Score, finding: str, behind: Table) -> Picture:
    """The whole day on a wide page; on a phone without the load and, when enough is left of the day, from now on."""
    wide, narrow = _Page(hand, day, WIDE, finding), _Page(hand, day.from_now(), NARROW, finding)
    return Picture(finding, wide.drawn(), narrow.drawn(), behind)


@dataclass
class _Page:
    """One drawing under way: strips are laid under one another from `at` on."""

    hand: Hand
    day: Score
    width: int
    finding: str
    at: float = AXIS
    drawing: Drawing = field(init=False)
    across: Scale = field(init=False)

    def __post_init__(self) -> None:
        self.is_wide = self.width == WIDE
        shown = [name for name in HEIGHTS if getattr(self.day, name)]
        above = 0 if self.is_wide else TITLE
        height = AXIS + sum(HEIGHTS[name] + above + GAP for name in shown)
        self.drawing = Drawing(self.width, height, self.hand.time_mirrored)
        self.margin = MARGIN if self.is_wide else NARROW_MARGIN
        first, last = self.day.minutes[0], self.day.minutes[-1] + self.day.length
        self.across = Scale(first, last, self.margin, self.width - 8)
        self.shown, self.height = shown, height

    def drawn(self) -> SafeString:
        self._column()
        self._hours()
        titles = []
        for name in self.shown:
            if not self.is_wide:
                titles.append((self.at + 12, getattr(self.day, name).title))
                self.at += TITLE
            getattr(self, f"_{name}")(self.at, self.at + HEIGHTS[name])
            self.at += HEIGHTS[name] + GAP
        self._now()
        for foot, title in titles:  # in front of the line of now, which may stand right there
            self.drawing.text("strong halo", 0, foot, title)
        return self.drawing.svg(self.finding)

    def _column(self) -> None:
        if self.day.peak:
            start, end = (min(max(self.across(each), self.margin), self.across.end) for each in self.day.peak)
            self.drawing.rect("kept-for", start, AXIS, max(end - start, 0), self.height - AXIS - GAP / 2)

    def _hours(self) -> None:
        first, last, now = int(self.across.low), int(self.across.high), self.day.now
        every = 60 * max(1, -(-(last - first) // 60 // (14 if self.is_wide else 5)))
        for minute in range(-(-first // every) * every, last + 1, every):
            x = self.across(minute)
            self.drawing.line("grid", x, AXIS, x, self.height - GAP / 2)
            if now is None or abs(x - self.across(now)) > NOW_ROOM:
                self.drawing.text("", x, 16, self.hand.reader.clock(minute), "end" if minute == last else "middle")

    def _words(self, top: float, title: str, notes: Sequence[str]) -> None:
        if self.is_wide:
            self.drawing.text("strong", 0, top + 14, title)
            for place, note in enumerate(notes):
                self.drawing.text("", 0, top + 31 + 15 * place, note)

    def _amounts(self, down: Scale, most: int = 3) -> None:
        for value in steps(0, down.high, Unit.COUNT, most):
            self.drawing.line("axis" if value == 0 else "grid", self.margin, down(value), self.width - 8, down(value))
            self.drawing.text("", self.margin - 6, down(value) + 4, self.hand.write(value), "end")

    def _load(self, top: float, bottom: float) -> None:
        load = self.day.load
        assert load is not None  # noqa: S101
        self._words(top, load.title, load.notes)
        down = spanning([*load.high, *load.came, *(load.earlier or ())], bottom, top, from_zero=True)
        self._amounts(down)
        xs = [self.across(minute + self.day.length / 2) for minute in self.day.minutes]
        bands = [(load.low, load.high), *([load.inner] if load.inner else [])]
        for css, (low, high) in zip(("band", "band inner"), bands, strict=False):
            self.drawing.band(css, self._line(xs, low, down), self._line(xs, high, down))
        self.drawing.path("line", self._line(xs, load.expected, down))
        if load.earlier:
            earlier = list(load.earlier)
            self.drawing.path("line without", self._line(xs, earlier, down))
            lines = [self._line(xs, each, down) for each in (earlier, load.expected, load.high)]
            words = Words(lines, Box(self.margin + 4, self.across.end, top - 14, bottom))
            place = words.beside(load.earlier_words, lines[0], (lines[0],))
            self.drawing.text("say halo", place.x, place.foot, load.earlier_words, "middle")
        for run in runs([(x, None if came is None else down(came)) for x, came in zip(xs, load.came, strict=True)]):
            self.drawing.path("line planned", run)

    def _line(self, xs: Sequence[float], values: Sequence[float], down: Scale) -> list[tuple[float, float]]:
        return [(x, down(value)) for x, value in zip(xs, values, strict=True)]

    def _people(self, top: float, bottom: float) -> None:
        people = self.day.people
        assert people is not None  # noqa: S101
        self._words(top, people.title, people.notes)
        down = spanning([*people.high, *(people.planned or ())], bottom, top + 24, from_zero=True)
        self._amounts(down)
        stairs = Stairs(people, self.day.minutes, self.day.length, self.across, down)
        stairs.draw(self.drawing)
        self._names(stairs, top, bottom)

    def _names(self, stairs: Stairs, top: float, bottom: float) -> None:
        """The shortage in words, and on a wide page both lines by name."""
        room = stairs.words(Box(self.margin + 4, self.across.end, top, bottom))
        if stairs.people.short:
            first, last, words = stairs.people.short
            half = width_of(words) / 2
            around = self.across((max(first, self.day.minutes[0]) + last) / 2)
            x = min(max(around, self.margin + half), max(self.width - half - 8, half))
            foot = max(stairs.highest(x - half, x + half) - 8, top + 12)
            self.drawing.text("strong halo", x, foot, words, "middle")
            room.take(words, x, foot)
        for words, place in stairs.names(room) if self.is_wide else ():
            self.drawing.text("say halo", place.x, place.foot, words, "middle")

    def _room(self, top: float, bottom: float) -> None:
        room = self.day.room
        assert room is not None  # noqa: S101
        self._words(top, room.title, room.notes)
        down = spanning([*room.spare, 1], bottom, top, from_zero=True)
        self.drawing.line("axis", self.margin, bottom, self.width - 8, bottom)
        wide = self.across(self.day.length) - self.across(0)
        largest = max(room.spare, default=0)
        for minute, spare in zip(self.day.minutes, room.spare, strict=True):
            if spare:
                self.drawing.rect("room", self.across(minute) + 1, down(spare), max(wide - 2, 1), bottom - down(spare))
        if largest:
            self.drawing.text("", self.margin - 6, down(largest) + 4, self.hand.write(largest), "end")

    def _lane(self, top: float, bottom: float) -> None:
        lane = self.day.lane
        assert lane is not None  # noqa: S101
        self._words(top, lane.title, lane.notes)
        free = float(self.margin)
        for block in sorted(lane.blocks, key=lambda each: each.start):
            start, end = (min(max(self.across(each), self.margin), self.across.end) for each in (block.start, block.end))
            if end > start:
                free = self._block(block, start, end, top, bottom - top - 8, free)

    def _block(self, block: Block, start: float, end: float, top: float, height: float, free: float) -> float:
        """Draws one and writes its words inside, else behind it where there is room; where the next words may begin."""
        self.drawing.rect("block mine" if block.kind == "kept" else "block", start, top + 2, max(end - start, 4), height)
        if block.kind == "kept":
            self.drawing.hatch("hatch-quiet", start, top + 2, end - start, height, 9)
        room = max(width_of(block.label), width_of(block.note))
        is_inside = end - start > room + 12
        x = start + 8 if is_inside else end + 6
        if not is_inside and (x < free or x + room > self.across.end):
            return free
        self.drawing.text("strong halo", x, top + 15, block.label)
        self.drawing.text("say halo", x, top + 28, block.note)
        return x + room

    def _now(self) -> None:
        now = self.day.now
        if now is None or not self.across.low <= now <= self.across.high:
            return
        x = self.across(now)
        self.drawing.line("now", x, AXIS - 4, x, self.height - GAP / 2)
        self.drawing.rect("now-ground", x - 20, 4, 40, 17)
        self.drawing.text("now-words", x, 16, self.hand.reader.clock(now), "middle")
