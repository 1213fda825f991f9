"""The page that says what programs can ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from floorwalker.web.accounts.doors import anyone_signed_in, open_to
from floorwalker.web.api.operations import api
from floorwalker.web.api.wording import OPERATIONS, PARAMETERS


@dataclass(frozen=True)
class Parameter:
    """One thing to give with a request."""

    name: str
    words: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """One thing to ask, as the OpenAPI description declares it."""

    name: str
    method: str
    path: str
    words: str
    parameters: Sequence[Parameter]


@require_GET
@open_to(anyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    address = settings.BASE_URL.rstrip("/")
    return render(request, "api/page.html", {"operations": operations(), "address": address})


def operations() -> Sequence[Operation]:
    """What the OpenAPI description declares, in the reader's words."""
    paths: Mapping[str, Mapping[str, Any]] = api.get_openapi_schema()["paths"]
    return [
        Operation(
            name=declared["operationId"],
            method=method.upper(),
            path=path,
            words=str(OPERATIONS[declared["operationId"]]),
            parameters=[
                Parameter(each["name"], str(PARAMETERS[each["name"]]), each.get("required", False))
                for each in declared.get("parameters", ())
            ],
        )
        for path, methods in paths.items()
        for method, declared in methods.items()
    ]
