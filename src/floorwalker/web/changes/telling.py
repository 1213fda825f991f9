"""What stands beside a change: what it costs, what moved with it, what people said and ruled, and what the usual was told."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.changes import wording
from floorwalker.web.changes.costs import Cost, Said
from floorwalker.web.changes.models import Decision, Finding, Ruling
from floorwalker.web.changes.queries import Change
from floorwalker.web.pulse import wording as pulse_wording
from floorwalker.web.ui.reader import Reader

RULED: Mapping[str, Promise] = {
    Ruling.Kind.BLIP: _("%(who)s ruled on %(day)s: this is a blip. Its days are no example of what is usual."),
    Ruling.Kind.NORMAL: _("%(who)s ruled on %(day)s: this is the new normal."),
    Ruling.Kind.AS_WAS: _("%(who)s ruled on %(day)s: the usual stays as it was."),
    Ruling.Kind.NOTHING: _("%(who)s ruled on %(day)s: it was nothing. It counts as a false alarm."),
}
DECIDED: Mapping[tuple[str, bool], Promise] = {
    (Decision.Kind.LEFT_OUT, False): _(
        "%(first)s to %(last)s are left out of the usual since %(decided)s, because they were a blip."
    ),
    (Decision.Kind.LEFT_OUT, True): _("%(first)s to %(last)s are left out of the usual, because a person ruled so."),
    (Decision.Kind.NEW_NORMAL, False): _("What began on %(first)s counts as the new normal since %(decided)s."),
    (Decision.Kind.NEW_NORMAL, True): _("What began on %(first)s counts as the new normal, because a person ruled so."),
    (Decision.Kind.NOT_LASTING, True): _("What began on %(first)s is not taken as the new normal, because a person ruled so."),
}


def cost(found: Cost, finding: Finding, reader: Reader) -> str:
    """What it costs or saves a day if it lasts; empty where that is less than one."""
    amount = round(found.amount)
    if amount < 1:
        return ""
    words = {"n": reader.number(amount)}
    if found.said is Said.WORK:
        more = ngettext("About %(n)s minute of work more a day.", "About %(n)s minutes of work more a day.", amount)
        less = ngettext("About %(n)s minute of work less a day.", "About %(n)s minutes of work less a day.", amount)
        return (more if finding.size > 0 else less) % words
    if found.said is Said.WAITING:
        more = ngettext(
            "Customers wait about %(n)s minute more a day in all.",
            "Customers wait about %(n)s minutes more a day in all.",
            amount,
        )
        less = ngettext(
            "Customers wait about %(n)s minute less a day in all.",
            "Customers wait about %(n)s minutes less a day in all.",
            amount,
        )
        return (more if finding.size > 0 else less) % words
    if found.said is Said.ANSWERS:
        return _answers(amount) % words
    return ngettext("About %(n)s contact a day is affected.", "About %(n)s contacts a day are affected.", amount) % words


def _answers(amount: int) -> str:
    return ngettext(
        "About %(n)s customer who answers is affected a day.", "About %(n)s customers who answer are affected a day.", amount
    )


def along(behind: Sequence[Finding]) -> str:
    """Which measures of the same place stand behind the one that is told."""
    names = list(dict.fromkeys(pulse_wording.name(each.measure) for each in behind))
    return gettext("Moved with it: %(names)s.") % {"names": gettext(", ").join(names)} if names else ""


def ruled(ruling: Ruling, reader: Reader) -> str:
    """Who ruled what, when."""
    day = reader.day(ruling.at.date(), "medium")
    return str(RULED[ruling.kind]) % {"who": f"\u2068{ruling.by}\u2069", "day": day}


def decided(decision: Decision, reader: Reader) -> str:
    """What the usual was told, since when, and by whom."""
    words = {
        "first": reader.day(decision.first, "long"),
        "last": reader.day(decision.last or decision.first, "long"),
        "decided": reader.day(decision.decided, "long"),
    }
    return str(DECIDED[decision.kind, decision.by_person]) % words


def days_of_doubt(finding: Finding) -> int:
    """From the onset to the day on which we were sure; so far, where we are not."""
    return (finding.decided - finding.onset).days if finding.decided else len(finding.chances)


def doubt(finding: Finding, reader: Reader) -> str:
    """How many days it took to be sure, and as what the doubt ended; or how many it has lasted."""
    days = days_of_doubt(finding)
    words = {"n": reader.number(days)}
    if finding.kind == Finding.Kind.EARLY:
        return ngettext("In doubt for one day.", "In doubt for %(n)s days.", days) % words
    if not days:
        return gettext("There was no doubt from its first day on.")
    if finding.kind == Finding.Kind.BLIP:
        return (
            ngettext("After one day of doubt it ended as a blip.", "After %(n)s days of doubt it ended as a blip.", days)
            % words
        )
    if finding.until:
        return (
            ngettext(
                "After one day of doubt it looked lasting, and did not last.",
                "After %(n)s days of doubt it looked lasting, and did not last.",
                days,
            )
            % words
        )
    return (
        ngettext(
            "After one day of doubt it ended as a lasting shift.",
            "After %(n)s days of doubt it ended as a lasting shift.",
            days,
        )
        % words
    )


def under(change: Change, reader: Reader) -> str:
    """A change of the same series on whose card another one stands in front, with its story where it was told."""
    words = {"day": reader.day(change.finding.onset, "medium"), "story": change.story.text if change.story else ""}
    if change.finding.kind == Finding.Kind.BLIP:
        return gettext("There was a blip on %(day)s.") % words
    if change.story:
        return gettext("On top of the new normal since %(day)s: “%(story)s”") % words
    return gettext("On top of the new normal since %(day)s.") % words


def before(earlier: Finding, reader: Reader, story: str) -> str:
    """That something like it happened, with its story where it was told."""
    words = {"sentence": wording.sentence(earlier, reader), "verdict": wording.verdict(earlier, reader), "story": story}
    if story:
        return gettext("%(sentence)s %(verdict)s. “%(story)s”") % words
    return gettext("%(sentence)s %(verdict)s.") % words
