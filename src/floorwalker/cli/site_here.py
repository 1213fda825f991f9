"""The site of this installation, or a word on how to make it."""

import click

from floorwalker.web.accounts.models import Site


def the_site() -> Site:
    """The first site.

    Raises
    ------
    click.ClickException
        when there is none yet, or no records database.
    """
    from django.db import OperationalError, ProgrammingError

    try:
        site = Site.objects.order_by("pk").first()
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException("There is no records database yet. Make it with: floorwalker init") from error
    if site is None:
        raise click.ClickException("There is no site yet. Make it with: floorwalker init")
    return site
