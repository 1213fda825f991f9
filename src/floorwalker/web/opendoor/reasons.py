"""Why a door is open in certain hours, in a sentence or two: a quiet day, people who are certified to be spare, or both."""

from django.utils.translation import gettext, ngettext

from floorwalker.web.opendoor.certified import CONFIDENCE
from floorwalker.web.opendoor.models import Opening
from floorwalker.web.opendoor.quiet_days import QuietDay
from floorwalker.web.ui.reader import Reader


def why_proposed(quiet: QuietDay, reader: Reader) -> str:
    """Why this day and hour, in a sentence or two."""
    facts = {
        "expected": reader.number(quiet.expected),
        "average": reader.number(quiet.average),
        "spare": reader.number(quiet.spare or 0),
        "sure": reader.percent(CONFIDENCE),
    }
    if quiet.spare is None:
        return (
            gettext(
                "About %(expected)s contacts against a usual %(average)s. "
                "How many can be spared is not certified yet for that day."
            )
            % facts
        )
    if quiet.is_quiet:
        return (
            ngettext(
                "About %(expected)s contacts against a usual %(average)s, and %(spare)s person can leave the queues all "
                "through this hour: for each queue it is %(sure)s sure that its goal is still met.",
                "About %(expected)s contacts against a usual %(average)s, and %(spare)s people can leave the queues all "
                "through this hour: for each queue it is %(sure)s sure that its goal is still met.",
                quiet.spare,
            )
            % facts
        )
    return (
        ngettext(
            "No quiet day, but %(spare)s person can leave the queues all through this hour: "
            "for each queue it is %(sure)s sure that its goal is still met.",
            "No quiet day, but %(spare)s people can leave the queues all through this hour: "
            "for each queue it is %(sure)s sure that its goal is still met.",
            quiet.spare,
        )
        % facts
    )


def why_chosen(opening: Opening, reader: Reader) -> str:
    """Why these hours, as it was known when they were chosen."""
    facts = {
        "expected": reader.number(opening.expected),
        "average": reader.number(opening.average),
        "spare": reader.number(opening.spare),
        "sure": reader.percent(CONFIDENCE),
    }
    is_quiet = opening.expected is not None and opening.average is not None
    if opening.spare and is_quiet:
        return (
            ngettext(
                "Chosen because the day is quiet, about %(expected)s contacts against a usual %(average)s, and "
                "%(spare)s person can be spared all the time: for each queue it is %(sure)s sure that its goal is still met.",
                "Chosen because the day is quiet, about %(expected)s contacts against a usual %(average)s, and "
                "%(spare)s people can be spared all the time: for each queue it is %(sure)s sure that its goal is still met.",
                opening.spare,
            )
            % facts
        )
    if opening.spare:
        return (
            ngettext(
                "Chosen because %(spare)s person can be spared all the time: "
                "for each queue it is %(sure)s sure that its goal is still met.",
                "Chosen because %(spare)s people can be spared all the time: "
                "for each queue it is %(sure)s sure that its goal is still met.",
                opening.spare,
            )
            % facts
        )
    if is_quiet:
        return gettext("Chosen because the day is quiet: about %(expected)s contacts against a usual %(average)s.") % facts
    return ""
