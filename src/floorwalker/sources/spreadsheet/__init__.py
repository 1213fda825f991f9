"""CSV, TSV, XLSX and ODS files of contacts, interval statistics, surveys and people."""

from floorwalker.sources.spreadsheet.mapping import Difference, Mapping, Rule, fingerprint_of
from floorwalker.sources.spreadsheet.question import Question
from floorwalker.sources.spreadsheet.sighting import ColumnSeen, Sighting, look
from floorwalker.sources.spreadsheet.source import SpreadsheetSource
from floorwalker.sources.spreadsheet.suggest import open_for, suggest

__all__ = [
    "ColumnSeen",
    "Difference",
    "Mapping",
    "Question",
    "Rule",
    "Sighting",
    "SpreadsheetSource",
    "fingerprint_of",
    "look",
    "open_for",
    "suggest",
]
