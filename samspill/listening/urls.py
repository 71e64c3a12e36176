from django.urls import path

from samspill.listening import views

app_name = "listening"
urlpatterns = [
    path("", views.search, name="search"),
    path("beside/", views.beside, name="beside"),
    path("new/<int:after>/", views.new, name="new"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts.ndjson", views.ndjson, name="ndjson"),
    path("posts.csv", views.csv, name="csv"),
]
