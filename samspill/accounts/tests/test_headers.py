"""What every answer says to the browser, and what no template may hold."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

PAGES = ["/account/login/", "/w/fjord/settings/", "/person/", "/nowhere/", "/w/utland/settings/"]
TEMPLATES = [
    path
    for folder in (settings.BASE_DIR / "templates", settings.BASE_DIR / "samspill")
    for path in folder.rglob("*.html")
]
DATA_SCRIPT = re.compile(r'<script[^>]*type="application/json"')
FORBIDDEN = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>"),
    "a style in the page": re.compile(r"<style\b"),
    "a style attribute": re.compile(r"""\sstyle\s*=\s*["']"""),
    "a handler in the page": re.compile(r"""\s(on[a-z]{3,}|hx-on[:a-z-]*)\s*=\s*["']""", re.IGNORECASE),
    "a javascript: address": re.compile(r"""["']\s*javascript:""", re.IGNORECASE),
    "text taken for safe": re.compile(r"\|\s*safe(seq)?\b"),
    "something from another server": re.compile(
        r"""<(script|link|img|iframe)[^>]*(src|href)=["'](https?:)?//"""
    ),
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_carries_the_headers(cast, as_person, path, signed_in):
    client = as_person(cast.olga) if signed_in else Client()
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_browsers_are_told_to_stay_with_https_only_over_https(cast, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert "Strict-Transport-Security" not in Client().get("/account/login/").headers
    assert (
        Client().get("/account/login/", secure=True).headers["Strict-Transport-Security"]
        == "max-age=31536000"
    )


def test_cookies_are_out_of_reach_for_scripts_and_other_sites(cast, client):
    client.post("/account/login/", {"login": "olga@example.org", "password": "correct horse"})
    for name in ("session", "csrf"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_a_form_without_its_token_is_refused_in_words(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.olga)
    answer = client.post("/w/fjord/settings/leave/")
    assert answer.status_code == 403
    assert "The page was too old" in answer.content.decode()


def test_another_host_name_is_refused(cast, client, settings):
    settings.ALLOWED_HOSTS = ["samspill.example.org"]
    assert client.get("/account/login/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/account/login/", headers={"Host": "samspill.example.org"}).status_code == 200


def test_a_nul_in_an_address_is_refused(cast, client):
    assert client.get("/account/login/?next=a%00b").status_code == 400


def test_htmx_keeps_to_the_policy(cast, as_person):
    page = as_person(cast.olga).get("/w/fjord/settings/").content.decode()
    config = re.search(r"""<meta name="htmx-config" content='([^']+)'>""", page)
    assert config
    assert '"includeIndicatorStyles": false' in config[1]
    assert '"allowEval": false' in config[1]
    assert '"historyCacheSize": 0' in config[1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(Path(path).relative_to(settings.BASE_DIR)))
def test_a_template_keeps_to_the_policy(path):
    text = DATA_SCRIPT.sub("<data", path.read_text(encoding="utf-8"))
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []
