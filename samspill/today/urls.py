from django.urls import path

from samspill.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
    path("search/", views.search, name="search"),
]
