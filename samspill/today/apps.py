from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "samspill.today"
    label = "today"
