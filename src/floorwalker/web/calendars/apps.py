from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "floorwalker.web.calendars"
    label = "calendars"
