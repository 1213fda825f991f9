from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "floorwalker.web.events"
    label = "events"
