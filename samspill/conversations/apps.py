from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "samspill.conversations"
    label = "conversations"
