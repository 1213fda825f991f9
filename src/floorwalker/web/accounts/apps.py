from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "floorwalker.web.accounts"
    label = "accounts"
