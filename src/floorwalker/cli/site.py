"""`floorwalker init` and `floorwalker user`."""

import click

from floorwalker.cli.records import with_records


@click.command()
@click.option("--name", default="Contact centre", show_default=True, help="Name of the site.")
@click.option("--tz", default="UTC", show_default=True, help="Time zone of the site, such as Europe/Warsaw.")
@click.option("--country", default="", help="Country for holidays and phone numbers, such as PL.")
@click.option("--language", default="en", show_default=True, help="Language for those who have not chosen one.")
@with_records
def init(name: str, tz: str, country: str, language: str) -> None:
    """Make the records database and the site; safe to repeat."""
    from django.core.management import call_command

    from floorwalker.web.accounts.models import Site

    call_command("migrate", verbosity=0, interactive=False)
    site, made = Site.objects.get_or_create(pk=1, defaults={"name": name, "tz": tz, "country": country, "language": language})
    click.echo(f"Site {site.name} {'made' if made else 'is there already'}.")


@click.group()
def user() -> None:
    """Accounts to sign in with."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="Name of the person.")
@click.option(
    "--role", required=True, type=click.Choice(["agent", "lead", "coach", "planner", "manager", "executive", "admin"])
)
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@with_records
def add(email: str, name: str, role: str, password: str) -> None:
    """Add a person who may sign in."""
    from floorwalker.web.accounts.actions import add_account
    from floorwalker.web.accounts.models import Site

    add_account(Site.objects.get(pk=1), email, password, name, role)
    click.echo(f"{name} may sign in as {email}.")
