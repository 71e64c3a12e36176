"""How the tests sign in, with one step and with two."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

LOGIN = "/account/login/"
PASSWORD = "correct horse"


def enter(client, email="alice@example.org", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def turn_on_codes(client):
    """Two-step sign-in through its pages; the app's secret and the recovery codes."""
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    return secret, client.get("/account/2fa/recovery-codes/").context["unused_codes"]
