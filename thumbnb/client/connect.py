"""Finding the services: hosted where there is a key, embedded where there is none."""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.api import videodb
from thumbnb.api.transport import Transport, plain_url
from thumbnb.client import checks
from thumbnb.client.client import Client
from thumbnb.client.session import Session
from thumbnb.home import home_folder

if TYPE_CHECKING:
    from fastapi import FastAPI

logger = logging.getLogger(__name__)

# Reserved for this machine by RFC 6761: such an address can never reach another.
EMBEDDED_URL = "http://thumbnb.localhost"
TOKEN_VARIABLE = "THUMBNB_TOKEN"  # noqa: S105  - a name, not a token


def connect(
    *,
    videodb_key: str | None = None,
    videodb_url: str | None = None,
    embedded: bool = False,
    home: str | os.PathLike[str] | None = None,
    deadline: float = 600.0,
    quiet: bool = False,
) -> Client:
    """Return a client, and say which services it works with.

    With a key (``videodb_key``, else the environment's ``VIDEO_DB_API_KEY``) that is
    the hosted VideoDB. Without one, or with ``embedded=True``, it is the embedded
    service: the same protocol, the work done on this machine, no key, no network.
    ``videodb_url`` names another server, such as your own ``thumbnb serve``, whose
    token (``THUMBNB_TOKEN`` where no key is given) is its key.

    ``home`` is the folder of the embedded service (else ``THUMBNB_HOME``, else the
    user's data folder). ``deadline`` is the patience with any one job, in seconds.
    Nothing is sent yet.

    >>> client = connect(embedded=True, quiet=True)
    >>> client.services
    {'VideoDB': 'embedded, on this machine'}
    """
    patience = checks.positive("deadline", deadline) or 600.0
    if embedded and (videodb_key or videodb_url):
        raise errors.InvalidInput("Give either embedded=True or a key and address, not both.")
    fallback = TOKEN_VARIABLE if videodb_url else videodb.KEY_VARIABLE
    key = None if embedded else _key(videodb_key, fallback)
    if videodb_url and not key:
        raise errors.InvalidInput(
            f"The server at {plain_url(videodb_url)} needs a key.",
            hint="Give videodb_key=..., or set THUMBNB_TOKEN to the token the server shows.",
        )
    if key:
        url = videodb_url or videodb.BASE_URL
        http = Transport(videodb.SERVICE, url, key=key, key_header=videodb.KEY_HEADER)
        where = f"hosted, at {plain_url(url)}"
    else:
        app = embedded_app(Path(home).expanduser() if home else home_folder())
        http = Transport(
            videodb.SERVICE,
            EMBEDDED_URL,
            key=app.state.service.token,
            key_header=videodb.KEY_HEADER,
            asgi=app,
        )
        where = "embedded, on this machine"
    client = Client(Session(http, where=where, deadline=patience))
    if not quiet:
        _say(client)
    return client


def _key(given: str | None, variable: str) -> str | None:
    key = (given if given is not None else os.environ.get(variable, "")).strip()
    if any(not 32 < ord(letter) < 127 for letter in key):  # noqa: PLR2004  - printable ASCII
        source = "The key given" if given is not None else f"The key in {variable}"
        raise errors.InvalidInput(
            f"{source} has characters no key can have, such as a line break or a quote mark.",
            hint="Copy it again.",
        )
    return key or None


def _say(client: Client) -> None:
    """Tell a person which services are in use; a script finds it in the log."""
    logger.info("%r", client)
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython  # noqa: PLC0415
        from IPython.display import display  # noqa: PLC0415

        if get_ipython() is not None:
            display({"text/plain": repr(client)}, raw=True)  # type: ignore[no-untyped-call]
    elif hasattr(sys, "ps1"):
        sys.stderr.write(f"{client!r}\n")


# -- the embedded service -------------------------------------------------------------

_apps: dict[Path, FastAPI] = {}
_apps_lock = threading.Lock()


def embedded_app(home: Path) -> FastAPI:
    """Return this process's service of a home; one, however often it is asked for."""
    # The one way down to the service, and only for who has no server elsewhere.
    from thumbnb import service  # noqa: PLC0415

    home = home.absolute()
    with _apps_lock:
        if home not in _apps:
            _apps[home] = service.create_app(home)
        return _apps[home]


@atexit.register
def close_embedded() -> None:
    """Close the embedded services of this process: workers end, files are closed."""
    with _apps_lock:
        apps = list(_apps.values())
        _apps.clear()
    for app in apps:
        app.state.service.close()


def _after_fork(*_: Any) -> None:
    # Worker threads do not survive a fork: the child makes a service of its own.
    global _apps_lock  # noqa: PLW0603
    _apps.clear()
    _apps_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
