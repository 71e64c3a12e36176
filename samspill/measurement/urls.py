from django.urls import path

from samspill.measurement import views, views_realised, views_strategy, views_thread

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
    path("goals/", views_thread.goals_figures, name="goals_figures"),
    path("ladder/", views_thread.ladder_steps, name="ladder"),
    path("realised/", views_realised.report, name="realised"),
    path("realised/short/", views_realised.short, name="realised_short"),
    path("vega.js", views.vega, name="vega"),
]
