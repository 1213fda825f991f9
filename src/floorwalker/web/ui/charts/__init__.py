"""All pictures of the product: drawn by the server as SVG that takes its colours from the page's tokens.

Each function takes plain values and a `Hand` (how to write them, which way time runs) and returns a `Picture`: the finding for
those who do not see it, one drawing for wide pages, one for phones, and the table behind both.
"""

from floorwalker.web.ui.charts.bars import bar
from floorwalker.web.ui.charts.chances import Chance, ChanceWords, chances
from floorwalker.web.ui.charts.days import Day, over_days
from floorwalker.web.ui.charts.dots import Week, customers
from floorwalker.web.ui.charts.hand import Hand
from floorwalker.web.ui.charts.heat import HeatMap, heat_map
from floorwalker.web.ui.charts.lines import number_line, sparkline
from floorwalker.web.ui.charts.marks import Marks, Pin, Step
from floorwalker.web.ui.charts.picture import Picture, Table
from floorwalker.web.ui.charts.profile import Quarter, Words, profile
from floorwalker.web.ui.charts.score import score
from floorwalker.web.ui.charts.score_parts import Block, Lane, Load, People, Room, Score
from floorwalker.web.ui.charts.week import WeekDay, WeekWords, week

__all__ = [
    "Block",
    "Chance",
    "ChanceWords",
    "Day",
    "Hand",
    "HeatMap",
    "Lane",
    "Load",
    "Marks",
    "People",
    "Picture",
    "Pin",
    "Quarter",
    "Room",
    "Score",
    "Step",
    "Table",
    "Week",
    "WeekDay",
    "WeekWords",
    "Words",
    "bar",
    "chances",
    "customers",
    "heat_map",
    "number_line",
    "over_days",
    "profile",
    "score",
    "sparkline",
    "week",
]
