"""The addresses of the strategy's face: what is shown of it, and to whom."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "face"

urlpatterns: list[URLPattern] = []
