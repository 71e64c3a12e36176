from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "samspill.publishing"
    label = "publishing"
