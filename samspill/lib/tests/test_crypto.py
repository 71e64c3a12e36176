"""Secrets at rest: sealed under keys that can be changed, bound to the row they stand in."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from samspill.lib import crypto

PLACE = ("networks_channel", "secrets", "7c9d")


def test_sealed_words_open_in_their_place():
    sealed = crypto.seal("blåbær", *PLACE)
    assert "bl" not in sealed
    assert crypto.unseal(sealed, *PLACE) == "blåbær"


def test_same_words_are_never_sealed_alike():
    assert crypto.seal("hei", *PLACE) != crypto.seal("hei", *PLACE)


def test_words_moved_to_another_row_do_not_open():
    sealed = crypto.seal("hei", *PLACE)
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(sealed, "networks_channel", "secrets", "another")


def test_changed_words_do_not_open():
    version, kid, words = crypto.seal("hei", *PLACE).split(".")
    changed = words[:20] + ("A" if words[20] != "A" else "B") + words[21:]
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(f"{version}.{kid}.{changed}", *PLACE)


@pytest.mark.parametrize("never", ["", "hei", "2.k.abc", "1.", "1.nokey"])
def test_what_was_never_sealed_is_loud(never):
    with pytest.raises(crypto.Unreadable):
        crypto.unseal(never, *PLACE)


def test_what_is_sealed_is_told_from_what_is_not():
    assert crypto.is_sealed(crypto.seal("", *PLACE))
    assert crypto.is_sealed(crypto.seal("blåbær" * 100, *PLACE))
    assert not any(crypto.is_sealed(each) for each in ("", "1.2.3", "hei", 7, None, "1.k." + "!" * 50))


def test_key_that_is_gone_is_loud(settings):
    sealed = crypto.seal("hei", *PLACE)
    (settings.DATA_DIR / "keys.json").unlink()
    with pytest.raises(crypto.Unreadable, match="not in the ring"):
        crypto.unseal(sealed, *PLACE)


def test_key_file_is_ours_alone(settings):
    crypto.keys()
    assert (settings.DATA_DIR / "keys.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in Path(settings.DATA_DIR).glob("keys*")] == ["keys.json"]


def test_many_at_first_use_agree_on_one_key():
    start = threading.Barrier(8)

    def first_use(_each: int) -> str:
        start.wait(10)
        return crypto.keys().newest

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(first_use, range(8)))) == 1


def test_old_words_open_after_a_new_key():
    old = crypto.seal("hei", *PLACE)
    crypto.add_key()
    new = crypto.seal("hei", *PLACE)
    assert crypto.key_of(old) != crypto.key_of(new)
    assert crypto.unseal(old, *PLACE) == crypto.unseal(new, *PLACE) == "hei"


def test_only_unused_keys_are_forgotten():
    first = crypto.keys().newest
    second = crypto.add_key().newest
    third = crypto.add_key().newest
    assert crypto.forget_keys({first}) == [second]
    assert set(crypto.keys().keys) == {first, third}


def test_keys_of_the_operator_are_used_and_left_alone(monkeypatch, settings):
    ring = crypto.keys()
    (settings.DATA_DIR / "keys.json").unlink()
    monkeypatch.setenv("SAMSPILL_KEYS", ring.written())
    assert crypto.keys() == ring
    with pytest.raises(ImproperlyConfigured):
        crypto.add_key()
    assert not (settings.DATA_DIR / "keys.json").exists()


@pytest.mark.parametrize(
    "text",
    [
        "hei",
        "[]",
        "{}",
        json.dumps({"newest": "a", "keys": {}}),
        json.dumps({"newest": "a", "keys": {"a": "aGVp"}}),
    ],
)
def test_nonsense_for_keys_is_loud(monkeypatch, text):
    monkeypatch.setenv("SAMSPILL_KEYS", text)
    with pytest.raises(ImproperlyConfigured):
        crypto.keys()


def test_ring_is_not_written_where_it_is_shown():
    ring = crypto.keys()
    assert "keys=" not in repr(ring)
