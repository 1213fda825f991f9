"""Signing in through the company, against a real provider of OpenID Connect: who comes in, and who is refused and how."""

import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from floorwalker.web.accounts.actions.access import password_link
from floorwalker.web.accounts.models import Person, User
from floorwalker.web.journal.models import Entry
from floorwalker.web.upkeep.checks import State, findings
from tests.web.conftest import PASSWORD, Cast
from tests.web.upkeep.test_checks import NOW

pytestmark = pytest.mark.filterwarnings("ignore")
"""The provider's library warns about its own use of another one."""


def claims(email: str, verified: object = True) -> dict[str, Any]:
    return {"email": email, "email_verified": verified, "name": email.partition("@")[0].title()}


PEOPLE = {
    "omid": claims("Omid@vistula.example"),
    "doubtful": claims("omid@vistula.example", "false"),
    "elsewhere": claims("omid@elsewhere.example"),
    "noor": claims("noor@vistula.example"),
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with warnings.catch_warnings():
        import authlib.deprecate  # says at first that its warnings are always to be shown

        warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
        from oidc_provider_mock import User as Somebody
        from oidc_provider_mock import run_server_in_thread

        known = [Somebody(sub=sub, claims=said) for sub, said in PEOPLE.items()]
        with run_server_in_thread(user_claims=known, require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def company(settings: Any, issuer: str, cast: Cast) -> None:
    settings.SSO_ISSUER, settings.SSO_CLIENT, settings.SSO_SECRET, settings.SSO_NAME = issuer, "desk", "hush", "Vistula"
    settings.BASE_URL = "http://testserver"


class Stay(urllib.request.HTTPRedirectHandler):
    """Looks where one is sent, and does not go there."""

    def redirect_request(self, *_request: Any) -> None:
        return None


def at_the_company(address: str, **given: str) -> str:
    """What somebody does on the company's page, and where it sends them."""
    try:
        urllib.request.build_opener(Stay).open(address, urlencode(given).encode(), timeout=5)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"].removeprefix("http://testserver")
    raise AssertionError("The company's page sent nobody on.")


def come(client: Client, sub: str) -> Any:
    """The whole way, there and back."""
    return client.get(at_the_company(client.get("/sign-in/company/?next=/me/")["Location"], sub=sub))


def test_somebody_of_the_centre_comes_in_and_it_is_journalled(cast: Cast) -> None:
    client = Client()
    assert "Sign in with Vistula" in client.get("/sign-in/").content.decode()
    assert come(client, "omid")["Location"] == "/me/"
    page = client.get("/me/")
    assert "signed in through the company" in page.content.decode()
    assert Entry.objects.get(verb="account.company_entered").actor == cast.user("Omid")


def test_what_is_asked_is_bound_to_this_browser(issuer: str) -> None:
    asked = parse_qs(urlsplit(Client().get("/sign-in/company/?next=//evil.example/")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert all(asked[name] for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://testserver/sign-in/company/back/"]


@pytest.mark.parametrize(
    ("sub", "told"),
    [
        ("doubtful", "Vistula does not confirm an e-mail address"),
        ("elsewhere", "Addresses such as omid@elsewhere.example are not let in"),
        ("noor", "Nobody here has the address noor@vistula.example"),
    ],
)
def test_unconfirmed_foreign_and_unknown_addresses_are_refused_in_clear_words(sub: str, told: str, settings: Any) -> None:
    settings.SSO_DOMAINS = ["vistula.example"]
    client = Client()
    answer = come(client, sub)
    assert answer.status_code == 403
    assert told in answer.content.decode()
    assert client.get("/me/").status_code == 302
    assert not Entry.objects.filter(verb="account.company_entered").exists()


@pytest.mark.parametrize("wrong", ["state", "nonce"])
def test_an_answer_of_another_sign_in_is_refused(wrong: str) -> None:
    client = Client()
    there = client.get("/sign-in/company/")["Location"]
    mine = parse_qs(urlsplit(there).query)[wrong][0]
    answer = client.get(at_the_company(there.replace(mine, "another"), sub="omid"))
    assert answer.status_code == 403
    assert "does not belong to a sign-in that was begun in this browser" in answer.content.decode()
    assert client.get("/me/").status_code == 302


def test_an_answer_opens_in_the_browser_that_asked_and_there_once() -> None:
    client, thief = Client(), Client()
    back = at_the_company(client.get("/sign-in/company/")["Location"], sub="omid")
    assert thief.get(back).status_code == 403
    assert client.get(back).status_code == 302
    assert Client().get(back).status_code == 403


def test_turning_back_at_the_company_is_said(cast: Cast) -> None:
    client = Client()
    back = at_the_company(client.get("/sign-in/company/")["Location"], action="deny")
    state = parse_qs(urlsplit(client.get("/sign-in/company/")["Location"]).query)["state"][0]
    answer = client.get(back if "state=" in back else f"{back}&state={state}")
    assert "You turned back at Vistula" in answer.content.decode()


def test_a_closed_account_stays_closed(cast: Cast) -> None:
    User.objects.filter(pk=cast.user("Omid").pk).update(is_active=False)
    assert "is closed" in come(Client(), "omid").content.decode()


def test_a_person_without_account_gets_one_by_their_address_but_not_after_they_left(cast: Cast) -> None:
    noor = Person.objects.create(
        site=cast.site, native_id="noor", name="Noor", email="noor@vistula.example", left_on="2020-01-31"
    )
    assert "is closed" in come(Client(), "noor").content.decode()
    Person.objects.filter(pk=noor.pk).update(left_on=None)
    assert come(Client(), "noor").status_code == 302
    assert not User.objects.get(person=noor).has_usable_password()


def test_newcomers_come_in_where_it_is_set_and_see_their_own_page_alone(settings: Any) -> None:
    settings.SSO_NEWCOMERS = True
    client = Client()
    assert come(client, "noor").status_code == 302
    assert client.get("/me/").status_code == 200
    assert client.get("/people/").status_code == 403


def test_signing_out_offers_to_sign_out_of_the_company_too(issuer: str) -> None:
    client = Client()
    come(client, "omid")
    answer = client.post("/sign-out/", follow=True)
    assert "not yet of Vistula" in answer.content.decode()
    assert client.get("/sign-out/company/")["Location"].startswith(f"{issuer}/oauth2/end_session?client_id=desk")


def test_a_company_that_does_not_answer_is_named(settings: Any) -> None:
    settings.SSO_ISSUER = "http://127.0.0.1:9"
    answer = Client(headers={"accept-language": "fa"}).get("/sign-in/company/")
    assert answer.status_code == 502
    assert "Vistula اکنون پاسخ نمی‌دهد" in answer.content.decode()


def test_without_a_company_there_is_no_such_door(settings: Any) -> None:
    settings.SSO_ISSUER = ""
    assert [Client().get(f"/sign-in/company/{end}").status_code for end in ("", "back/")] == [404, 404]


def test_passwords_switched_off_open_for_the_break_glass_administrator_alone(settings: Any, cast: Cast) -> None:
    settings.SSO_ONLY, settings.BREAK_GLASS = True, ["ada@vistula.example"]
    assert "Passwords open nothing here" in welcome(cast, "Omid").content.decode()
    assert welcome(cast, "Ada").status_code == 200
    tried = {
        name: Client().post("/sign-in/", {"username": f"{name}@vistula.example", "password": PASSWORD}).status_code
        for name in ("omid", "ada")
    }
    assert tried == {"omid": 422, "ada": 302}


def welcome(cast: Cast, name: str) -> Any:
    return Client().get(password_link(cast.user(name)), follow=True)


def test_the_doctor_reads_the_discovery_document_and_looks_for_a_way_in(settings: Any, issuer: str, cast: Cast) -> None:
    def of_company() -> dict[str, State]:
        return {each.code: each.state for each in findings(NOW) if each.code.startswith(("company", "break_glass"))}

    assert of_company() == {"company": State.FINE}
    settings.SSO_ONLY = True
    assert of_company() == {"company": State.FINE, "break_glass.look": State.LOOK}
    User.objects.filter(pk=cast.user("Ada").pk).update(password=make_password(PASSWORD))
    settings.BREAK_GLASS = ["ada@vistula.example"]
    assert of_company() == {"company": State.FINE, "break_glass": State.FINE}
    settings.SSO_ISSUER = issuer.replace("localhost", "LOCALHOST")
    assert "company.strange" in of_company()
    settings.SSO_ISSUER = "http://127.0.0.1:9"
    assert "company.wrong" in of_company()
    settings.SSO_ISSUER = ""
    assert of_company() == {"company.half": State.WRONG}
