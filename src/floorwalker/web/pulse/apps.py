from django.apps import AppConfig


class PulseConfig(AppConfig):
    name = "floorwalker.web.pulse"
    label = "pulse"
