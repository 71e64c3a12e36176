from django.urls import path

from samspill.listening import views, views_trends, views_watch

app_name = "listening"
urlpatterns = [
    path("", views.search, name="search"),
    path("build/", views.build, name="build"),
    path("beside/", views.beside, name="beside"),
    path("new/<int:after>/", views.new, name="new"),
    path("posts/<int:pk>/", views.post, name="post"),
    path("posts.ndjson", views.ndjson, name="ndjson"),
    path("posts.csv", views.csv, name="csv"),
    path("watches/", views_watch.watches, name="watches"),
    path("watches/new/", views_watch.new, name="watch_new"),
    path("watches/<int:pk>/", views_watch.watch, name="watch"),
    path("watches/<int:pk>/change/", views_watch.change, name="watch_change"),
    path("watches/<int:pk>/pause/", views_watch.pause, name="watch_pause"),
    path("watches/<int:pk>/follow/", views_watch.follow, name="watch_follow"),
    path("watches/<int:pk>/remove/", views_watch.remove, name="watch_remove"),
    path("spikes/<int:pk>/", views_watch.spike, name="spike"),
    path("trends/", views_trends.trends, name="trends"),
    path("voices/", views_trends.shares_of_voice, name="shares"),
    path("voices/new/", views_trends.share_new, name="share_new"),
    path("voices/<int:pk>/", views_trends.share_of_voice, name="share"),
    path("voices/<int:pk>/change/", views_trends.share_change, name="share_change"),
    path("voices/<int:pk>/remove/", views_trends.share_remove, name="share_remove"),
]
