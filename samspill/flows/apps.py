from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "samspill.flows"
    label = "flows"
