from django.urls import path

from samspill.measurement import views, views_strategy

app_name = "measurement"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("measures/<slug:key>/", views.measure, name="measure"),
    path("measures/<slug:key>/<int:channel>/", views.measure, name="measure"),
    path("measures/<slug:key>.csv", views.measure_csv, name="measure_csv"),
    path("goals/<int:pk>/status/", views.goal_status, name="goal_status"),
    path("goals/<int:pk>/row/", views.goal_row, name="goal_row"),
    path("strategy/check/", views_strategy.check, name="strategy_check"),
    path("strategy/<int:strategy>/check/", views_strategy.check, name="strategy_check"),
    path("vega.js", views.vega, name="vega"),
]
