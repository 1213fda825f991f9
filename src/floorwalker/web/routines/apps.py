from django.apps import AppConfig


class RoutinesConfig(AppConfig):
    name = "floorwalker.web.routines"
    label = "routines"
