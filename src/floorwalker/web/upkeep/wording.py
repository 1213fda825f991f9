"""Sentences of the doctor, of backups, and of what the command line tells, by code."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from floorwalker.web.ui.reader import Reader
from floorwalker.web.upkeep.checks import Finding, State

FINDINGS: Mapping[str, Promise] = {
    "python": _("Python %(found)s."),
    "python.wrong": _("Python %(found)s is too old. Install Python 3.11 or later and set Floorwalker up again with it."),
    "data": _("The data directory %(path)s can be written."),
    "data.wrong": _(
        "The data directory %(path)s cannot be written. Give its owner the right to write, or set FLOORWALKER_DATA."
    ),
    "warehouse_directory": _("The warehouse %(path)s can be written."),
    "warehouse_directory.wrong": _(
        "The warehouse %(path)s cannot be written. Give its owner the right to write, or set FLOORWALKER_WAREHOUSE_DIR."
    ),
    "secret": _("The secrets can be read by their owner only."),
    "secret.wrong": _("Others can read the secret %(path)s. Run: chmod 600 %(path)s"),
    "space": _("Free for %(path)s: %(megabytes)s MB."),
    "space.wrong": _("Too little is free for %(path)s: %(megabytes)s MB. Make room: imports need some."),
    "translations": _("All translations are compiled."),
    "translations.look": _("Translations that are not compiled: %(count)s, such as %(path)s. Run: make messages"),
    "company": _("People sign in through %(issuer)s. The client must be registered there with %(address)s."),
    "company.wrong": _(
        "The company’s sign-in %(issuer)s cannot be reached: %(reason)s. Check FLOORWALKER_SSO_ISSUER, and that this "
        "machine may reach it."
    ),
    "company.strange": _(
        "What %(issuer)s says about itself cannot be used: %(reason)s. FLOORWALKER_SSO_ISSUER must be exactly the issuer "
        "that its discovery document names."
    ),
    "company.lacks": _(
        "What %(issuer)s says about itself lacks %(missing)s. It is no sign-in by OpenID Connect as we need it."
    ),
    "company.half": _(
        "The company’s sign-in is half set: give both FLOORWALKER_SSO_ISSUER and FLOORWALKER_SSO_CLIENT, or neither and no "
        "FLOORWALKER_SSO_ONLY. Until then it is off."
    ),
    "break_glass": _("Passwords are switched off; an administrator in FLOORWALKER_BREAK_GLASS still comes in with one."),
    "break_glass.look": _(
        "Passwords are switched off, and nobody could come in while the company’s sign-in is down. Name an administrator "
        "who has a password in FLOORWALKER_BREAK_GLASS."
    ),
    "user.factor_reset": _("%(email)s signs in with the password alone until a new second factor is on."),
    "mail.none": _("No mail is sent: FLOORWALKER_SMTP_HOST is not set. Links are shown on the page instead."),
    "mail": _("The mail server %(host)s answers on port %(port)s."),
    "mail.wrong": _(
        "The mail server %(host)s does not answer on port %(port)s: %(reason)s. Check FLOORWALKER_SMTP_HOST, _PORT, _USER, "
        "_PASSWORD and _TLS."
    ),
    "debug.look": _("FLOORWALKER_DEBUG is on: errors show their inside to everybody. Turn it off outside development."),
    "records": _("The records answer (%(engine)s)."),
    "records.wrong": _("The records (%(engine)s) do not answer: %(reason)s. Check DATABASE_URL and whether the server runs."),
    "migrations": _("The records have the shape that this version needs."),
    "migrations.wrong": _("Changes of shape that the records miss: %(count)s. Run: floorwalker init"),
    "site": _("The site is called %(name)s."),
    "site.wrong": _("There is no site yet. Run: floorwalker init"),
    "zone": _("The time zone %(zone)s is known."),
    "zone.wrong": _("The time zone %(zone)s of %(name)s is not known here. Choose another under Site, or install tzdata."),
    "accounts": _("Accounts that may sign in: %(count)s."),
    "accounts.look": _("Nobody can sign in yet. Open this address to make the first account: %(address)s"),
    "files": _("All files of the warehouse are there: %(count)s."),
    "files.wrong": _(
        "Files of the warehouse that are missing: %(missing)s of %(count)s, such as %(path)s. Restore a backup, or undo and "
        "repeat the imports of those days."
    ),
    "uploads": _("Uploaded files: %(count)s. Backups leave them out; what came in from them is kept."),
    "strays": _("No file is left over in the warehouse."),
    "strays.look": _(
        "Files in the warehouse that belong to nothing: %(count)s, such as %(path)s. They do no harm; "
        "floorwalker doctor --mend removes them."
    ),
    "sums": _("The sums are counted with the present thresholds."),
    "sums.look": _(
        "The sums were counted with other thresholds, so pages are slower. The worker counts again; floorwalker doctor --mend "
        "does it now."
    ),
    "worker": _("A worker runs on this machine."),
    "worker.look": _("No worker runs on this machine, and none is needed now. Imports need one: floorwalker serve, or worker."),
    "worker.wrong": _("Tasks that wait for a worker: %(count)s. Start one: floorwalker serve, or floorwalker worker."),
    "mended.secret": _("Mended: a secret can be read by its owner only."),
    "mended.strays": _("Mended: files that belonged to nothing are removed."),
    "mended.sums": _("Mended: every sum is counted again."),
}

SUMMARIES: Mapping[State, Promise] = {
    State.FINE: _("Everything is in order."),
    State.LOOK: _("Everything works; some lines are worth a look."),
    State.WRONG: _("Something is wrong; each line says how to mend it."),
}

BACKUPS: Mapping[str, Promise] = {
    "kept": _("%(path)s is written: records %(records)s, files %(files)s, MB %(megabytes)s. Keep it safe: secrets are inside."),
    "restored": _("Restored from %(path)s: records %(records)s, files %(files)s. Everybody signs in anew."),
    "exists": _("%(path)s is there already. Give another name, or --force to replace it."),
    "no_folder": _("There is no folder for %(path)s. Make it first."),
    "no_file": _("There is no file %(path)s."),
    "still_running": _("Floorwalker still runs here. Stop floorwalker serve and worker first, then restore."),
    "not_empty": _("There is data in %(path)s already. Back it up if you need it; --force replaces all of it."),
    "newer_version": _("The backup was made by the later version %(version)s. Install that version, then restore."),
    "file_missing": _("The backup lacks the file %(path)s, so nothing was changed. Use another backup."),
    "records_unreadable": _("The records in %(name)s cannot be read, so nothing was changed. Use another backup."),
    "no_archive": _("%(path)s is no backup of Floorwalker."),
    "cut_short": _("%(path)s is cut short, so nothing was changed. Copy it again, or use another backup."),
    "newer_format": _("%(path)s was written in a form that this version does not know. Install the version that wrote it."),
    "strange_member": _("The backup holds %(name)s, which no backup of ours holds, so nothing was changed."),
    "changed_member": _("%(name)s in %(path)s was changed or damaged, so nothing was changed here. Use another backup."),
}

COMMANDS: Mapping[str, Promise] = {
    "site.made": _("The site %(name)s is made."),
    "site.there": _("The site %(name)s is there already."),
    "set_up": _("Nobody can sign in yet. Open this address to make the first account: %(address)s"),
    "serving": _("Floorwalker serves %(address)s"),
    "user.added": _("%(name)s may sign in as %(email)s."),
    "user.unknown": _("Nobody signs in as %(email)s. See floorwalker user list."),
    "user.password": _("%(email)s signs in with the new password from now on."),
    "user.link": _("%(email)s chooses a password at this address, within three days: %(address)s"),
    "user.closed": _("Nobody signs in as %(email)s from now on."),
    "user.none": _("Nobody can sign in yet."),
    "zone.unknown": _("There is no time zone called %(zone)s. Give one such as Europe/Warsaw."),
}


def finding(found: Finding, reader: Reader) -> str:
    """What was found, and how to mend it."""
    return told(found.code, reader, **found.facts)


def told(code: str, reader: Reader, **facts: str | int) -> str:
    """A sentence of the command line; counts are written as the reader writes them."""
    written = {name: reader.number(value) if isinstance(value, int) else value for name, value in facts.items()}
    return str({**BACKUPS, **COMMANDS, **FINDINGS}[code]) % written
