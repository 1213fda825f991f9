"""The site: its clock, calendar and thresholds, and its very first account."""

from functools import partial

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from floorwalker.web.accounts.actions.doing import actor, changes, require
from floorwalker.web.accounts.models import Membership, Person, Role, Site, User
from floorwalker.web.accounts.rules import Viewer, may_change_site
from floorwalker.web.accounts.signals import thresholds_changed
from floorwalker.web.journal.actions import write

SITE_FACTS = (
    "name",
    "tz",
    "country",
    "language",
    "week_start",
    "weekend",
    "answer_within_s",
    "answer_within_s_by_queue",
    "short_abandon_s",
    "short_contact_s",
    "repeat_days",
    "service_level_target",
    "asks_second_factor",
)


@transaction.atomic
def change_site(site: Site, facts: dict[str, object], by: Viewer | None = None) -> bool:
    """Other facts of the site, named as in `SITE_FACTS`. True when a threshold changed, so that sums must be counted again."""
    require(by is None or may_change_site(by))
    counted_as = site.settings().fingerprint()
    before = {name: getattr(site, name) for name in SITE_FACTS}
    after = {**before, **facts}
    for name in SITE_FACTS:
        setattr(site, name, after[name])
    site.save()
    if changed := changes(before, after):
        write(actor(by), "site.changed", ", ".join(changed), facts=changed)
    is_counted_anew = site.settings().fingerprint() != counted_as
    if is_counted_anew:
        transaction.on_commit(partial(thresholds_changed.send, sender=Site, site=site))
    return is_counted_anew


def setup_key() -> str:
    """What the one-time address of the first account ends with, made from this installation's secret."""
    return salted_hmac("floorwalker.set-up", "first account", algorithm="sha256").hexdigest()[:40]


def is_setup_key(key: str) -> bool:
    """Whether the address may be used: the key is right and nobody has an account yet."""
    return constant_time_compare(key, setup_key()) and not User.objects.exists()


@transaction.atomic
def set_up(site: Site, name: str, email: str, password: str) -> User:
    """The first account: manager and administrator in one person, until they share the work out."""
    person = Person.objects.create(site=site, native_id=email.lower(), name=name, email=email)
    for role in (Role.MANAGER, Role.ADMIN):
        Membership.objects.create(person=person, role=role)
    user = User.objects.create(
        email=User.objects.normalize_email(email).lower(), password=make_password(password), person=person
    )
    write(user, "account.first", user.email, person)
    return user
