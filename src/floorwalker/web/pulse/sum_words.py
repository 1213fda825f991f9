"""The words of a formula: what each additive sum adds up, and what each spread is a spread of."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUMS: Mapping[str, Promise] = {
    "offered": _("offered"),
    "answered": _("answered"),
    "abandoned": _("abandoned"),
    "abandoned_short": _("abandoned quickly"),
    "lost_otherwise": _("lost in another way"),
    "answered_in_time": _("answered in time"),
    "answered_timed": _("answered, wait known"),
    "abandoned_timed": _("abandoned, wait known"),
    "waited": _("answered, wait known"),
    "wait_s": _("seconds waited"),
    "handled": _("answered, handle time known"),
    "handle_s": _("seconds handled"),
    "talked": _("answered, talk known"),
    "talk_s": _("seconds talked"),
    "held": _("answered, hold known"),
    "hold_s": _("seconds on hold"),
    "wrapped": _("answered, after-contact work known"),
    "acw_s": _("seconds of after-contact work"),
    "transfer_known": _("answered, transfer known"),
    "transferred": _("transferred"),
    "short_contacts": _("short contacts"),
    "contacts": _("contacts"),
    "first_responded": _("contacts replied to"),
    "first_response_s": _("seconds to the first reply"),
    "resolved": _("contacts resolved"),
    "resolution_s": _("seconds to the resolution"),
    "reopen_known": _("contacts, reopening known"),
    "reopened": _("contacts opened again"),
    "follow_known": _("contacts whose customer could come back"),
    "came_back": _("came back"),
    "closed_first": _("settled at once"),
    "fcr_asked": _("answers"),
    "fcr_yes": _("answers “settled at once”"),
    "csat_asked": _("surveys sent"),
    "csat_scored": _("surveys answered"),
    "csat_satisfied": _("satisfied answers"),
    "csat_norm": _("answers from 0 to 1, added up"),
    "nps_scored": _("answers from 0 to 10"),
    "nps_promoters": _("answers of 9 and 10"),
    "nps_detractors": _("answers of 0 to 6"),
    "available_s": _("seconds available"),
    "busy_s": _("seconds at work on contacts"),
    "break_s": _("seconds of break"),
    "person_days": _("days of employment"),
    "tenure_days": _("days of tenure, added up"),
    "leavers": _("people who left"),
}

SPREADS: Mapping[str, Promise] = {
    "wait": _("waits of answered contacts"),
    "handle": _("handle times of answered contacts"),
    "first_response": _("times to the first reply"),
    "resolution": _("times to the resolution"),
}
