from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tests.log.desk"
    label = "desk"
