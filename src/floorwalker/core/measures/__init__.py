"""What is measured: additive sums, measures made of them, questions about them and their answers."""

from floorwalker.core.measures.answer import Answer
from floorwalker.core.measures.calendar import Calendar
from floorwalker.core.measures.catalog import MEASURES
from floorwalker.core.measures.folding import MEMBERSHIPS
from floorwalker.core.measures.measure import Direction, Measure, Quantile, Ratio, Unit
from floorwalker.core.measures.question import DIMENSIONS, KNOWN, UNKNOWN, Filter, Question, Unanswerable
from floorwalker.core.measures.settings import Settings

__all__ = [
    "DIMENSIONS",
    "KNOWN",
    "MEASURES",
    "MEMBERSHIPS",
    "UNKNOWN",
    "Answer",
    "Calendar",
    "Direction",
    "Filter",
    "Measure",
    "Quantile",
    "Question",
    "Ratio",
    "Settings",
    "Unanswerable",
    "Unit",
]
