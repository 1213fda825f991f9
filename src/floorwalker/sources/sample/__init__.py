"""The sample centre: an invented contact centre whose true stories are known."""

from floorwalker.sources.sample.centre import SampleCentre

__all__ = ["SampleCentre"]
