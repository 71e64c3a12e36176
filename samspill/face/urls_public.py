"""Where everyone reads a strategy that is switched on; below /s/, outside any workspace and any sign-in."""

from __future__ import annotations

from django.urls import URLPattern, path

from samspill.face import views_public

app_name = "public"

urlpatterns: list[URLPattern] = [
    path("<slug:address>/", views_public.strategy, name="strategy"),
    path("<slug:address>/<slug:language>/", views_public.strategy, name="strategy"),
]
