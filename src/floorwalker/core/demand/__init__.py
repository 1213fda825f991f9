"""How many contacts will come, when, and with how much doubt? See docs/forecasting.md.

from floorwalker.core import demand
known = demand.holidays_of("PL", first, last)        # date, name, kind; events are added as rows of kind event
fc = demand.forecast(history, origins, days=14, known=known)      # queue, start, contacts; queue, origin
fc.rows, fc.drivers, fc.choices, fc.refusals         # tables; codes and numbers, no sentences
fc.scenarios(queue, origin, date)                    # ways in which the day may go: starts, counts (draws, intervals)
demand.backtest(history, until)                      # the last weeks' forecasts against the plain weekday mean
"""

from floorwalker.core.demand.backtesting import backtest
from floorwalker.core.demand.calendar import holidays_of
from floorwalker.core.demand.forecasting import Forecast, Scenarios, forecast
from floorwalker.core.demand.history import Unusable
from floorwalker.core.demand.settings import COLUMNS, QUANTILES, Settings

__all__ = ["COLUMNS", "QUANTILES", "Forecast", "Scenarios", "Settings", "Unusable", "backtest", "forecast", "holidays_of"]
