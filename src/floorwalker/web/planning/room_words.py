"""The sentences about room to spare, certificates and promises."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.planning.models import Certificate, QueuePlan
from floorwalker.web.planning.plan_form import DEFINITIONS
from floorwalker.web.ui.reader import Reader
from floorwalker.web.ui.values import UNKNOWN

CERTAIN = 0.99

NOT_DONE: Mapping[str, Promise] = {
    "promise_nothing": _("Nothing can be promised here: nobody can be spared."),
    "promise_over": _("This certificate stands as it is, since its day has begun or the word was given."),
}


def not_done(problem: NotDone) -> str:
    """Why nothing was changed."""
    return str(NOT_DONE[problem.code])


def confidence(share: float, reader: Reader) -> str:
    """A chance that was asked for: 9 of 10 such days."""
    if round(share * 10, 6).is_integer():
        return gettext("%(n)s of 10 such days") % {"n": reader.number(share * 10)}
    return gettext("%(n)s of 20 such days") % {"n": reader.number(share * 20)}


def of_hundred(share: float, reader: Reader) -> str:
    """A chance as a frequency; never certain."""
    return reader.number(min(round(share * 100), round(CERTAIN * 100)))


def hours(certificate: Certificate) -> float:
    """Hours off the queue that are granted, all people together."""
    return float(sum(certificate.plan["spare"])) * float(certificate.plan["length"]) / 60


def stretches(certificate: Certificate, reader: Reader) -> list[str]:
    """When how many may leave, as sentences; neighbours with the same number are one."""
    plan = certificate.plan
    told: list[tuple[int, int, int]] = []
    for minute, spare in zip(plan["minutes"], plan["spare"], strict=True):
        if told and told[-1][2] == spare and told[-1][1] == minute:
            told[-1] = (told[-1][0], minute + plan["length"], spare)
        else:
            told.append((minute, minute + plan["length"], spare))
    return [_stretch(first, last, spare, reader) for first, last, spare in told if spare]


def _stretch(first: int, last: int, spare: int, reader: Reader) -> str:
    return ngettext("%(from)s to %(to)s: one person", "%(from)s to %(to)s: %(n)s people", spare) % {
        "from": reader.clock(first),
        "to": reader.clock(last),
        "n": reader.number(spare),
    }


def headline(certificate: Certificate, reader: Reader) -> str:
    """What is certified, in one sentence."""
    most = max(certificate.plan["spare"], default=0)
    words = {
        "day": reader.day(certificate.day, "full"),
        "queue": f"\u2068{certificate.queue}\u2069",
        "n": reader.number(most),
        "hours": reader.number(hours(certificate), 1),
    }
    if not most:
        return gettext("On %(day)s nobody can be spared from %(queue)s.") % words
    return (
        ngettext(
            "On %(day)s one person at a time may leave %(queue)s, %(hours)s hours in all.",
            "On %(day)s up to %(n)s people at a time may leave %(queue)s, %(hours)s hours in all.",
            most,
        )
        % words
    )


def how_sure(certificate: Certificate, reader: Reader) -> str:
    """The chance, its lower bound, and what was asked."""
    words = {
        "chance": of_hundred(certificate.chance, reader),
        "low": of_hundred(certificate.chance_low, reader),
        "asked": confidence(certificate.confidence, reader),
    }
    if is_unknown_holiday(certificate):
        known = certificate.ground["record_days"]
        return ngettext(
            "It is a public holiday, and only one like it is known here: nothing is promised until there are %(fewest)s.",
            "It is a public holiday, and only %(n)s like it are known here: nothing is promised until there are %(fewest)s.",
            known,
        ) % {"n": reader.number(known), "fewest": reader.number(certificate.ground["fewest"])}
    if certificate.grants:
        return (
            gettext("The goal is still met in %(chance)s of 100 such days, and in no fewer than %(low)s. Asked for: %(asked)s.")
            % words
        )
    return (
        gettext(
            "Even with everybody in place the goal is met in only %(chance)s of 100 such days. "
            "Asked for: %(asked)s, so nothing is promised."
        )
        % words
    )


def is_unknown_holiday(certificate: Certificate) -> bool:
    """Whether nothing is promised because the record knows too few public holidays."""
    facts = certificate.ground
    return bool(facts.get("holiday")) and facts["record_days"] < facts["fewest"]


def binding(certificate: Certificate, reader: Reader) -> str:
    """The intervals that decide."""
    times = gettext(", ").join(reader.clock(minute) for minute in sorted(certificate.plan["binding"]))
    return gettext("These half-hours decide: %(times)s.") % {"times": times} if times else ""


def ground(certificate: Certificate, reader: Reader) -> list[str]:
    """What the certificate assumes."""
    facts = certificate.ground
    words = {
        "target": reader.percent(facts["target"]),
        "within": reader.number(facts["threshold_s"]),
        "definition": str(DEFINITIONS[QueuePlan.Definition(facts["definition"])]),
        "contacts": reader.number(facts["contacts"]),
        "aht": reader.duration(facts["aht_s"]),
        "patience": reader.duration(facts["patience_s"]),
        "draws": reader.number(facts["draws"]),
        "absence": reader.percent(facts["absence"]),
        "spread": reader.percent(facts["spread"], 1),
    }
    told = [
        gettext("The goal: %(target)s answered within %(within)s s over the whole day, %(definition)s.") % words,
        gettext("About %(contacts)s contacts, in %(draws)s ways in which such a day may go.") % words,
        gettext("Each contact takes %(aht)s; whole days differ by %(spread)s.") % words,
        gettext("Of each 100 planned people %(n)s do not come, drawn by chance.")
        % {"n": reader.number(facts["absence"] * 100, 0 if round(facts["absence"], 2) == facts["absence"] else 1)},
    ]
    if facts["patience_s"] is None:
        told.append(gettext("Nobody leaves the queue, since nothing is known about patience."))
    else:
        told.append(gettext("Customers give up after %(patience)s on average.") % words)
    if facts.get("chat_s"):
        told.append(_chats(facts["at_once"], facts["chat_s"], reader))
    return [*told, *_record(facts, reader)]


def _record(facts: Mapping[str, Any], reader: Reader) -> list[str]:
    """By which earlier days the chance was judged."""
    words = {"days": reader.number(facts.get("record_days")), "bad": reader.number(facts.get("record_bad"))}
    if not facts.get("record_days"):
        return []
    if facts.get("holiday"):
        return [
            gettext(
                "It is a public holiday and is judged by such days alone, those on weekends apart: "
                "%(bad)s of the %(days)s that are known came out worse than this would have borne."
            )
            % words
        ]
    return [
        gettext(
            "Of the last %(days)s days %(bad)s came out worse than this would have borne. "
            "Where that is more often than was thought, the chance is lowered."
        )
        % words
    ]


def _chats(at_once: int, chat_s: Sequence[float], reader: Reader) -> str:
    words = {"n": reader.number(at_once), "first": reader.duration(chat_s[0]), "last": reader.duration(chat_s[-1])}
    if chat_s[0] == chat_s[-1]:
        return gettext("One person serves up to %(n)s contacts at once. One takes %(last)s, measured while they did.") % words
    return gettext("One person serves up to %(n)s contacts at once. One takes %(first)s alone, %(last)s beside others.") % words


def outcome(certificate: Certificate, reader: Reader) -> str:
    """What became of it."""
    told = certificate.outcome
    if not told or told.get("level") is None:
        return ""
    words = {
        "contacts": reader.number(told["contacts"]),
        "aht": reader.duration(told["aht_s"]),
        "level": reader.percent(told["level"]),
        "target": reader.percent(certificate.ground["target"]),
    }
    if certificate.kept is None:
        told_as = _(
            "Nothing was promised. With the %(contacts)s contacts that came, %(aht)s each, those planned give %(level)s."
        )
    elif certificate.kept:
        told_as = _("Kept: of the %(contacts)s contacts that came, %(aht)s each, %(level)s are answered in time without them.")
    else:
        told_as = _(
            "Broken: of the %(contacts)s contacts that came, %(aht)s each, only %(level)s are answered in time without them."
        )
    return str(told_as) % words


def measured(certificate: Certificate, reader: Reader) -> str:
    """The service level that was really measured on that day."""
    value = certificate.outcome.get("measured")
    return (
        ""
        if value is None
        else gettext("Measured on that day, as it really went: %(level)s.") % {"level": reader.percent(value)}
    )


def in_hindsight(certificate: Certificate, reader: Reader) -> str:
    """What became of a day, in one line."""
    words = {
        "day": reader.day(certificate.day, "named"),
        "hours": in_short(hours(certificate), reader),
        "level": reader.percent(certificate.outcome.get("level")),
        "measured": reader.percent(certificate.outcome.get("measured")),
    }
    told = {
        None: _("%(day)s: nothing promised. %(measured)s were answered in time."),
        True: _("%(day)s: kept. %(hours)s given, %(level)s in time without them; as it really went, %(measured)s."),
        False: _("%(day)s: broken. %(hours)s given, %(level)s in time without them; as it really went, %(measured)s."),
    }
    return str(told[certificate.kept]) % words


def week(per_day: Mapping[date, float], reader: Reader) -> str:
    """The page's sentence."""
    total, empty = sum(per_day.values()), [day for day, hours in per_day.items() if not hours]
    if not total:
        return gettext("There is no room to spare in the coming days.")
    words = {
        "hours": reader.number(total, 0 if float(total).is_integer() else 1),
        "day": reader.day(max(per_day, key=lambda day: per_day[day]), "named"),
        "none": reader.day(empty[0], "named") if empty else "",
    }
    if empty:
        return (
            gettext("There is room for %(hours)s hours off the queue in the coming days: none on %(none)s, most on %(day)s.")
            % words
        )
    return gettext("There is room for %(hours)s hours off the queue in the coming days, most on %(day)s.") % words


def in_short(total: float, reader: Reader) -> str:
    """Hours, or none."""
    return gettext("%(n)s h") % {"n": reader.number(total, 0 if float(total).is_integer() else 1)} if total else gettext("none")


def note_of_day(stand: Sequence[Certificate], reader: Reader) -> str:
    """Under a day: the hours of all its queues; why there are none where it is one queue."""
    total = sum(hours(each) for each in stand)
    if not total and stand and all(is_unknown_holiday(each) for each in stand):
        return gettext("none: a public holiday")
    if not total and len(stand) == 1 and stand[0].chance_low < stand[0].confidence:
        return gettext("none: the goal is in doubt")
    return in_short(total, reader) if stand else UNKNOWN


def record(kept: int, given: int, reader: Reader) -> str:
    """How many promises were kept."""
    if not given:
        return gettext("No promise has come to its day yet.")
    return ngettext("%(kept)s of one promise was kept.", "%(kept)s of %(n)s promises were kept.", given) % {
        "kept": reader.number(kept),
        "n": reader.number(given),
    }


def word_kept(certificate: Certificate) -> str:
    """Kept, broken, or nothing promised, in a word."""
    if certificate.kept is None:
        return gettext("nothing promised") if certificate.outcome else UNKNOWN
    return pgettext("of a promise", "kept") if certificate.kept else gettext("broken")
