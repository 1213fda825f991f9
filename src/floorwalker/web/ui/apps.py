from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "floorwalker.web.ui"
    label = "ui"
