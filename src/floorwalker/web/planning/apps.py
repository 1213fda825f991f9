from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "floorwalker.web.planning"
    label = "planning"
