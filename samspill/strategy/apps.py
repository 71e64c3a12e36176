from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "samspill.strategy"
    label = "strategy"
