from django.urls import URLPattern, path

from samspill.today import views

app_name = "today"
urlpatterns: list[URLPattern] = [path("", views.today, name="today")]
