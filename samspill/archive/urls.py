from django.urls import URLPattern, path

from samspill.archive import views

app_name = "archive"
urlpatterns: list[URLPattern] = [
    path("", views.streams, name="streams"),
    path("new/", views.new, name="new"),
    path("new/mastodon/", views.new_tag, name="new_tag"),
    path("<int:pk>/", views.stream, name="stream"),
    path("<int:pk>/change/", views.change, name="change"),
    path("<int:pk>/pause/", views.pause, name="pause"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
