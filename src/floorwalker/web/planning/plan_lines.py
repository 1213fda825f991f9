"""What queues must reach, written for one reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from floorwalker.web.planning.models import QueuePlan
from floorwalker.web.planning.plan_form import DEFINITIONS
from floorwalker.web.planning.plans import Plan
from floorwalker.web.ui.reader import Reader


@dataclass(frozen=True)
class PlanLine:
    """One queue in a list."""

    queue: str
    goal: str
    people: str
    is_own: bool
    url: str


def plan_lines(plans: Iterable[Plan], reader: Reader) -> tuple[PlanLine, ...]:
    """A line for each queue, by name."""
    return tuple(
        PlanLine(
            plan.queue,
            goal(plan, reader),
            _people(plan, reader),
            plan.is_own,
            f"{reverse('queue-plan')}?{urlencode({'queue': plan.queue})}",
        )
        for plan in sorted(plans, key=lambda plan: plan.queue.casefold())
    )


def goal(plan: Plan, reader: Reader) -> str:
    """What the queue must reach, as one sentence."""
    if plan.is_later:
        hours = round(plan.deadline_h)
        return ngettext("Done within %(n)s hour.", "Done within %(n)s hours.", hours) % {
            "n": reader.number(plan.deadline_h, 0 if plan.deadline_h == hours else 1)
        }
    return gettext("%(target)s answered within %(within)s s, %(definition)s.") % {
        "target": reader.percent(plan.target, 0 if round(plan.target, 2) == plan.target else 1),
        "within": reader.number(plan.threshold_s),
        "definition": str(DEFINITIONS[QueuePlan.Definition(plan.definition)]),
    }


def _people(plan: Plan, reader: Reader) -> str:
    words = {
        "busy": reader.percent(plan.max_occupancy),
        "shrinkage": reader.percent(plan.shrinkage),
        "absence": reader.percent(plan.absence),
        "n": reader.number(plan.at_once),
    }
    if plan.at_once == 1:
        return gettext("Occupancy up to %(busy)s, shrinkage %(shrinkage)s, absence %(absence)s.") % words
    more = _("Occupancy up to %(busy)s, shrinkage %(shrinkage)s, absence %(absence)s, %(n)s contacts at once.")
    return str(more) % words
