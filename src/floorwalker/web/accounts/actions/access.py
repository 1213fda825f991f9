"""Accounts: who may sign in, with what, and how their owners want to read."""

import hashlib
import secrets
from datetime import UTC, datetime

from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from floorwalker.web.accounts.actions.doing import NotDone, actor, changes, require
from floorwalker.web.accounts.models import Membership, Person, Role, Site, Team, Token, User
from floorwalker.web.accounts.rules import TEAM_ROLES, Viewer, is_administrator, may_change_account
from floorwalker.web.journal.actions import write

KEY_BEGINS = "fw_"
READING = ("language", "theme", "time_from_left")


@transaction.atomic
def add_account(
    site: Site, email: str, password: str | None, name: str, role: str, team: str = "", by: Viewer | None = None
) -> User:
    """A person with a role and the account to sign in with. The person may be known already by their address.

    Agents, leads and coaches hold their role in the team of that name, which is made when there is none; without a team their
    role shows them nothing but their own.
    """
    person = Person.objects.filter(site=site, email__iexact=email).first()
    if person is None:
        person, _made = Person.objects.get_or_create(
            site=site, native_id=email.lower(), defaults={"name": name, "email": email}
        )
    held_in = Team.objects.get_or_create(site=site, name=team)[0] if team and role in TEAM_ROLES else None
    Membership.objects.get_or_create(person=person, role=role, team=held_in)
    return open_account(person, email, password, by)


@transaction.atomic
def open_account(person: Person, email: str, password: str | None = None, by: Viewer | None = None) -> User:
    """An account for a person; without a password they choose one behind a link. A closed account is opened again."""
    require(by is None or may_change_account(by, person))
    owner = User.objects.filter(email__iexact=email).exclude(person=person).first()
    if owner:
        raise NotDone("account.email_taken", email=email)
    user = User.objects.filter(person=person).first()
    if user is None:
        user = User.objects.create_user(email, password, person=person)
        write(actor(by), "account.added", user.email, person)
    else:
        user.email, user.is_active = email.lower(), True
        user.save()
        write(actor(by), "account.opened", user.email, person)
    return user


@transaction.atomic
def close_account(user: User, by: Viewer | None = None) -> None:
    """Nobody signs in with it from now on; its sessions and keys end. What it did stays in the journal."""
    person = user.person
    require(by is None or (person is not None and may_change_account(by, person)))
    if _is_last_administrator(user):
        raise NotDone("account.last_administrator")
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.tokens.all().delete()
    _end_sessions(user)
    write(actor(by), "account.closed", user.email, person)


def _is_last_administrator(user: User) -> bool:
    today = datetime.now(UTC).date()
    admins = Membership.objects.on(today).filter(role=Role.ADMIN, person__user__is_active=True)
    if user.person is None or not is_administrator(user.person, today):
        return False
    return not admins.exclude(person=user.person).exists()


def _end_sessions(user: User) -> None:
    for session in Session.objects.filter(expire_date__gt=datetime.now(UTC)).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


@transaction.atomic
def new_link(user: User, by: Viewer | None = None) -> str:
    """The path of a page where the owner of an account chooses a password; good for three days and for one use."""
    require(by is None or (user.person is not None and may_change_account(by, user.person)))
    write(actor(by), "account.link_made", user.email, user.person)
    return password_link(user)


def password_link(user: User) -> str:
    """The path itself, unjournalled: for a link that the owner asked for."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("choose-password", args=[uid, default_token_generator.make_token(user)])


@transaction.atomic
def set_password(user: User, password: str, by: Viewer | None = None) -> None:
    """A new password; sessions elsewhere end, because a session is bound to the password's hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    write(actor(by), "account.password_set", user.email, user.person)


def set_reading(user: User, reading: dict[str, object]) -> None:
    """How the owner wants to read: language, theme, direction of time. Their own matter, so not in the journal."""
    before = {name: getattr(user, name) for name in READING}
    for name in changes(before, {**before, **reading}):
        setattr(user, name, reading[name])
    user.save(update_fields=[*READING])


@transaction.atomic
def make_token(user: User, name: str) -> str:
    """A key for a program that reads as this user; the key is known only now."""
    key = KEY_BEGINS + secrets.token_urlsafe(32)
    Token.objects.create(user=user, name=name, digest=_digest(key))
    write(user, "token.made", name, user.person)
    return key


@transaction.atomic
def revoke_token(token: Token) -> None:
    """The key opens nothing from now on."""
    token.delete()
    write(token.user, "token.revoked", token.name, token.user.person)


def token_user(key: str, now: datetime) -> User | None:
    """Whose key it is; None when it is unknown or its account is closed. Notes the day of its last use."""
    token = Token.objects.select_related("user__person").filter(digest=_digest(key), user__is_active=True).first()
    if token is None:
        return None
    if token.used_on != now.date():
        Token.objects.filter(pk=token.pk).update(used_on=now.date())
    return token.user


def _digest(key: str) -> str:
    # A key holds 256 random bits: a plain hash keeps it as safe as a slow one would.
    return hashlib.sha256(key.encode()).hexdigest()
