"""Every refusal of the API has one shape: a stable code, a sentence in the reader's language, and the facts in it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, ValidationError

from floorwalker.core.measures import Unanswerable
from floorwalker.web.api import wording


class Problem(Schema):
    """What was not answered, and why."""

    code: str
    message: str
    facts: dict[str, str]


class Refused(Exception):
    """The request cannot be answered; `code` as in wording.SENTENCES, or another app's that has `said` it in its own words."""

    def __init__(self, status: int, code: str, said: str = "", **facts: str) -> None:
        super().__init__(f"{code} {facts}")
        self.said = said
        self.status = status
        self.code = code
        self.facts = facts


def word_refusals(api: NinjaAPI) -> None:
    """Gives every refusal its shape and its sentence."""

    def answer(request: HttpRequest, status: int, code: str, message: str, facts: dict[str, str]) -> HttpResponse:
        return api.create_response(request, {"code": code, "message": message, "facts": facts}, status=status)

    @api.exception_handler(AuthenticationError)
    def not_signed_in(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return answer(request, 401, "not_signed_in", wording.sentence("not_signed_in"), {})

    @api.exception_handler(PermissionDenied)
    def not_allowed(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
        return answer(request, 403, "not_allowed", wording.sentence("not_allowed"), {})

    @api.exception_handler(Http404)
    def not_found(request: HttpRequest, _error: Http404) -> HttpResponse:
        return answer(request, 404, "not_found", wording.sentence("not_found"), {})

    @api.exception_handler(Unanswerable)
    def unanswerable(request: HttpRequest, reason: Unanswerable) -> HttpResponse:
        return answer(request, 422, reason.code, wording.unanswerable(reason), reason.facts)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, error: Refused) -> HttpResponse:
        said = error.said or wording.sentence(error.code, error.facts)
        return answer(request, error.status, error.code, said, error.facts)

    @api.exception_handler(ValidationError)
    def not_readable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        name = str(error.errors[0]["loc"][-1]) if error.errors else ""
        facts = {"name": name}
        return answer(request, 422, "not_readable", wording.sentence("not_readable", facts), facts)
