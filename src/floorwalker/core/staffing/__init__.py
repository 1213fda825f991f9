"""How many people does a load take, and how many can be spared? See docs/staffing.md.

from floorwalker.core import staffing
staffing.required(contacts, 1800, 240, 120, target=0.8, threshold_s=20)        # agents, arrays in and out
staffing.measure(contacts, 1800, 240, 120, agents, threshold_s=20).offered     # service levels, wait, abandonment, occupancy
staffing.solve(cases).rows                                                     # a Polars frame of cases, answered row by row
staffing.certify(scenarios, agents, 1800, 240, 120, 0.8, 20, confidence=0.9)   # how many may leave the queue, all at once
staffing.simulate([Line(contacts, 240, [(0, 0)])], [agents], 1800)             # several skills, overflow, any patience
"""

from floorwalker.core.staffing.absence import chance_enough, scheduled
from floorwalker.core.staffing.cases import Answers, solve
from floorwalker.core.staffing.certificate import Certificate, Doubts, certify
from floorwalker.core.staffing.chat import measure_chat, required_chat
from floorwalker.core.staffing.deadlines import Schedule, chance_in_time, deferred, people_for_deferred
from floorwalker.core.staffing.record import FEWEST_ALIKE, believed, rank_of_day
from floorwalker.core.staffing.serving import Serving
from floorwalker.core.staffing.simulation import Estimate, Line, Simulated, simulate
from floorwalker.core.staffing.steady import DEFINITIONS, MOST_ERLANGS, Figures, measure, required
from floorwalker.core.staffing.unusable import Unusable

__all__ = [
    "DEFINITIONS",
    "FEWEST_ALIKE",
    "MOST_ERLANGS",
    "Answers",
    "Certificate",
    "Doubts",
    "Estimate",
    "Figures",
    "Line",
    "Schedule",
    "Serving",
    "Simulated",
    "Unusable",
    "believed",
    "certify",
    "chance_enough",
    "chance_in_time",
    "deferred",
    "measure",
    "measure_chat",
    "people_for_deferred",
    "rank_of_day",
    "required",
    "required_chat",
    "scheduled",
    "simulate",
    "solve",
]
