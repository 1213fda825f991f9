from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "floorwalker.web.journal"
    label = "journal"
