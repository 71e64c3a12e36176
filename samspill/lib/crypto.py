"""Keep what is secret sealed in the database: AES-256-GCM, bound to its row, under keys that can be changed.

The keys lie outside the database: in keys.json of the data folder, made at first use, or in SAMSPILL_KEYS.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from samspill.lib import env

NONCE = 12  # bytes
SEALED = re.compile(r"1\.[^.]+\.[A-Za-z0-9_-]{38,}={0,2}")


class Unreadable(Exception):
    """What is sealed cannot be opened: the key is not in the ring, or the words were changed or moved."""


@dataclass(frozen=True)
class Ring:
    """Every key that something may be sealed under, by name; what is sealed now is sealed under `newest`."""

    newest: str
    keys: dict[str, bytes] = field(repr=False)

    def written(self) -> str:
        encoded = {name: base64.b64encode(key).decode() for name, key in self.keys.items()}
        return json.dumps({"newest": self.newest, "keys": encoded})


def seal(text: str, *place: str) -> str:
    """`place` says where the words will stand, such as table, column, row; they open nowhere else."""
    ring = keys()
    nonce = os.urandom(NONCE)
    sealed = nonce + AESGCM(ring.keys[ring.newest]).encrypt(nonce, text.encode(), _bound(place))
    return f"1.{ring.newest}.{base64.urlsafe_b64encode(sealed).decode()}"


def unseal(sealed: str, *place: str) -> str:
    key = keys().keys.get(key_of(sealed))
    if key is None:
        raise Unreadable(f"The key {key_of(sealed)!r} is not in the ring.")
    try:
        raw = base64.urlsafe_b64decode(sealed.split(".")[2])
        return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], _bound(place)).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(f"What stands in {'.'.join(place)} was changed, or belongs elsewhere.") from error


def key_of(sealed: str) -> str:
    """The name of the key that this was sealed under."""
    version, _dot, rest = sealed.partition(".")
    name, dot, _text = rest.partition(".")
    if version != "1" or not dot:
        raise Unreadable("This was never sealed.")
    return name


def is_sealed(value: object) -> bool:
    """Whether this looks like something of ours, whichever key it is under."""
    return isinstance(value, str) and SEALED.fullmatch(value) is not None


def keys() -> Ring:
    """The ring as it stands now; read each time, so a change reaches every process."""
    given = env.text("KEYS", "")
    if given:
        return _read(given, "SAMSPILL_KEYS")
    path = _path()
    if not path.exists():
        _write_first(path)
    return _read(path.read_text(encoding="utf-8"), str(path))


def add_key() -> Ring:
    """A new newest key; the old ones stay. Raises ImproperlyConfigured where the keys are the operator's."""
    _check_ours()
    ring = keys()
    name = _name()
    return _replace(Ring(name, {**ring.keys, name: secrets.token_bytes(32)}))


def forget_keys(used: set[str]) -> list[str]:
    """Drop the keys that nothing is sealed under any more; gives their names."""
    _check_ours()
    ring = keys()
    unused = [name for name in ring.keys if name not in used and name != ring.newest]
    if unused:
        _replace(Ring(ring.newest, {name: key for name, key in ring.keys.items() if name not in unused}))
    return unused


def _bound(place: tuple[str, ...]) -> bytes:
    return json.dumps(place).encode()


def _path() -> Path:
    return Path(settings.DATA_DIR) / "keys.json"


def _name() -> str:
    return secrets.token_hex(4)


def _check_ours() -> None:
    if env.text("KEYS", ""):
        raise ImproperlyConfigured(
            "The keys come from SAMSPILL_KEYS. Change them there: add a key, name it newest."
        )


def _read(text: str, source: str) -> Ring:
    try:
        said = json.loads(text)
        ring = Ring(said["newest"], {str(name): base64.b64decode(key) for name, key in said["keys"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ImproperlyConfigured(f"{source} does not hold keys as docs/settings.md shows them.") from error
    if ring.newest not in ring.keys or any(len(key) != 32 or "." in name for name, key in ring.keys.items()):
        raise ImproperlyConfigured(f"{source}: each key is 32 bytes in base64, and newest names one of them.")
    return ring


def _write_first(path: Path) -> None:
    """Two processes may come here at once: the first one's file stands, whole."""
    name = _name()
    whole = _aside(Ring(name, {name: secrets.token_bytes(32)}))
    try:
        os.link(whole, path)
    except FileExistsError:
        pass
    finally:
        whole.unlink()


def _replace(ring: Ring) -> Ring:
    _aside(ring).replace(_path())
    return ring


def _aside(ring: Ring) -> Path:
    """The ring written out in a file beside its own, readable for us only."""
    handle, name = tempfile.mkstemp(dir=_path().parent, prefix="keys-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(ring.written())
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
