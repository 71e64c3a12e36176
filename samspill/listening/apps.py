from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "samspill.listening"
    label = "listening"
