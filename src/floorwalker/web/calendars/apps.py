from typing import ClassVar

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "floorwalker.web.calendars"
    label = "calendars"
    held_about = "floorwalker.web.calendars.holdings.held_about"
    hourly: ClassVar = ("floorwalker.web.calendars.tasks.look_into_calendars",)
