"""How a queue's contacts are served: one at a time, or as chats of which an agent has several."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from floorwalker.core.staffing.chat import measure_chat, required_chat
from floorwalker.core.staffing.steady import Figures, Whole, measure, required


@dataclass(frozen=True)
class Serving:
    """What all intervals have in common."""

    interval_s: float
    aht_s: float
    patience_s: float | None
    threshold_s: float
    chat_s: tuple[float, ...] = ()
    """Mean duration of a chat whose agent has one, two ... of them, to the most allowed; none: `aht_s`, one at a time."""

    def measure(self, contacts: ArrayLike, agents: ArrayLike, slower: ArrayLike = 1.0) -> Figures:
        """What so many people give when everything takes `slower` times as long. All arguments broadcast."""
        if self.chat_s:
            given = self.interval_s, self.chat_s, self.patience_s
            return measure_chat(contacts, *given, agents, self.threshold_s, slower)
        aht = self.aht_s * np.asarray(slower, float)
        return measure(contacts, self.interval_s, aht, self.patience_s, agents, self.threshold_s)

    def required(self, contacts: ArrayLike, target: float) -> Whole:
        """Fewest people who reach the target."""
        if self.chat_s:
            return required_chat(contacts, self.interval_s, self.chat_s, self.patience_s, target, self.threshold_s)
        return required(contacts, self.interval_s, self.aht_s, self.patience_s, target, self.threshold_s)
