from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "floorwalker.web.signatures"
    label = "signatures"
