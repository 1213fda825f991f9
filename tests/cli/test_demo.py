"""`floorwalker demo`: the sample centre, and how to sign in as each role."""

import re
from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from django.test import Client

from floorwalker.web.accounts.models import Person, Site, User
from floorwalker.web.intake.models import Import, WarehousePart

Typed = Callable[..., Result]


def test_the_sample_centre_is_built_once_with_an_account_for_each_role(typed: Typed, site: Site, tmp_path: Path) -> None:
    done = typed("demo", "--scale", "0.001", "--no-serve")

    assert done.exit_code == 0, done.output
    coming = Import.objects.get()
    assert (coming.reader, coming.state) == (Import.Reader.SAMPLE, Import.State.WHOLE)
    assert set(WarehousePart.objects.filter(span="day").values_list("name", flat=True)) >= {
        "contact",
        "leg",
        "survey",
        "agent_state",
    }
    assert Person.objects.filter(memberships__role="agent").exists()
    rows = re.findall(r"^(\S.*?)  +.*?  +(\S+@\S+)  +(\S+)$", done.output, flags=re.MULTILINE)
    assert [role for role, _email, _password in rows] == [
        *("Manager", "Team leader", "Agent", "Coach", "Planner", "Executive", "Administrator")
    ]
    for _role, email, password in rows:
        client = Client()
        assert client.login(username=email, password=password)
        assert client.get("/").status_code == 200

    again = typed("demo", "--scale", "0.001", "--no-serve")

    assert again.exit_code == 0
    assert Import.objects.count() == 1
    assert User.objects.count() == len(rows)
    assert (tmp_path / "data" / "secrets" / "demo").stat().st_mode & 0o077 == 0
