from django.urls import URLPattern, path

from samspill.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("", views.workspace, name="workspace"),
    path("leave/", views.leave, name="leave"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.make_invitation, name="invite"),
    path("people/invitations/<int:pk>/revoke/", views.revoke_invitation, name="revoke"),
    path("people/<int:pk>/role/", views.change_role, name="role"),
    path("people/<int:pk>/remove/", views.remove, name="remove"),
    path("people/<int:pk>/password-link/", views.make_password_link, name="password_link"),
    path("events/", views.events, name="events"),
    path("events.csv", views.events_csv, name="events_csv"),
]
