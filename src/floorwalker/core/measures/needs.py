"""What a question needs from an engine: which sums and which spreads."""

from floorwalker.core.measures.catalog import MEASURES
from floorwalker.core.measures.measure import Quantile, Ratio
from floorwalker.core.measures.question import Question


def sums_needed(question: Question) -> tuple[str, ...]:
    """Names of all additive sums behind a question."""
    return tuple(dict.fromkeys(name for measure in question.measures for name in _sums_of(question, measure)))


def spreads_needed(question: Question) -> tuple[str, ...]:
    """Names of all spreads behind a question."""
    hows = [MEASURES[name].by_definition(question.definition(name)) for name in question.measures]
    return tuple(dict.fromkeys(how.spread for how in hows if isinstance(how, Quantile)))


def _sums_of(question: Question, name: str) -> tuple[str, ...]:
    measure = MEASURES[name]
    how = measure.by_definition(question.definition(name))
    used = how.sums if isinstance(how, Ratio) else ()
    others = [each for ratio in measure.others.values() for each in ratio.sums] if question.others else []
    return (*measure.sums, *used, *others)
