"""Where a change happened: on the whole site, or in one queue, team, channel or reason for contact."""

from dataclasses import dataclass

DIMENSIONS = ("queue", "channel", "topic", "team")
"""What a site is watched by, as a question names it; a topic is the reason for a contact."""


@dataclass(frozen=True, order=True)
class Place:
    """One value of a dimension; without a dimension the whole site."""

    dimension: str = ""
    value: str = ""

    def in_(self, dimension: str) -> str:
        """Its value in a dimension; empty where it is of another one."""
        return self.value if self.dimension == dimension else ""


SITE = Place()


def queue(name: str) -> Place:
    """A queue; without a name the whole site."""
    return Place("queue", name) if name else SITE
