from django.urls import URLPattern, path

from samspill.conversations import views, views_act

app_name = "conversations"
urlpatterns: list[URLPattern] = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.conversation, name="conversation"),
    path("<int:pk>/reply/", views_act.reply, name="reply"),
    path("<int:pk>/length/", views_act.length, name="length"),
    path("<int:pk>/assign/", views_act.assign, name="assign"),
    path("<int:pk>/note/", views_act.note, name="note"),
    path("<int:pk>/done/", views_act.done, name="done"),
    path("<int:pk>/reopen/", views_act.reopen, name="reopen"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("goals/<int:pk>/said/", views.goal_said, name="goal_said"),
]
