from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "floorwalker.web.upkeep"
    label = "upkeep"
