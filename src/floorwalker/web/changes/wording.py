"""What a change says: its verdict, its sentence, its size and its doubt, as whole sentences."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import MEASURES, Unit
from floorwalker.web.changes.chosen import AT_LEAST
from floorwalker.web.changes.models import Finding, Round
from floorwalker.web.changes.places import Place, queue
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.pulse.record_words import CHANNELS
from floorwalker.web.ui.charts import Hand
from floorwalker.web.ui.reader import Reader

KINDS: Mapping[str, Promise] = {
    Finding.Kind.LASTING: _("Lasting shifts"),
    Finding.Kind.BLIP: _("Blips"),
    Finding.Kind.EARLY: _("Too early to say"),
}
TINY = 0.1
"""Below ten points a share is written with one place."""


def verdict(finding: Finding, reader: Reader) -> str:
    """The verdict with its chance, as few words as stand beside a shape."""
    words = {"day": reader.day(finding.onset, "medium"), "sure": reader.percent(_never_certain(finding.sure))}
    if finding.kind == Finding.Kind.BLIP:
        return gettext("Blip, %(sure)s: leave it alone") % words
    if finding.kind == Finding.Kind.EARLY:
        days = len(finding.chances)
        return ngettext("Too early to say: one day", "Too early to say: %(n)s days", days) % {"n": reader.number(days)}
    if finding.until:
        return gettext("It did not last: over since %(day)s") % {"day": reader.day(finding.until, "medium")}
    return gettext("Lasting shift since %(day)s, %(sure)s") % words


def sentence(finding: Finding, reader: Reader) -> str:
    """What a manager could say aloud."""
    words = {
        "queue": place_of(finding.place),
        "measure": pulse_wording.name(finding.measure),
        "size": size(finding, reader),
        "day": reader.day(finding.onset, "medium"),
        "until": reader.day(finding.until, "medium"),
    }
    up = finding.size > 0
    if finding.kind == Finding.Kind.EARLY:
        early = _("%(queue)s, %(measure)s: it looks %(size)s higher since %(day)s.")
        return str(early if up else _("%(queue)s, %(measure)s: it looks %(size)s lower since %(day)s.")) % words
    if finding.until and finding.until > finding.onset:
        over = _("%(queue)s, %(measure)s: %(size)s higher from %(day)s to %(until)s.")
        return str(over if up else _("%(queue)s, %(measure)s: %(size)s lower from %(day)s to %(until)s.")) % words
    if finding.until:
        once = _("%(queue)s, %(measure)s: %(size)s higher on %(day)s, for one day.")
        return str(once if up else _("%(queue)s, %(measure)s: %(size)s lower on %(day)s, for one day.")) % words
    return str(_lasting(finding, up)) % words


def _lasting(finding: Finding, up: bool) -> Promise:
    if finding.measure == "aht" and finding.dimension == "queue":
        longer = _("Each %(queue)s contact takes %(size)s longer since %(day)s, and it is not going back.")
        return longer if up else _("Each %(queue)s contact takes %(size)s less since %(day)s, and it is not going back.")
    higher = _("%(queue)s, %(measure)s: %(size)s higher since %(day)s, and it is not going back.")
    return higher if up else _("%(queue)s, %(measure)s: %(size)s lower since %(day)s, and it is not going back.")


def place_of(place: Place) -> str:
    """The name of a place, kept apart from the direction of the sentence around it; a queue's is its own, all others say what
    they are."""
    value = str(CHANNELS.get(place.value, place.value)) if place.dimension == "channel" else place.value
    name = {"name": f"\u2068{value}\u2069"}
    if place.dimension == "team":
        return pgettext("beside the names of queues", "Team %(name)s") % name
    if place.dimension == "channel":
        return pgettext("beside the names of queues", "Channel %(name)s") % name
    if place.dimension == "topic":
        return pgettext("beside the names of queues", "Reason “%(name)s”") % name
    return name["name"] if place.dimension else pgettext("beside the names of queues", "Whole site")


def size(finding: Finding, reader: Reader) -> str:
    """How much, without a sign, rounded to what is known."""
    amount, unit = abs(finding.size), MEASURES[finding.measure].unit
    if unit is Unit.SHARE:
        points = amount * 100
        written = {"n": reader.number(points, 0 if amount >= TINY else 1)}
        return npgettext("by how much", "%(n)s percentage point", "%(n)s percentage points", round(points)) % written
    whole = round(amount)
    written = {"n": reader.number(whole)}
    if unit is Unit.SECONDS:
        return npgettext("by how much", "%(n)s second", "%(n)s seconds", whole) % written
    return npgettext("by how much", "%(n)s contact a day", "%(n)s contacts a day", whole) % written


def levels(finding: Finding, hand: Hand) -> str:
    """Where it was and where it went, with the interval, in the measure's own unit."""
    at = finding.usual
    if finding.kind == Finding.Kind.LASTING:
        values = {
            "usual": hand.write(at),
            "now": hand.write(at + finding.size),
            "low": hand.write(at + finding.size_low),
            "high": hand.write(at + finding.size_high),
        }
        if finding.until:
            return gettext("Usual was %(usual)s; it was %(now)s then, between %(low)s and %(high)s.") % values
        return gettext("Usual was %(usual)s; it is now %(now)s, between %(low)s and %(high)s.") % values
    room = (finding.size_high - finding.size_low) / 2
    lowest = max(at - room, 0.0)
    values = {"value": hand.write(at + finding.size), "low": hand.write(lowest), "high": hand.write(at + room)}
    return gettext("%(value)s against a usual %(low)s to %(high)s.") % values


def began(finding: Finding, reader: Reader) -> str:
    """Between which days it began, and when we were sure; empty where there is no more to say than the sentence does."""
    if finding.kind == Finding.Kind.EARLY:
        nothing, blip, lasting = (reader.percent(share) for share in finding.chances[-1][1:])
        shares = {"blip": blip, "lasting": lasting, "nothing": nothing}
        return (
            gettext("%(blip)s blip, %(lasting)s lasting, %(nothing)s nothing. There is nothing to do before we know.") % shares
        )
    if finding.kind == Finding.Kind.BLIP or finding.decided is None:
        return ""
    words = {
        "first": reader.day(finding.onset_low, "medium"),
        "last": reader.day(finding.onset_high, "medium"),
        "decided": reader.day(finding.decided, "long"),
    }
    if finding.onset_low == finding.onset_high:
        return gettext("It began on %(first)s; we were sure on %(decided)s.") % words
    return gettext("It began between %(first)s and %(last)s; we were sure on %(decided)s.") % words


def same_in(queues: tuple[str, ...]) -> str:
    """In which queues the same happened."""
    if not queues:
        return ""
    names = gettext(", ").join(place_of(queue(each)) for each in queues)
    return gettext("The same in these queues: %(queues)s.") % {"queues": names}


def holiday(finding: Finding, holidays: Mapping[date, str]) -> str:
    """That the first day of a blip was a public holiday."""
    name = holidays.get(finding.onset) if finding.kind == Finding.Kind.BLIP else None
    return gettext("It was a public holiday: %(name)s.") % {"name": f"\u2068{name}\u2069"} if name else ""


def head(lasting: int, reader: Reader) -> str:
    """The sentence of the page."""
    if not lasting:
        return gettext("Nothing lasting has changed in the last eight weeks.")
    return ngettext("One lasting shift in the last eight weeks.", "%(n)s lasting shifts in the last eight weeks.", lasting) % {
        "n": reader.number(lasting)
    }


def lede(done: Round, reader: Reader) -> str:
    """What was looked at, up to when; and which reasons for contact, where not all of them are looked at."""
    words = {"n": reader.number(done.judged), "day": reader.day(done.until, "full")}
    told = ngettext("We watch one number, up to %(day)s.", "We watch %(n)s numbers, up to %(day)s.", done.judged) % words
    if done.reasons == done.reasons_known:
        return told
    words = {"watched": reader.number(done.reasons), "least": reader.number(AT_LEAST), "n": reader.number(done.reasons_known)}
    busiest = ngettext(
        "One reason for contact is known; it is watched once %(least)s contacts come a week.",
        "Of %(n)s reasons for contact the busiest are watched, %(watched)s with at least %(least)s contacts a week.",
        done.reasons_known,
    )
    return f"{told} {busiest % words}"


def nothing(numbers: int, reader: Reader) -> str:
    """That all is usual."""
    return ngettext(
        "Nothing changed. One number stayed in its usual range.",
        "Nothing changed. %(n)s numbers stayed in their usual range.",
        numbers,
    ) % {"n": reader.number(numbers)}


def _never_certain(share: float) -> float:
    """A chance is never written as 100 %."""
    return min(share, 0.99)
