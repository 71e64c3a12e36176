from django.urls import URLPattern, path

from samspill.archive import views, views_keeping

app_name = "archive"
urlpatterns: list[URLPattern] = [
    path("", views.streams, name="streams"),
    path("new/", views.new, name="new"),
    path("new/mastodon/", views.new_tag, name="new_tag"),
    path("new/feed/", views.new_feed, name="new_feed"),
    path("keeping/", views_keeping.keeping, name="keeping"),
    path("person/", views_keeping.person, name="person"),
    path("person.ndjson", views_keeping.person_file, name="person_file"),
    path("<int:pk>/", views.stream, name="stream"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
