"""Verbs that change who works here and who may sign in."""

from django.db import transaction

from floorwalker.web.accounts.models import Membership, Person, Site, User
from floorwalker.web.journal.actions import write


@transaction.atomic
def add_account(site: Site, email: str, password: str, name: str, role: str, actor: User | None = None) -> User:
    """A new person with a role for the whole site, and the account to sign in with."""
    person, _made = Person.objects.get_or_create(site=site, native_id=email.lower(), defaults={"name": name, "email": email})
    Membership.objects.get_or_create(person=person, role=role, team=None)
    user = User.objects.create_user(email, password, person=person)
    write(actor, "account.added", email, person, {"role": role})
    return user
