"""One definition per measure; sums are stored, averages never."""

from floorwalker.core.measures.catalog import MEASURES
from floorwalker.core.measures.measure import Direction, Measure, Quantile, Ratio, Unit
from floorwalker.core.measures.settings import Settings

__all__ = ["MEASURES", "Direction", "Measure", "Quantile", "Ratio", "Settings", "Unit"]
