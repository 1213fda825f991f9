from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "floorwalker.web.today"
    label = "today"
