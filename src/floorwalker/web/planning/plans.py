"""What each queue must reach and how its people work: what somebody set, else the site's own and sensible defaults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from floorwalker.web.accounts.actions.doing import actor, changes, require
from floorwalker.web.accounts.models import Site
from floorwalker.web.accounts.rules import Viewer
from floorwalker.web.journal.actions import write
from floorwalker.web.planning import rules
from floorwalker.web.planning.models import QueuePlan

CHATS_AT_ONCE = 2
LATER_CHANNELS = frozenset({"email", "ticket", "letter", "fax"})
FIELDS = (
    "work",
    "target",
    "threshold_s",
    "definition",
    "max_occupancy",
    "shrinkage",
    "absence",
    "at_once",
    "deadline_h",
)


@dataclass(frozen=True)
class Plan:
    """What holds for one queue: shares of 1, seconds, hours; `at_once` contacts that one person serves at the same time.

    `is_later` is work that may wait until its deadline, such as e-mail: it is planned by hours of work, not by waiting times.
    """

    queue: str
    target: float
    threshold_s: float
    definition: str = str(QueuePlan.Definition.MINUS_SHORT)
    max_occupancy: float = 0.9
    shrinkage: float = 0.0
    absence: float = 0.05
    at_once: int = 1
    deadline_h: float = 24
    is_later: bool = False
    is_own: bool = False

    @property
    def there(self) -> float:
        """The share of planned people who really serve the queue."""
        return (1 - self.shrinkage) * (1 - self.absence)


def plans_of(site: Site, queues: Sequence[str], channels: Mapping[str, str]) -> dict[str, Plan]:
    """The plan of each queue; `channels` tells the usual channel of a queue, for the defaults."""
    kept = {plan.queue: plan for plan in QueuePlan.objects.filter(site=site)}
    return {queue: _plan(site, queue, kept.get(queue), channels.get(queue, "")) for queue in queues}


def _plan(site: Site, queue: str, kept: QueuePlan | None, channel: str) -> Plan:
    within = site.answer_within_s_by_queue.get(queue, site.answer_within_s)
    if kept is None:
        at_once = CHATS_AT_ONCE if channel == "chat" else 1
        return Plan(queue, site.service_level_target, within, at_once=at_once, is_later=channel in LATER_CHANNELS)
    return Plan(
        queue=queue,
        target=site.service_level_target if kept.target is None else kept.target,
        threshold_s=within if kept.threshold_s is None else kept.threshold_s,
        definition=kept.definition,
        max_occupancy=kept.max_occupancy,
        shrinkage=kept.shrinkage,
        absence=kept.absence,
        at_once=kept.at_once,
        deadline_h=kept.deadline_h,
        is_later=kept.work == QueuePlan.Work.LATER,
        is_own=True,
    )


@transaction.atomic
def set_plan(site: Site, queue: str, facts: Mapping[str, object], viewer: Viewer | None) -> QueuePlan:
    """Set what a queue must reach, named as in `FIELDS`; what is left out stays."""
    require(viewer is None or rules.may_plan(viewer))
    plan = QueuePlan.objects.filter(site=site, queue=queue).first() or QueuePlan(site=site, queue=queue)
    before = {name: getattr(plan, name) for name in FIELDS} if plan.pk else {}
    for name in FIELDS:
        setattr(plan, name, facts.get(name, getattr(plan, name)))
    plan.save()
    changed = changes(before, {name: getattr(plan, name) for name in FIELDS})
    if changed:
        write(actor(viewer), "queue.planned", queue, facts=changed)
    return plan
