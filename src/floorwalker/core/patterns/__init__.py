"""Is it a blip, a lasting change, or nothing? Daily series in, probabilities day by day out. See docs/patterns.md.

from floorwalker.core import patterns
answers = patterns.classify(table)             # series, kind, date, value, weight
answers.states                                 # one row per day, as known at the end of that day
tomorrow = patterns.update(answers.remembered, new_rows)
family = patterns.judge_family([site, teams], parents)     # without the parents' events; update_family goes on from
patterns.update_family(family.remembered, [site_today, teams_today], parents, history_of)

A person may decide otherwise; `classify`, `update`, `amend` and `judge_family` take
overrides = pl.DataFrame({"series": [...], "kind": [...], "first": [...], "last": [...]})
with kind `leave_out` (these days are a blip), `not_lasting` (what began then will go back; without `last`, until taken back) or
`new_normal` (since `first`). They are obeyed as if known on their first day, told with reason `told`, and listed in
`answers.decisions` with `by` = `person` (see overrides.py).
"""

from floorwalker.core.patterns.discoveries import Budget, believed, calls, within_budget
from floorwalker.core.patterns.effects import Effects, effects_of, on_days
from floorwalker.core.patterns.engine import REASONS, STATES, Answers, Remembered, amend, classify, update
from floorwalker.core.patterns.family import Family, Level, judge_family, update_family
from floorwalker.core.patterns.observations import Unusable, observe
from floorwalker.core.patterns.replay import FalseAlarms, learn_hazards, replay_quiet
from floorwalker.core.patterns.retrospect import Retrospect, look_back
from floorwalker.core.patterns.settings import Hazards, Settings, Size
from floorwalker.core.patterns.sharing import shared_spans, under, without_parents

__all__ = [
    "REASONS",
    "STATES",
    "Answers",
    "Budget",
    "Effects",
    "FalseAlarms",
    "Family",
    "Hazards",
    "Level",
    "Remembered",
    "Retrospect",
    "Settings",
    "Size",
    "Unusable",
    "amend",
    "believed",
    "calls",
    "classify",
    "effects_of",
    "judge_family",
    "learn_hazards",
    "look_back",
    "observe",
    "on_days",
    "replay_quiet",
    "shared_spans",
    "under",
    "update",
    "update_family",
    "within_budget",
    "without_parents",
]
