from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "floorwalker.web.api"
    label = "api"
