"""Coming in through the company's own sign-in: only with a confirmed address, and only who belongs here."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction

from floorwalker.web.accounts.actions.access import open_account
from floorwalker.web.accounts.actions.doing import NotDone
from floorwalker.web.accounts.actions.people import add_person
from floorwalker.web.accounts.models import Person, Site, User
from floorwalker.web.journal.actions import write


@dataclass(frozen=True)
class Claims:
    """What the company's sign-in says about whoever comes; the address counts only when it says that it is confirmed."""

    email: str
    is_verified: bool
    name: str


@transaction.atomic
def come_in(site: Site, claims: Claims, on: date) -> User:
    """The account of whoever comes; people who are known by their address get one now if they had none."""
    email = claims.email.strip().lower()
    if not email or not claims.is_verified:
        raise NotDone("company.unverified")
    if settings.SSO_DOMAINS and email.rpartition("@")[2] not in settings.SSO_DOMAINS:
        raise NotDone("company.domain", email=email)
    user = User.objects.filter(email=email).select_related("person").first() or _new_account(site, email, claims.name, on)
    if not user.is_active:
        raise NotDone("company.closed", email=email)
    write(user, "account.company_entered", user.email, user.person)
    return user


def _new_account(site: Site, email: str, name: str, on: date) -> User:
    known = list(Person.objects.filter(email__iexact=email, user=None)[:2])
    if len(known) > 1 or (not known and not settings.SSO_NEWCOMERS):
        raise NotDone("company.unknown", email=email)
    person = known[0] if known else add_person(site, {"native_id": email, "name": name or email, "email": email})
    if person.left_on and person.left_on < on:
        raise NotDone("company.closed", email=email)
    return open_account(person, email)
