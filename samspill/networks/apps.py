from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "samspill.networks"
    label = "networks"
