from django.apps import AppConfig


class OpenDoorConfig(AppConfig):
    name = "floorwalker.web.opendoor"
    label = "opendoor"
