"""`floorwalker init` and `floorwalker user`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from floorwalker.cli.records import stop, tell, with_records

if TYPE_CHECKING:
    from floorwalker.web.accounts.models import Site, User

DEFAULT_NAME = "Contact centre"
ROLES = ("agent", "lead", "coach", "planner", "manager", "executive", "admin")


@click.command()
@click.option("--name", default=DEFAULT_NAME, show_default=True, help="Name of the site.")
@click.option("--tz", default="UTC", show_default=True, help="Time zone of the site, such as Europe/Warsaw.")
@click.option("--country", default="", help="Country for holidays and phone numbers, such as PL.")
@click.option("--language", "spoken", default="en", show_default=True, help="Language for those who have not chosen one.")
@with_records
def init(name: str, tz: str, country: str, spoken: str) -> None:
    """Make the records database and the site; safe to repeat, and brings an older database up to date."""
    from django.conf import settings

    if not _is_zone(tz):
        raise stop("zone.unknown", zone=tz)
    migrate()
    site, made = the_site_or_a_new_one(name=name, tz=tz, country=country, language=spoken)
    tell("site.made" if made else "site.there", name=site.name)
    tell_set_up(settings.BASE_URL)


def _is_zone(name: str) -> bool:
    from zoneinfo import available_timezones

    return name in available_timezones()


def migrate() -> None:
    """Brings the records into the shape of this version."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def the_site_or_a_new_one(**facts: str) -> "tuple[Site, bool]":
    """The site, and whether it was made just now with these facts."""
    from floorwalker.web.accounts.models import Site

    return Site.objects.get_or_create(pk=1, defaults={"name": DEFAULT_NAME, **facts})


def tell_set_up(address: str) -> None:
    """While nobody has an account: where, on the server at `address`, the first one is made."""
    from floorwalker.web.accounts.actions import setup_key
    from floorwalker.web.accounts.models import User

    if not User.objects.exists():
        tell("set_up", address=f"{address.rstrip('/')}/set-up/{setup_key()}/")


@click.group()
def user() -> None:
    """Accounts to sign in with."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--team", default="", help="Team, for agents, leads and coaches.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@with_records
def add(email: str, name: str, role: str, team: str, password: str) -> None:
    """Add a person who may sign in."""
    from floorwalker.web.accounts.actions import NotDone, add_account
    from floorwalker.web.accounts.models import Site
    from floorwalker.web.accounts.wording import sentence

    site = Site.objects.order_by("pk").first()
    if site is None:
        raise stop("site.wrong")
    try:
        add_account(site, email, password, name, role, team)
    except NotDone as problem:
        raise click.ClickException(sentence(problem)) from problem
    tell("user.added", name=name, email=email)


@user.command("list")
@with_records
def list_() -> None:
    """Everybody who has an account, with roles in force."""
    from datetime import UTC, datetime

    from floorwalker.web.accounts.models import Membership, User

    users = User.objects.select_related("person").order_by("email")
    if not users:
        tell("user.none")
    for each in users:
        held = Membership.objects.on(datetime.now(UTC).date()).filter(person=each.person).order_by("role")
        roles = ", ".join(dict.fromkeys(membership.role for membership in held))
        click.echo("\t".join((each.email, each.person.name if each.person else "", roles, "" if each.is_active else "closed")))


@user.command()
@click.argument("email")
@click.option("--link", is_flag=True, help="Print a link behind which they choose a password, in place of asking for one.")
@with_records
def password(email: str, link: bool) -> None:
    """Give somebody a new password."""
    from django.conf import settings

    from floorwalker.web.accounts.actions import new_link, set_password

    account = _account(email)
    if link:
        tell("user.link", email=account.email, address=settings.BASE_URL.rstrip("/") + new_link(account))
        return
    set_password(account, click.prompt("Password", hide_input=True, confirmation_prompt=True))
    tell("user.password", email=account.email)


@user.command()
@click.argument("email")
@with_records
def disable(email: str) -> None:
    """Close an account: nobody signs in with it from now on."""
    from floorwalker.web.accounts.actions import close_account

    tell("user.closed", email=_done(close_account, email))


@user.command()
@click.argument("email")
@with_records
def factor(email: str) -> None:
    """Take a lost second factor away; the password alone opens until a new one is on."""
    from floorwalker.web.accounts.actions import reset_factor

    tell("user.factor_reset", email=_done(reset_factor, email))


def _done(action: "Callable[[User], object]", email: str) -> str:
    """What was asked is done to the account of this address; its address as it is kept."""
    from floorwalker.web.accounts.actions import NotDone
    from floorwalker.web.accounts.wording import sentence

    account = _account(email)
    try:
        action(account)
    except NotDone as problem:
        raise click.ClickException(sentence(problem)) from problem
    return account.email


def _account(email: str) -> "User":
    from floorwalker.web.accounts.models import User

    account = User.objects.filter(email=email.lower()).first()
    if account is None:
        raise stop("user.unknown", email=email)
    return account
