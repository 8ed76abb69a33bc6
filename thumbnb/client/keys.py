"""Keys of the hosted services: entered without echo, saved only on request."""

from __future__ import annotations

import json
import logging
import os
from getpass import getpass
from typing import TYPE_CHECKING, Any, NamedTuple

from thumbnb import errors
from thumbnb.api import videodb, youthumb
from thumbnb.arguments.local_path import input_path
from thumbnb.arguments.secret_key import checked_key
from thumbnb.client.inputs import checks
from thumbnb.storage import files
from thumbnb.storage.home import home_folder, open_home
from thumbnb.text.short_repr import short_repr

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

logger = logging.getLogger(__name__)

# Where each service's key is looked for in the environment.
VARIABLES = {
    videodb.SERVICE: videodb.KEY_VARIABLE,
    youthumb.SERVICE: youthumb.KEY_VARIABLE,
}
FILE = "keys.json"
KEYRING = "thumbnb"
# Where a key is saved.
PLACES = ("keyring", "file")


class Found(NamedTuple):
    """A key, and where it was found: ``argument``, a variable's name, ``keyring`` or ``file``."""

    key: SecretStr
    place: str


def ask_key(service: str = youthumb.SERVICE, *, save: bool = False) -> SecretStr:
    """Ask for the key of a service without echo; return it in a wrapper that never shows it.

    ``save`` keeps it for the next ``connect()``: in the system's keyring where the
    extra ``thumbnb[keyring]`` finds one, else in a file that only you can read.
    Raises InvalidInput where nobody can be asked.

    >>> client = connect(youthumb_key=ask_key("YouThumb"))  # doctest: +SKIP
    """
    service, save = known(service), checks.flag("save", save)
    try:
        given = getpass(f"Key of {service}: ")
    except (EOFError, NotImplementedError, RuntimeError) as error:  # a notebook run by a program
        raise errors.InvalidInput(
            f"The key of {service} cannot be asked for: no terminal and no notebook is here.",
            hint=f"Set {VARIABLES[service]} in the environment.",
        ) from error
    key = checked_key(given, "The key given")
    if key is None:
        raise errors.InvalidInput("No key was given.")
    if save:
        save_key(service, key)
    return key


def save_key(
    service: str, key: str | SecretStr, *, home: str | os.PathLike[str] | None = None
) -> str:
    """Save the key of a service for the next ``connect()``; returns ``keyring`` or ``file``."""
    service, secret = known(service), checked_key(key, "The key given")
    if secret is None:
        raise errors.InvalidInput("An empty key is not saved.", hint="forget_key() removes one.")
    folder = _folder(home)
    place = "keyring" if _to_keyring(service, secret) else "file"
    entry = {"in": place} | ({"key": secret.get_secret_value()} if place == "file" else {})
    _write(folder, {**_read(folder), service: entry})
    return place


def forget_key(service: str, *, home: str | os.PathLike[str] | None = None) -> bool:
    """Remove the saved key of a service; says whether there was one."""
    service, folder = known(service), _folder(home)
    entries = _read(folder)
    entry = entries.pop(service, None)
    if entry is None:
        return False
    if entry.get("in") == "keyring" and (keyring := _keyring()):
        try:
            keyring.delete_password(KEYRING, service)
        except Exception as error:  # noqa: BLE001  - every backend has errors of its own
            logger.warning("The keyring would not forget the key of %s: %s", service, error)
    _write(folder, entries)
    return True


def find_key(service: str, *, home: str | os.PathLike[str] | None = None) -> Found | None:
    """Return the key of a hosted service from the environment, else the one that was saved."""
    variable = VARIABLES[service]
    key = checked_key(os.environ.get(variable, ""), f"The key in {variable}")
    return Found(key, variable) if key else _saved(service, _folder(home))


def is_here(service: str, *, home: str | os.PathLike[str] | None = None) -> bool:
    """Whether ``find_key`` has a place to find one at; no keyring is woken."""
    return bool(os.environ.get(VARIABLES[service], "").strip()) or service in _read(_folder(home))


def known(service: str) -> str:
    """Return a service's name as it writes it."""
    for name in VARIABLES:
        if isinstance(service, str) and name.lower() == service.lower():
            return name
    raise errors.InvalidInput(
        f"There is no service {short_repr(service)}.", hint=f"It is {' or '.join(VARIABLES)}."
    )


# -- where they are saved -------------------------------------------------------------


def _folder(home: str | os.PathLike[str] | None) -> Path:
    return home_folder() if home is None else input_path("home", home)


def _saved(service: str, folder: Path) -> Found | None:
    # The file says what is in the keyring, so that connect() never wakes one for nothing.
    entry = _read(folder).get(service)
    if entry is None:
        return None
    place = "keyring" if entry.get("in") == "keyring" else "file"
    plain: Any = entry.get("key")
    if place == "keyring":
        try:
            plain = (keyring := _keyring()) and keyring.get_password(KEYRING, service)
        except Exception as error:  # noqa: BLE001  - every backend has errors of its own
            logger.warning("The keyring does not give the key of %s: %s", service, error)
            return None
    key = checked_key(plain if isinstance(plain, str) else None, "The saved key")
    return Found(key, place) if key else None


def _keyring() -> Any:
    """Return the system's keyring, None where there is none."""
    try:
        import keyring  # noqa: PLC0415  - an extra
    except ImportError:
        return None
    # Backends that keep nothing have no priority.
    return keyring if keyring.get_keyring().priority > 0 else None


def _to_keyring(service: str, key: SecretStr) -> bool:
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(KEYRING, service, key.get_secret_value())
    except Exception as error:  # noqa: BLE001  - every backend has errors of its own
        logger.warning("The keyring would not keep the key of %s: %s", service, error)
        return False
    return True


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        logger.warning("%s in the home folder cannot be read: no key is taken from it.", FILE)
        return {}
    rows = found.items() if isinstance(found, dict) else ()
    return {name: entry for name, entry in rows if isinstance(entry, dict)}


def _write(folder: Path, entries: dict[str, dict[str, Any]]) -> None:
    path = folder / FILE
    if not entries:
        path.unlink(missing_ok=True)
        return
    open_home(folder)
    files.write_file(path, json.dumps(entries))
