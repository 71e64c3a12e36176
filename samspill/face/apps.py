from django.apps import AppConfig


class FaceConfig(AppConfig):
    name = "samspill.face"
    label = "face"
