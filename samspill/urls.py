"""Every address; what belongs to a workspace lies below /w/<workspace>/."""

from django.urls import URLPattern, URLResolver, include, path

from samspill.flows.views import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samspill.accounts.urls_public")),
    path("health", health, name="health"),
    path("account/", include("samspill.accounts.urls_signin")),
    path("s/", include("samspill.face.urls_public")),
    path("w/<slug:workspace>/", include("samspill.today.urls")),
    path("w/<slug:workspace>/strategy/", include("samspill.strategy.urls")),
    path("w/<slug:workspace>/face/", include("samspill.face.urls")),
    path("w/<slug:workspace>/listening/", include("samspill.listening.urls")),
    path("w/<slug:workspace>/publishing/", include("samspill.publishing.urls")),
    path("w/<slug:workspace>/conversations/", include("samspill.conversations.urls")),
    path("w/<slug:workspace>/measurement/", include("samspill.measurement.urls")),
    path("w/<slug:workspace>/channels/", include("samspill.networks.urls")),
    path("w/<slug:workspace>/listening/streams/", include("samspill.archive.urls")),
    path("w/<slug:workspace>/settings/", include("samspill.accounts.urls")),
]
