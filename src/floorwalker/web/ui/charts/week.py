"""A few days beside one another: people needed and planned, beneath them the room to spare. On a phone one under another."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from floorwalker.core.measures import Unit
from floorwalker.web.ui.charts.drawing import Drawing
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.picture import Picture, Table
from floorwalker.web.ui.charts.placing import Box, width_of
from floorwalker.web.ui.charts.scale import Scale, spanning, steps
from floorwalker.web.ui.charts.score_parts import People
from floorwalker.web.ui.charts.stairs import Stairs

WIDE, NARROW = 1152, 358
MARGIN, NARROW_MARGIN, GAP = 64, 30, 18
NAME, NOTE_ROOM = 22, 22


@dataclass(frozen=True)
class WeekDay:
    """One day: its people and the whole persons who may leave by interval, and `note`, the sum of that in words.

    `is_chosen` is the day that the page says more about.
    """

    name: str
    minutes: Sequence[int]
    length: int
    people: People
    spare: Sequence[int]
    note: str
    is_chosen: bool = False


@dataclass(frozen=True)
class WeekWords:
    """What the two strips are called."""

    people: str
    room: str


def week(hand: Hand, days: Sequence[WeekDay], words: WeekWords, finding: str, behind: Table) -> Picture:
    """All days on the same scales, so that they can be compared."""
    wide, narrow = _Week(hand, days, words, True), _Week(hand, days, words, False)
    return Picture(finding, wide.drawn(finding), narrow.drawn(finding), behind)


@dataclass
class _Week:
    """One drawing: on a wide page the days stand beside one another, on a narrow one under one another."""

    hand: Hand
    days: Sequence[WeekDay]
    words: WeekWords
    is_wide: bool

    def __post_init__(self) -> None:
        many = len(self.days)
        self.plot, self.room = (210, 38) if self.is_wide else (92, 26)
        self.margin = MARGIN if self.is_wide else NARROW_MARGIN
        self.height = NAME + self.plot + 34 + self.room + NOTE_ROOM
        width = WIDE if self.is_wide else NARROW
        self.each = (width - self.margin - GAP * many) / many if self.is_wide else width - self.margin - 8
        self.drawing = Drawing(width, self.height if self.is_wide else self.height * many, self.hand.time_mirrored)
        self.hours = (min(day.minutes[0] for day in self.days), max(day.minutes[-1] + day.length for day in self.days))

    def drawn(self, finding: str) -> SafeString:
        for place, day in enumerate(self.days):
            left = self.margin + place * (self.each + GAP) if self.is_wide else self.margin
            top = 0 if self.is_wide else place * self.height
            if place == 0 or not self.is_wide:
                self._margin(top)
            self._day(day, Scale(*self.hours, left, left + self.each), top, place == 0)
        return self.drawing.svg(finding)

    def _down(self, top: float) -> Scale:
        held = [each for day in self.days for each in (*day.people.high, *(day.people.planned or ()))]
        return spanning(held, top + NAME + self.plot, top + NAME + 24, from_zero=True)

    def _room_down(self, top: float) -> Scale:
        bottom = top + NAME + self.plot + 34 + self.room
        return spanning([*(spare for day in self.days for spare in day.spare), 1], bottom, bottom - self.room, from_zero=True)

    def _margin(self, top: float) -> None:
        """The amounts, and what the strips are called where there is room for it."""
        down, end = self._down(top), self.drawing.width
        for value in steps(0, down.high, Unit.COUNT, 4 if self.is_wide else 2):
            self.drawing.line("grid", self.margin, down(value), end, down(value))
            self.drawing.text("", self.margin - 8, down(value) + 4, self.hand.write(value), "end")
        spare = max((each for day in self.days for each in day.spare), default=0)
        room = self._room_down(top)
        if spare and not self.is_wide:
            self.drawing.text("", self.margin - 8, room(spare) + 8, self.hand.write(spare), "end")
        if self.is_wide:
            self.drawing.text("soft", 0, top + 14, self.words.people)
            for number, line in enumerate(wrapped(self.words.room, MARGIN - 10)):
                self.drawing.text("strong", 0, room.end + 11 + 14 * number, line)

    def _day(self, day: WeekDay, across: Scale, top: float, is_named: bool) -> None:
        css = "strong chosen" if day.is_chosen else "strong"
        self.drawing.text(css, across.start if self.is_wide else 0, top + 14, day.name)
        down, base = self._down(top), top + NAME + self.plot
        stairs = Stairs(day.people, day.minutes, day.length, across, down)
        stairs.draw(self.drawing)
        self.drawing.line("axis", across.start, base, across.end, base)
        self._hours(across, base + 16)
        self._words(stairs, across, top, is_named)
        self._room(day, across, top)

    def _hours(self, across: Scale, at: float) -> None:
        first, last = self.hours
        every = 60 * max(1, -(-(last - first) // 60 // (3 if self.is_wide else 5)))
        for minute in range(-(-first // every) * every, last + 1, every):
            x = across(minute)
            anchor = "start" if x - across.start < 16 else "end" if across.end - x < 16 else "middle"
            self.drawing.text("", x, at, self.hand.reader.clock(minute), anchor)

    def _words(self, stairs: Stairs, across: Scale, top: float, is_named: bool) -> None:
        """The shortage in words, and in the first day both lines by name."""
        room = stairs.words(Box(across.start + 2, across.end - 2, top + NAME, top + NAME + self.plot))
        if stairs.people.short:
            first, last, words = stairs.people.short
            half = width_of(words) / 2
            x = max(min(max(across((first + last) / 2), across.start + half), across.end - half), across.start + half)
            self.drawing.text("strong halo", x, top + NAME + 16, words, "middle")
            room.take(words, x, top + NAME + 16)
        for words, place in stairs.names(room) if is_named else ():
            self.drawing.text("say halo", place.x, place.foot, words, "middle")

    def _room(self, day: WeekDay, across: Scale, top: float) -> None:
        down = self._room_down(top)
        wide = across(day.length) - across(0)
        self.drawing.line("grid", across.start, down.start, across.end, down.start)
        for minute, spare in zip(day.minutes, day.spare, strict=True):
            if spare:
                height = down.start - down(spare)
                self.drawing.rect("room", across(minute), down(spare), max(wide - 1, 1), height)
        self.drawing.text("say" if any(day.spare) else "soft", across.start, down.start + 16, day.note)


def wrapped(words: str, width: float) -> list[str]:
    """Words in lines that are no wider; those without spaces are broken anywhere."""
    lines: list[str] = []
    for part in words.split() if " " in words else list(words):
        joined = f"{lines[-1]} {part}" if lines and " " in words else f"{lines[-1]}{part}" if lines else part
        if lines and width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return lines
