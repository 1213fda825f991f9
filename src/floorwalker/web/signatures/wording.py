"""What a signature says: where each measure stands against a person's own past, and what changed, as whole sentences.

Nothing here praises, blames, or guesses what somebody feels. `own` chooses the words for the person themselves.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _

from floorwalker.core.measures import Unit
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.signatures.judging import NEWCOMER
from floorwalker.web.signatures.measures import HOURS, SIGNATURE
from floorwalker.web.signatures.models import Finding, Guide, Trait
from floorwalker.web.ui.charts import Hand
from floorwalker.web.ui.reader import Reader

TINY = 0.1
"""Below ten points a share is written with one place."""
HOUR, MINUTE = 3600, 60

QUESTIONS: Mapping[str, Promise] = {
    "different": _("What is different in your work since then?"),
    "notice": _("When you look at these contacts again, what do you notice?"),
    "helps": _("What helps you at the moment, and what gets in the way?"),
    "tools": _("Is there something in the procedures or tools that we should change?"),
    "support": _("Which support would be useful to you?"),
    "try": _("What would you like to try, and when should we look at it together?"),
    "tell": _("What works well now, and would you like to tell others about it?"),
}
"""Open questions, by the code under which a guide keeps them."""


def name(measure: str) -> str:
    """The name of a measure."""
    return gettext("Hours at work") if measure == HOURS else pulse_wording.name(measure)


def head(traits: int, lasting: int, is_new: bool, own: str, reader: Reader) -> str:
    """The sentence of the page; `own` is empty for the person themselves, else their name."""
    if is_new:
        new = gettext("%(name)s is new here: the numbers still find their level.")
        return new % {"name": own} if own else gettext("You are new here: your numbers still find their level.")
    if not traits:
        nothing = gettext("Nothing is known of the numbers of %(name)s yet.")
        return nothing % {"name": own} if own else gettext("Nothing is known of your numbers yet.")
    if not lasting:
        usual = gettext("Nothing has changed for good in the numbers of %(name)s.")
        return usual % {"name": own} if own else gettext("Nothing has changed for good in your numbers.")
    n = {"name": own, "n": reader.number(lasting)}
    if own:
        return (
            ngettext(
                "One number of %(name)s has changed for good.", "%(n)s numbers of %(name)s have changed for good.", lasting
            )
            % n
        )
    return ngettext("One of your numbers has changed for good.", "%(n)s of your numbers have changed for good.", lasting) % n


def lede(own: str) -> str:
    """How to read the page, and that reading it is noted."""
    if own:
        return gettext(
            "%(name)s is only ever compared with their own past. That you opened this page is noted, and they see it."
        ) % {"name": own}
    return gettext("Nobody is ranked here: you are only ever compared with your own past.")


def readers(own: str, circle: list[str]) -> str:
    """Who may read it, before the text."""
    others = gettext(", ").join(f"\u2068{each}\u2069" for each in circle)
    if own:
        return gettext("Readers: %(name)s, and in their line %(others)s.") % {"name": own, "others": others}
    return (
        gettext("Readers: you, and in your line %(others)s.") % {"others": others} if circle else gettext("Readers: you alone.")
    )


def readers_of_guide(own: str, circle: list[str], author: str) -> str:
    """Who may read a guide: its subject, whoever wrote it, and the line."""
    return readers(own, list(dict.fromkeys([author, *circle])))


def learning(started: date | None, reader: Reader) -> str:
    """Until when a newcomer's numbers are left alone."""
    until = {"day": reader.day(started + NEWCOMER if started else None, "long")}
    return gettext("Still learning, as everybody does at first. No pattern before %(day)s.") % until


def standing(trait: Trait, blip: Finding | None, lasting: Finding | None, reader: Reader) -> str:
    """Where a measure stands, under its picture."""
    since = {"day": reader.day(trait.since, "medium")}
    if trait.state == Trait.State.YOUNG:
        return gettext("Too young for a pattern.")
    if trait.state == Trait.State.NEWCOMER:
        return gettext("Still learning.")
    if trait.state == Trait.State.THIN:
        enough = SIGNATURE[trait.measure].enough
        return gettext("Not enough evidence: a pattern needs %(n)s observations in four weeks.") % {"n": reader.number(enough)}
    if trait.state == Trait.State.EARLY:
        return (
            gettext("It looks different since %(day)s, but there is not enough evidence. Nothing to do before we know.") % since
        )
    if lasting:
        return short(lasting, reader)
    if blip:
        return blip_words(blip, reader)
    return gettext("As usual.")


def short(finding: Finding, reader: Reader) -> str:
    """A lasting change under the name of its measure."""
    words = {"size": size(finding.measure, finding.size, reader), "day": reader.day(finding.onset, "medium")}
    if SIGNATURE[finding.measure].unit is Unit.SECONDS:
        longer = gettext("%(size)s longer since %(day)s, and it stays.")
        return (longer if finding.size > 0 else gettext("%(size)s shorter since %(day)s, and it stays.")) % words
    higher = gettext("%(size)s higher since %(day)s, and it stays.")
    return (higher if finding.size > 0 else gettext("%(size)s lower since %(day)s, and it stays.")) % words


def blip_words(finding: Finding, reader: Reader) -> str:
    """A blip is told as a blip."""
    words = {"day": reader.day(finding.onset, "medium"), "until": reader.day(finding.until, "medium")}
    if finding.until and finding.until > finding.onset:
        return gettext("A blip from %(day)s to %(until)s: leave it alone.") % words
    return gettext("A blip on %(day)s: leave it alone.") % words


def changed(finding: Finding | Guide, change: float, reader: Reader) -> str:
    """A lasting change as a sentence of its own."""
    words = {
        "measure": name(finding.measure),
        "size": size(finding.measure, change, reader),
        "day": reader.day(finding.onset, "medium"),
    }
    if SIGNATURE[finding.measure].unit is Unit.SECONDS:
        longer = gettext("%(measure)s: %(size)s longer since %(day)s, and it stays.")
        return (longer if change > 0 else gettext("%(measure)s: %(size)s shorter since %(day)s, and it stays.")) % words
    higher = gettext("%(measure)s: %(size)s higher since %(day)s, and it stays.")
    return (higher if change > 0 else gettext("%(measure)s: %(size)s lower since %(day)s, and it stays.")) % words


def size(measure: str, change: float, reader: Reader) -> str:
    """How much, without a sign, rounded to what is known."""
    amount = abs(change)
    if SIGNATURE[measure].unit is Unit.SHARE:
        points = amount * 100
        written = {"n": reader.number(points, 0 if amount >= TINY else 1)}
        return npgettext("by how much", "%(n)s percentage point", "%(n)s percentage points", round(points)) % written
    if measure == HOURS:
        minutes = round(amount / MINUTE)
        return npgettext("by how much", "%(n)s minute", "%(n)s minutes", minutes) % {"n": reader.number(minutes)}
    whole = round(amount)
    return npgettext("by how much", "%(n)s second", "%(n)s seconds", whole) % {"n": reader.number(whole)}


def value(measure: str, amount: float, reader: Reader) -> str:
    """A value of a measure; hours as hours and minutes."""
    if measure == HOURS:
        return reader.clock(round(amount / MINUTE))
    return Hand(reader, SIGNATURE[measure].unit).write(max(amount, 0.0))


def levels(measure: str, usual: float, change: tuple[float, float, float], reader: Reader) -> str:
    """Where it was and where it went, with the interval; `change` as size, lowest and highest."""
    now, low, high = (value(measure, usual + each, reader) for each in change)
    words = {"usual": value(measure, usual, reader), "now": now, "low": low, "high": high}
    return gettext("Usual was %(usual)s; it is now %(now)s, between %(low)s and %(high)s.") % words


def bit_by_bit(finding: Finding) -> str:
    """That a change did not come on one day."""
    return gettext("It came bit by bit; the size is that of the last four weeks.") if finding.is_gradual else ""


def evidence(finding: Finding, reader: Reader) -> str:
    """How sure it is, and since when."""
    words = {"sure": reader.percent(min(finding.sure, 0.99)), "day": reader.day(finding.decided, "medium")}
    return gettext("Lasting with %(sure)s; we were sure on %(day)s.") % words


def shared(since: date, reader: Reader) -> str:
    """That a whole queue or team moved, so that it is told of nobody."""
    return gettext("All who serve the same queue, or the whole team, moved since %(day)s: the usual range moved along.") % {
        "day": reader.day(since, "medium")
    }


def usual_range(measure: str, low: float, high: float, reader: Reader) -> str:
    """The usual range of the last day."""
    return gettext("usual %(low)s to %(high)s") % {"low": value(measure, low, reader), "high": value(measure, high, reader)}


def named(measure: str, words: str) -> str:
    """What a picture says to those who do not see it."""
    return gettext("%(measure)s. %(words)s") % {"measure": measure, "words": words}


def by(who: str, at: datetime, reader: Reader) -> str:
    """Who wrote something, and when."""
    return gettext("%(who)s, %(when)s") % {"who": f"\u2068{who}\u2069", "when": reader.instant(at)}
