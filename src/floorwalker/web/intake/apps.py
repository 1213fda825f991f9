from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "floorwalker.web.intake"
    label = "intake"
