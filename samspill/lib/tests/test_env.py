"""Settings from the environment: read rightly, refused in a sentence, and explained."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samspill.lib import env

ROOT = Path(__file__).parents[3]
READERS = {"text", "flag", "whole", "words", "choice"}


@pytest.fixture
def said(monkeypatch):
    """Set SAMSPILL_PORT, the name these tests borrow."""
    monkeypatch.delenv("SAMSPILL_PORT", raising=False)
    monkeypatch.delenv("SAMSPILL_PORT_FILE", raising=False)
    return lambda value, name="SAMSPILL_PORT": monkeypatch.setenv(name, value)


def test_text(said):
    assert env.text("PORT", "fallback") == "fallback"
    said("")
    assert env.text("PORT", "fallback") == ""
    said("value")
    assert env.text("PORT", "fallback") == "value"


def test_a_secret_may_stand_in_a_file(said, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hemmelig æ\n", encoding="utf-8")
    said(str(secret), "SAMSPILL_PORT_FILE")
    assert env.text("PORT", "") == "hemmelig æ"


def test_a_setting_and_its_file_at_once_are_refused(said, tmp_path):
    said("value")
    said(str(tmp_path), "SAMSPILL_PORT_FILE")
    with pytest.raises(ImproperlyConfigured, match="Keep one of them"):
        env.text("PORT", "")


def test_a_file_that_is_not_there_is_said(said, tmp_path):
    said(str(tmp_path / "none"), "SAMSPILL_PORT_FILE")
    with pytest.raises(ImproperlyConfigured, match="cannot be read: No such file"):
        env.text("PORT", "")


@pytest.mark.parametrize("raw", ["yes", "YES", "1", "true", "on"])
def test_yes(said, raw):
    said(raw)
    assert env.flag("PORT", default=False) is True


@pytest.mark.parametrize("raw", ["no", "No", "0", "false", "off", ""])
def test_no(said, raw):
    said(raw)
    assert env.flag("PORT", default=True) is False


def test_neither_yes_nor_no_is_refused(said):
    assert env.flag("PORT", default=True) is True
    assert env.flag("PORT", default=False) is False
    said("maybe")
    with pytest.raises(ImproperlyConfigured, match="SAMSPILL_PORT is 'maybe'; write yes or no"):
        env.flag("PORT", default=True)


def test_whole_numbers_and_their_limits(said):
    assert env.whole("PORT", 7) == 7
    for raw, value in [("1", 1), ("65535", 65535)]:
        said(raw)
        assert env.whole("PORT", 7, least=1, most=65535) == value
    for raw in ("0", "65536"):
        said(raw)
        with pytest.raises(ImproperlyConfigured, match="it must be from 1 to 65535"):
            env.whole("PORT", 7, least=1, most=65535)
    for raw in ("seven", "7.5", ""):
        said(raw)
        with pytest.raises(ImproperlyConfigured, match="write a whole number"):
            env.whole("PORT", 7)


def test_words(said):
    assert env.words("PORT", "") == []
    said(" a.example , b.example,,")
    assert env.words("PORT", "") == ["a.example", "b.example"]


def test_one_of_a_few(said):
    assert env.choice("PORT", "INFO", ("INFO", "ERROR")) == "INFO"
    said("error")
    assert env.choice("PORT", "INFO", ("INFO", "ERROR")) == "ERROR"
    said("loud")
    with pytest.raises(ImproperlyConfigured, match="write one of INFO, ERROR"):
        env.choice("PORT", "INFO", ("INFO", "ERROR"))


def test_a_misspelt_name_is_named(said):
    before = env.unknown()
    said("https://samspill.example.org", "SAMSPILL_ADRESS")
    said("x", "SAMSPILL_SMTP_PASSWORD_FILE")
    new = [sentence for sentence in env.unknown() if sentence not in before]
    assert new == ["SAMSPILL_ADRESS is set, but it is no setting. Did you mean SAMSPILL_ADDRESS?"]


def read_in(path: Path):
    """The names a file reads through env, with the default where it is written out."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="env"), attr=reader)) if reader in READERS:
                default = [*call.args[1:2], *(word.value for word in call.keywords if word.arg == "default")]
                yield (
                    ast.literal_eval(call.args[0]),
                    default[0].value if isinstance(default[0], ast.Constant) else None,
                )


def all_read():
    files = [path for path in (ROOT / "samspill").rglob("*.py") if "tests" not in path.parts]
    return {name: default for path in files for name, default in read_in(path)}


def explained():
    lines = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    rows = [re.match(r"\| `SAMSPILL_([A-Z_]+)` \| (.+?) \| (.{10,}) \|$", line) for line in lines]
    return {row[1]: row[2] for row in rows if row}


def test_every_setting_is_named_once_and_explained():
    """A setting that is read needs its name in lib/env.py and its row in docs/settings.md."""
    assert set(all_read()) == set(env.NAMES) == set(explained())


def test_the_explained_defaults_are_the_real_ones():
    said = explained()
    written = {"True": "`yes`", "False": "`no`", "": "none"}
    made = {"SECRET_KEY", "KEYS"}  # the empty default means: make one
    for name, default in all_read().items():
        if default is not None and name not in made:
            assert said[name] == written.get(str(default), f"`{default}`"), name


def settings_with(**names: str) -> subprocess.CompletedProcess[str]:
    """The settings as another process reads them."""
    wanted = (
        "ADDRESS ALLOWED_HOSTS SESSION_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_NAME CSRF_COOKIE_SECURE"
    )
    wanted += " SECURE_HSTS_SECONDS ALLAUTH_TRUSTED_PROXY_COUNT MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN CAN_MAIL"
    code = f"print(json.dumps({{name: getattr(settings, name) for name in {wanted.split()}}}))"
    code = f"import json; from samspill import settings; {code}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SAMSPILL_")}
    extra = {f"SAMSPILL_{name}": value for name, value in names.items()}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, env=clean | extra, capture_output=True, text=True, check=False)


def test_with_nothing_set_it_is_for_this_machine(tmp_path):
    said = json.loads(settings_with(DATA=str(tmp_path)).stdout)
    assert said["ADDRESS"] == "http://localhost:8000"
    assert said["ALLOWED_HOSTS"] == ["localhost", "localhost", "127.0.0.1", "[::1]"]
    assert (said["SECURE_HSTS_SECONDS"], said["SESSION_COOKIE_SECURE"], said["CAN_MAIL"]) == (0, False, False)
    assert said["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


def test_the_address_follows_the_port(tmp_path):
    assert (
        json.loads(settings_with(DATA=str(tmp_path), PORT="8123").stdout)["ADDRESS"]
        == "http://localhost:8123"
    )


def test_with_https_cookies_and_browsers_stay_with_it(tmp_path):
    done = settings_with(
        DATA=str(tmp_path), ADDRESS="https://samspill.example.org/", BEHIND_PROXY="yes", HOSTS="other.example"
    )
    said = json.loads(done.stdout)
    assert said["ALLOWED_HOSTS"][:2] == ["other.example", "samspill.example.org"]
    assert said["SECURE_HSTS_SECONDS"] == 31_536_000
    assert (said["SESSION_COOKIE_NAME"], said["CSRF_COOKIE_NAME"]) == ("__Host-session", "__Host-csrf")
    assert said["SESSION_COOKIE_SECURE"] is said["CSRF_COOKIE_SECURE"] is True
    assert said["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False
    assert said["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ADDRESS", "samspill.example.org", "begin it with http"),
        ("ADDRESS", "https://:443", "write it as https://samspill.example.org"),
        ("ADDRESS", "https://example.org/samspill", "write it as https://samspill.example.org"),
        ("PORT", "70000", "from 1 to 65535"),
        ("LOG_LEVEL", "loud", "write one of DEBUG, INFO"),
        ("DEBUG", "perhaps", "write yes or no"),
    ],
)
def test_nonsense_stops_the_start_with_a_sentence(tmp_path, name, value, words):
    done = settings_with(DATA=str(tmp_path), **{name: value})
    assert done.returncode != 0
    assert f"SAMSPILL_{name} is" in done.stderr
    assert words in done.stderr
