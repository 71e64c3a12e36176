from django.urls import URLPattern, path

from samspill.publishing import views, views_delivery, views_draft, views_going, views_strategy

app_name = "publishing"
urlpatterns: list[URLPattern] = [
    path("", views.drafts, name="drafts"),
    path("goals/<int:pk>/", views_strategy.goal_work, name="goal_work"),
    path("goals/", views_strategy.goals_work, name="goals_work"),
    path("loose/", views_strategy.loose, name="loose"),
    path("work/<slug:kind>/<int:pk>/", views_strategy.work, name="work"),
    path("new/", views_draft.new, name="new"),
    path("length/", views_draft.length, name="length"),
    path("when/", views_going.when, name="when"),
    path("pictures/<int:pk>/", views_draft.picture, name="picture"),
    path("<int:pk>/", views_draft.draft, name="draft"),
    path("<int:pk>/approve/", views_going.approve, name="approve"),
    path("<int:pk>/schedule/", views_going.schedule, name="schedule"),
    path("<int:pk>/publish-now/", views_going.publish_now, name="publish_now"),
    path("<int:pk>/unschedule/", views_going.unschedule, name="unschedule"),
    path("<int:pk>/reopen/", views_going.reopen, name="reopen"),
    path("<int:pk>/copy/", views_going.copy, name="copy"),
    path("<int:pk>/delete/", views_going.delete, name="delete"),
    path("deliveries/<int:pk>/", views_delivery.delivery, name="delivery"),
    path("deliveries/<int:pk>/confirm/", views_delivery.confirm, name="confirm"),
    path("deliveries/<int:pk>/resend/", views_delivery.resend, name="resend"),
    path("deliveries/<int:pk>/cancel/", views_delivery.cancel, name="cancel"),
]
