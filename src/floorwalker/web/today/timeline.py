"""Today as a score: what will come, who is needed and planned, and the reader's own day, over one time axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, ngettext

from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.planning.forecast_page import busiest_hour, load_strip, open_part
from floorwalker.web.planning.lane import lane_of
from floorwalker.web.planning.models import Expected
from floorwalker.web.planning.needs import Shortage
from floorwalker.web.planning.people_page import people_strip, people_table
from floorwalker.web.planning.rules import may_open_people_needed
from floorwalker.web.planning.staffing_day import QueueDay, shortage, whole_day
from floorwalker.web.ui.charts import Block, Hand, Lane, Picture, Score, score
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class Timeline:
    """The picture, and the page's first sentence and what lies behind it."""

    picture: Picture
    sentence: str
    lede: str


def timeline(viewer: Viewer, now: datetime, reader: Reader) -> Timeline | None:
    """The day under way for those who may see who is needed; None without a forecast of today."""
    found = whole_day(viewer.site, now.date()) if may_open_people_needed(viewer) else None
    if found is None:
        return None
    expected, day = found
    part = open_part(expected.curve)
    shown = day.shown(part)
    at = now.hour * 60 + now.minute
    rest = _from(shown, at)
    ahead = shortage(rest)
    peak = _peak(expected)
    blocks = lane_of(viewer, now.date(), reader)
    is_over = peak + shown.length <= at
    sentence = _once_over(ahead, rest, reader) if is_over else _sentence(peak, ahead, shown, reader)
    whole = Score(
        minutes=shown.minutes,
        length=shown.length,
        load=load_strip(expected, part, reader),
        people=people_strip(shown, reader) if shown.need.any() else None,
        lane=_lane(blocks),
        now=at,
        peak=busiest_hour(expected),
    )
    table = people_table(shown, sentence, reader)
    lede = _lede(expected, None if is_over else peak, at, reader)
    return Timeline(score(Hand(reader), whole, sentence, table), sentence, lede)


def _from(day: QueueDay, minute: int) -> QueueDay:
    """The rest of the day."""
    first = next((place for place, each in enumerate(day.minutes) if each + day.length > minute), len(day.minutes))
    return day.shown(slice(first, None))


def _peak(expected: Expected) -> int:
    """The minute at which most is expected."""
    mean = expected.curve["mean"]
    minute: int = expected.curve["minutes"][mean.index(max(mean))]
    return minute


def _sentence(peak: int, short: Shortage | None, day: QueueDay, reader: Reader) -> str:
    words = {"peak": reader.clock(peak)}
    if day.planned is None:
        return gettext("The peak comes at %(peak)s.") % words
    if short is None:
        return gettext("The peak comes at %(peak)s, and enough people are planned.") % words
    words |= {"n": reader.number(short.most), "from": reader.clock(short.start), "until": reader.clock(short.end)}
    if short.start <= peak < short.end:
        return (
            ngettext(
                "The peak comes at %(peak)s, and until %(until)s you are one person short.",
                "The peak comes at %(peak)s, and until %(until)s you are %(n)s people short.",
                short.most,
            )
            % words
        )
    return (
        ngettext(
            "The peak comes at %(peak)s; from %(from)s to %(until)s you are one person short.",
            "The peak comes at %(peak)s; from %(from)s to %(until)s you are %(n)s people short.",
            short.most,
        )
        % words
    )


def _once_over(short: Shortage | None, rest: QueueDay, reader: Reader) -> str:
    """The first sentence after the peak: what is still to come."""
    if rest.planned is None or not rest.need.any():
        return gettext("The peak is over.")
    if short is None:
        return gettext("The peak is over, and for the rest of the day enough people are planned.")
    words = {"n": reader.number(short.most), "from": reader.clock(short.start), "until": reader.clock(short.end)}
    return (
        ngettext(
            "The peak is over; from %(from)s to %(until)s you are one person short.",
            "The peak is over; from %(from)s to %(until)s you are %(n)s people short.",
            short.most,
        )
        % words
    )


def _lede(expected: Expected, peak: int | None, now: int, reader: Reader) -> str:
    """What comes at a peak that is still ahead, and in the whole day."""
    curve, total = expected.curve, expected.total
    words = {"low": reader.number(total["q10"]), "high": reader.number(total["q90"])}
    if peak is None:
        told = gettext("Between %(low)s and %(high)s contacts in the whole day.") % words
    else:
        words |= {"n": reader.number(curve["mean"][curve["minutes"].index(peak)]), "length": reader.number(curve["length"])}
        told = gettext("About %(n)s contacts in %(length)s minutes then, and between %(low)s and %(high)s in the whole day.")
        told = told % words
    worst = expected.people.get("worst")
    if not worst or worst["end"] <= now:
        return told
    return reader.paragraph(told, _in_queue(worst, reader))


def _in_queue(worst: Mapping[str, Any], reader: Reader) -> str:
    """Enough people in all may still be too few in one queue."""
    words = {
        "queue": f"\u2068{worst['queue']}\u2069",
        "n": reader.number(worst["most"]),
        "from": reader.clock(worst["start"]),
        "until": reader.clock(worst["end"]),
    }
    return (
        ngettext(
            "The largest gap in a single queue is in %(queue)s: one person from %(from)s to %(until)s.",
            "The largest gap in a single queue is in %(queue)s: up to %(n)s people from %(from)s to %(until)s.",
            worst["most"],
        )
        % words
    )


def _lane(blocks: Sequence[Block]) -> Lane | None:
    return Lane(blocks, gettext("Your day"), (gettext("in your calendar"),)) if blocks else None
