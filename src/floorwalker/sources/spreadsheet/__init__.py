"""CSV, TSV, XLSX and ODS files of contacts, interval statistics, surveys and people."""

from floorwalker.sources.spreadsheet.mapping import Difference, Mapping, Rule, fingerprint_of
from floorwalker.sources.spreadsheet.source import SpreadsheetSource

__all__ = ["Difference", "Mapping", "Rule", "SpreadsheetSource", "fingerprint_of"]
