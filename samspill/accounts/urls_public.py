"""Addresses outside any workspace: set-up, joining, the person's own page."""

from django.urls import URLPattern, path

from samspill.accounts import views_entrance, views_person

urlpatterns: list[URLPattern] = [
    path("", views_entrance.front, name="front"),
    path("setup/", views_entrance.setup, name="setup"),
    path("join/<str:token>/", views_entrance.join, name="join"),
    path("language/", views_entrance.language, name="language"),
    path("workspaces/new/", views_entrance.new_workspace, name="new_workspace"),
    path("person/", views_person.person, name="accounts_person"),
    path("person/email/", views_person.email, name="accounts_email"),
    path("person/sessions/end/", views_person.end_sessions, name="accounts_end_sessions"),
]
