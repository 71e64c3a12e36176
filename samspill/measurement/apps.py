from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    name = "samspill.measurement"
    label = "measurement"
