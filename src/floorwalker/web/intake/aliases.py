"""Names that the sources' own files have for what can be asked: `type` is the queue, `server` the agent."""

from collections.abc import Mapping
from dataclasses import dataclass

from floorwalker.core.measures import DIMENSIONS
from floorwalker.web.accounts.models import Site
from floorwalker.web.intake.models import SavedMapping

ASKABLE = ("queue", "channel", "topic", "agent")


@dataclass(frozen=True)
class Aliases:
    """Column names to dimensions, and each dimension's own words to the ones kept."""

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def dimension(self, name: str) -> str:
        """The dimension that a name means; an unknown name stays as it is."""
        name = name.strip()
        return name if name in DIMENSIONS else self.columns.get(name.casefold(), name)

    def filter(self, text: str) -> str:
        """A filter such as `type=PS`, `server!=Anna` in our names and words."""
        name, equals, value = text.partition("=")
        if not equals:
            return text
        negated = "!" if name.endswith("!") else ""
        dimension = self.dimension(name.removesuffix("!"))
        kept = self.words.get(dimension, {}).get(value.strip(), value.strip())
        return f"{dimension}{negated}={kept}"


def aliases_of(site: Site) -> Aliases:
    """The names in all mappings of a site, those of the latest first."""
    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    for mapping in SavedMapping.objects.filter(site=site).order_by("saved_at").values_list("mapping", flat=True):
        for field, rule in mapping.get("fields", {}).items():
            if field in ASKABLE and len(rule["columns"]) == 1:
                columns[rule["columns"][0].casefold()] = field
        for field, known in mapping.get("words", {}).items():
            if field in ASKABLE:
                words.setdefault(field, {}).update({word: better for word, better in known.items() if better})
    return Aliases(columns, words)
