"""What each verb of the journal says, as whole sentences. Who did it stands beside it, so that no sentence needs a gender."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.journal.queries import Line
from floorwalker.web.ui.reader import Reader

Sentence = str | Promise

VERBS: Mapping[str, Sentence] = {
    "account.added": _("An account for %(about)s was made: %(thing)s."),
    "account.closed": _("The account of %(about)s was closed: %(thing)s."),
    "account.company_entered": _("%(about)s signed in through the company: %(thing)s."),
    "account.first": _("The first account was made: %(thing)s."),
    "account.link_made": _("A link to choose a new password was made for %(about)s."),
    "account.opened": _("The account of %(about)s was opened again: %(thing)s."),
    "account.password_set": _("A new password was set for %(about)s."),
    "account.throttled": _("Signing in as %(thing)s was held up after several wrong passwords."),
    "agent_name.added": _("Contacts under the name %(thing)s belong to %(about)s now."),
    "agent_name.removed": _("Contacts under the name %(thing)s no longer belong to %(about)s."),
    "backup.made": _("A backup was made: %(thing)s."),
    "backup.restored": _("Everything was restored from a backup: %(thing)s."),
    "budget.chosen": _("Another number of false alarms a week is accepted: %(thing)s."),
    "digest.chosen": _("It was chosen how often the digest comes by mail."),
    "event.added": _("An event was put in the calendar: %(thing)s."),
    "event.changed": _("An event in the calendar was changed: %(thing)s."),
    "event.removed": _("An event was taken out of the calendar: %(thing)s."),
    "event.undone": _("The last step about an event in the calendar was taken back: %(thing)s."),
    "factor.codes_renewed": _("New recovery codes were made for %(about)s."),
    "factor.off": _("The second factor of %(about)s was turned off."),
    "factor.on": _("A second factor of %(about)s was turned on."),
    "factor.recovery_used": _("%(about)s signed in with a recovery code."),
    "factor.reset": _("The lost second factor of %(about)s was reset."),
    "factor.throttled": _("Signing in as %(thing)s was held up after several wrong codes."),
    "holiday.hidden": _("A public holiday counts as an ordinary day here: %(thing)s."),
    "holiday.moved": _("A public holiday is kept on another day here: %(thing)s."),
    "holiday.put_back": _("A public holiday is back on its own day: %(thing)s."),
    "calendar.address_made": _("An address to subscribe to one’s own calendar was made."),
    "calendar.address_revoked": _("An address to subscribe to one’s own calendar was revoked."),
    "calendar.ways_chosen": _("The ways into one’s own calendar were chosen."),
    "import.brought_in": _("An import from %(thing)s was brought in."),
    "import.failed": _("An import from %(thing)s could not be brought in."),
    "import.started": _("An import from %(thing)s was started."),
    "import.thrown_away": _("An import from %(thing)s was thrown away before anything came in."),
    "import.undone": _("An import from %(thing)s was undone."),
    "interruption.kept": _("An interruption was counted."),
    "interruption.undone": _("An interruption was taken back."),
    "journal.exported": _("The journal was exported."),
    "opendoor.announced": _("An open door with %(thing)s was announced."),
    "opendoor.closed": _("An open door with %(thing)s was called off."),
    "opendoor.opened": _("An open door with %(thing)s was planned."),
    "patterns.changed": _("What was decided about people’s patterns was changed."),
    "note.sent": _("A note about hours kept free was sent to %(thing)s."),
    "person.added": _("%(about)s was added to the people."),
    "person.changed": _("Facts about %(about)s were changed: %(names)s."),
    "person.looked": _("A page about %(about)s was opened: %(page)s."),
    "private.answered": _("Something private about %(about)s was answered."),
    "private.kept": _("Something private about %(about)s was kept."),
    "private.withdrawn": _("Something private about %(about)s was taken back."),
    "role.changed": _("The days of the role %(role)s of %(about)s were changed."),
    "role.given": _("The role %(role)s was given to %(about)s."),
    "role.removed": _("The role %(role)s of %(about)s was taken back."),
    "roster.brought_in": _("A roster was brought in: %(thing)s."),
    "roster.undone": _("A roster was taken back: %(thing)s."),
    "forecast.kept": _("The forecast of this moment was kept: %(thing)s."),
    "forecast.dropped": _("A kept forecast was let go: %(thing)s."),
    "promise.taken_back": _("A promise of room to spare was taken back: %(thing)s."),
    "promise.made": _("Room to spare was promised: %(thing)s."),
    "queue.planned": _("What the queue %(thing)s must reach was changed."),
    "ruling.made": _("It was ruled about a change: %(ruling)s."),
    "ruling.taken_back": _("A ruling about a change was taken back: %(ruling)s."),
    "site.changed": _("Settings of the site were changed: %(names)s."),
    "story.changed": _("The story of a change was written anew: %(thing)s."),
    "story.taken_back": _("The story of a change was taken back: %(thing)s."),
    "story.told": _("The story of a change was told: %(thing)s."),
    "team.added": _("The team %(thing)s was added."),
    "team.renamed": _("The team %(before)s is called %(thing)s now."),
    "time.cancelled": _("Placed time was cancelled (%(purpose)s)."),
    "time.moved": _("Placed time was moved (%(purpose)s)."),
    "time.placed": _("Time was placed in a calendar (%(purpose)s)."),
    "token.made": _("A key for programs was made: %(thing)s."),
    "token.revoked": _("A key for programs was revoked: %(thing)s."),
    "visit.kept": _("A visit on the floor was written down."),
    "visit.undone": _("A visit on the floor was taken back."),
    "watch.assigned": _("An undecided change in %(thing)s was given to %(about)s to look after."),
    "watch.followed": _("An undecided change in %(thing)s is followed."),
    "watch.heard": _("An undecided change in %(thing)s is heard again."),
    "watch.muted": _("An undecided change in %(thing)s was made quiet for a while."),
    "watch.unassigned": _("Nobody looks after an undecided change in %(thing)s any more."),
    "watch.unfollowed": _("An undecided change in %(thing)s is no longer followed."),
    "voice.answered": _("Something that was raised was answered (%(kind)s)."),
    "voice.done": _("Something that was owed was done (%(kind)s)."),
    "voice.dropped": _("Something that was raised was dropped (%(kind)s)."),
    "voice.handed_on": _("Something that is owed was handed on (%(kind)s)."),
    "voice.opened_again": _("Something that was closed was opened again (%(kind)s)."),
    "voice.reworded": _("Something that was written down got other words (%(kind)s)."),
    "voice.written": _("Something was written down (%(kind)s)."),
}

KINDS: Mapping[str, Sentence] = {
    "account": _("Accounts"),
    "agent_name": _("Names in the contacts"),
    "backup": _("Backups"),
    "budget": _("Alarm budget"),
    "digest": _("Digest by mail"),
    "event": _("Calendar of events"),
    "factor": _("Second factors"),
    "holiday": _("Public holidays"),
    "calendar": _("Ways into calendars"),
    "import": _("Imports"),
    "interruption": _("Interruptions"),
    "journal": _("The journal itself"),
    "opendoor": _("Open doors"),
    "patterns": _("What was decided about people’s patterns"),
    "note": _("Notes to the boss"),
    "person": _("People and who looked at them"),
    "private": _("Private texts"),
    "role": _("Roles"),
    "roster": _("Rosters"),
    "forecast": _("Forecasts"),
    "promise": _("Promises of room to spare"),
    "queue": _("What queues must reach"),
    "ruling": _("Rulings about changes"),
    "site": _("Settings of the site"),
    "story": _("Stories of changes"),
    "team": _("Teams"),
    "time": _("Time in calendars"),
    "token": _("Keys for programs"),
    "visit": _("Visits on the floor"),
    "voice": _("Follow-ups and what was raised"),
    "watch": _("Watch list"),
}

PAGES: Mapping[str, Sentence] = {
    "person": _("facts of work"),
    "today": _("their day"),
    "pulse": _("their numbers"),
    "contacts": _("their contacts"),
    "signature": _("their signature"),
    "api": _("their numbers, read by a program"),
    "follow_ups": _("a follow-up about them"),
}

PURPOSES: Mapping[str, Sentence] = {
    "unplanned": _("unplanned block"),
    "open_door": _("open door"),
}

RAISED: Mapping[str, Sentence] = {
    "follow_up": _("follow-up"),
    "observation": _("observation"),
    "friction": _("friction"),
    "idea": _("idea"),
}

ROLES: Mapping[str, Sentence] = {
    "agent": _("agent"),
    "lead": _("team leader"),
    "coach": _("coach"),
    "planner": _("planner"),
    "manager": _("manager"),
    "executive": _("executive"),
    "admin": _("administrator"),
}

RULINGS: Mapping[str, Sentence] = {
    "blip": _("a blip"),
    "normal": _("the new normal"),
    "as_was": _("the usual stays as it was"),
    "nothing": _("it was nothing"),
}

FACTS: Mapping[str, Sentence] = {
    "name": _("name"),
    "native_id": _("staff number"),
    "email": _("e-mail address"),
    "hired_on": _("first day at work"),
    "left_on": _("last day at work"),
    "tz": _("time zone"),
    "country": _("country"),
    "language": _("language"),
    "week_start": _("first day of the week"),
    "weekend": _("weekend"),
    "answer_within_s": _("time to answer within"),
    "answer_within_s_by_queue": _("times to answer within for single queues"),
    "short_abandon_s": _("time within which giving up is not counted"),
    "short_contact_s": _("length of a short contact"),
    "repeat_days": _("days for a repeat contact"),
    "service_level_target": _("service level to reach"),
    "asks_second_factor": _("who is asked for a second factor"),
}


def sentence(line: Line) -> str:
    """What happened, in the reader's language."""
    return str(VERBS[line.verb]) % {
        "about": line.about or gettext("somebody"),
        "thing": line.thing,
        "names": gettext(", ").join(str(FACTS.get(name, name)) for name in line.thing.split(", ")),
        "page": PAGES.get(line.thing, line.thing),
        "role": ROLES.get(line.thing, line.thing),
        "purpose": PURPOSES.get(line.thing, line.thing),
        "kind": RAISED.get(line.thing, line.thing),
        "ruling": RULINGS.get(line.thing, line.thing),
        "before": line.facts.get("before", ""),
    }


def details(line: Line, reader: Reader) -> str:
    """What else is known about it: team and days of a role, rows of an import; else an empty text."""
    if line.verb.startswith("role."):
        return _role_details(line, reader)
    if line.verb.startswith("opendoor."):
        return _day(reader, line.facts.get("day"))
    if line.verb == "import.brought_in" and isinstance(read := line.facts.get("read"), int):
        return ngettext("%(rows)s row was read.", "%(rows)s rows were read.", read) % {"rows": reader.number(read)}
    return ""


def _role_details(line: Line, reader: Reader) -> str:
    since, until = (_day(reader, line.facts.get(name)) for name in ("since", "until"))
    facts = {"team": line.facts.get("team", ""), "since": since, "until": until}
    sentences = {
        (True, True, True): _("In the team %(team)s, from %(since)s to %(until)s."),
        (True, True, False): _("In the team %(team)s, from %(since)s on."),
        (True, False, True): _("In the team %(team)s, until %(until)s."),
        (True, False, False): _("In the team %(team)s."),
        (False, True, True): _("From %(since)s to %(until)s."),
        (False, True, False): _("From %(since)s on."),
        (False, False, True): _("Until %(until)s."),
        (False, False, False): "",
    }
    return str(sentences[bool(facts["team"]), bool(since), bool(until)]) % facts


def _day(reader: Reader, value: str | int | float | bool | None) -> str:
    return reader.day(date.fromisoformat(value)) if isinstance(value, str) and value else ""


def moment(at: datetime, reader: Reader) -> str:
    """An instant as day, year and time on the site's clock."""
    local = at.astimezone(ZoneInfo(reader.tz))
    return f"{reader.day(local.date())} {reader.time(local)}"


def who(line: Line) -> str:
    """Who did it; the system itself, or somebody at its command line, when no account did."""
    return line.who or gettext("Floorwalker, or somebody at its command line")
