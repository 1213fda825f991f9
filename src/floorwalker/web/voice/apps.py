from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "floorwalker.web.voice"
    label = "voice"
