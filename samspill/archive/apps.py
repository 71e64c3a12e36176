from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "samspill.archive"
    label = "archive"
