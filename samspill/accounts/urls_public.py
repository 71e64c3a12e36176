"""Addresses outside any workspace: set-up, joining, choosing a workspace."""

from django.urls import URLPattern, path

from samspill.accounts import views

urlpatterns: list[URLPattern] = [
    path("", views.front, name="front"),
]
