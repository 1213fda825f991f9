"""The sample centre as an installation of its own: its site, its contacts and people, and an account for each role."""

import secrets
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from floorwalker.cli.bringing import run_with_bar
from floorwalker.cli.columns import laid_out
from floorwalker.cli.site import migrate
from floorwalker.cli.speaking import language_here, plain, speaking
from floorwalker.web.accounts.actions import add_account, open_account, set_password
from floorwalker.web.accounts.models import Membership, Person, Role, Site, User
from floorwalker.web.intake import actions, plain_text
from floorwalker.web.intake.models import Import
from floorwalker.web.intake.report import headline_of, told

NAME, ZONE, COUNTRY = "Tavana contact centre", "Europe/Warsaw", "PL"
ADMIN = ("Ada Wiśniewska", "ada.wisniewska@example.org")


def build(scale: float = 1.0) -> Site:
    """Make what is not there yet: the records, the site, the sample centre as it looks this morning."""
    migrate()
    defaults = {"name": NAME, "tz": ZONE, "country": COUNTRY, "language": language_here(), "weekend": [5, 6]}
    site, _made = Site.objects.get_or_create(pk=1, defaults=defaults)
    today = datetime.now(UTC).astimezone(ZoneInfo(site.tz)).date()
    if not _is_there(site, today):
        with speaking(site) as reader:
            coming = run_with_bar(actions.start_sample(site, None, today, scale), reader)
            click.echo(plain(headline_of(coming, reader)))
            if coming.state != Import.State.WHOLE:
                raise click.ClickException(plain(told(coming, reader)))
    return site


def say_how_to_sign_in(site: Site, address: str) -> None:
    """Print an account for each role, made when it is not there yet."""
    password = _password()
    today = datetime.now(UTC).astimezone(ZoneInfo(site.tz)).date()
    with speaking(site):
        rows = [plain_text.sign_in_heads()]
        for role in (Role.MANAGER, Role.LEAD, Role.AGENT, Role.COACH, Role.PLANNER, Role.EXECUTIVE, Role.ADMIN):
            user = _account(site, role, password, today)
            if user:
                rows.append([str(role.label), str(user), user.email, password])
        click.echo()
        for line in laid_out(rows):
            click.echo(line)
        click.echo()
        click.echo(plain(plain_text.where_to_sign_in(address)))


def _is_there(site: Site, today: date) -> bool:
    """Whether the sample centre of this morning is in."""
    samples = Import.objects.filter(site=site, reader=Import.Reader.SAMPLE, state=Import.State.WHOLE)
    return any(each.options.get("today") == today.isoformat() for each in samples)


def _account(site: Site, role: Role, password: str, today: date) -> User | None:
    """The account of somebody who holds the role today; the agent is on the team of the lead."""
    if role == Role.ADMIN:
        name, email = ADMIN
        return User.objects.filter(email=email).first() or add_account(site, email, password, name, role)
    held = Membership.objects.on(today).filter(role=role, person__site=site).order_by("pk")
    if role == Role.AGENT:
        lead = Membership.objects.on(today).filter(role=Role.LEAD, person__site=site).order_by("pk").first()
        held = held.filter(team=lead.team) if lead else held
    person = Person.objects.filter(pk__in=held.values("person")[:1]).first()
    if person is None:
        return None
    user = User.objects.filter(person=person, is_active=True).first()
    if user and not user.check_password(password):
        set_password(user, password)
    return user or open_account(person, person.email, password)


def _password() -> str:
    """Made once for this installation, and kept where its owner alone can read it."""
    place = Path(settings.DATA) / "secrets" / "demo"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.touch(mode=0o600)
        place.write_text("-".join(secrets.token_hex(2) for _ in range(3)))
    return place.read_text().strip()
