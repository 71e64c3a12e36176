from django.urls import URLPattern, path

from samspill.networks import views

app_name = "networks"
urlpatterns: list[URLPattern] = [
    path("", views.channels, name="channels"),
    path("connect/<slug:key>/", views.new, name="connect"),
    path("connect/<slug:key>/code/", views.step, name="step"),
    path("<int:pk>/", views.channel, name="channel"),
    path("<int:pk>/reconnect/", views.again, name="reconnect"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/check/", views.check, name="check"),
]
