"""Finding the services: hosted where there is a key, embedded where there is none."""

from __future__ import annotations

import atexit
import logging
import os
import sys
import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from thumbnb import errors
from thumbnb.api import videodb, youthumb
from thumbnb.api.transport import Transport, plain_url
from thumbnb.arguments.checks import checked_arguments
from thumbnb.arguments.local_path import input_path
from thumbnb.arguments.secret_key import checked_key
from thumbnb.client import keys
from thumbnb.client.client import Client
from thumbnb.client.inputs import checks
from thumbnb.client.ledger.ledger import Ledger
from thumbnb.client.polling import status_requests
from thumbnb.client.requests.rate_limiter import PER_MINUTE
from thumbnb.client.runtime.progress_bar import in_notebook
from thumbnb.client.session import KEPT_JOBS, Session
from thumbnb.engines.from_environment import engine_of
from thumbnb.render.engines.protocol import Engine
from thumbnb.storage.home import home_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fastapi import FastAPI
    from pydantic import SecretStr

    from thumbnb.client.ledger.run_record import RunRecord
    from thumbnb.client.run import Run
    from thumbnb.client.runtime.job import Job

logger = logging.getLogger(__name__)

# Reserved for this machine by RFC 6761: such an address can never reach another.
EMBEDDED_URL = "http://thumbnb.localhost"
TOKEN_VARIABLE = "THUMBNB_TOKEN"  # noqa: S105  - a name, not a token


@checked_arguments
def connect(
    *,
    videodb_key: str | SecretStr | None = None,
    videodb_url: str | None = None,
    youthumb_key: str | SecretStr | None = None,
    youthumb_url: str | None = None,
    embedded: bool = False,
    engine: str | Engine | Sequence[Engine] | None = None,
    home: str | os.PathLike[str] | None = None,
    budget: float | None = None,
    rate: int | None = None,
    deadline: float = 600.0,
    quiet: bool = False,
) -> Client:
    """Return a client, and say which services it works with.

    Each service is hosted where there is a key for it (``videodb_key`` or the
    environment's ``VIDEO_DB_API_KEY``, ``youthumb_key`` or ``YOUTHUMB_API_KEY``; else
    the key that ``ask_key(..., save=True)`` saved).
    Without one, or with ``embedded=True``, it is the embedded service: the same
    protocol, the work done on this machine, no key, no network. ``videodb_url`` and
    ``youthumb_url`` (which ends in ``/api``) name another server, such as your own
    ``thumbnb serve``, whose token (``THUMBNB_TOKEN`` where no key is given) is the key
    of both.

    ``engine`` is what paints the thumbnails of the embedded service: ``"compositor"``, or one of
    ``tb.engines`` (several: the first paints where none is named); by itself the engine that
    ``THUMBNB_ENGINE_URL`` and ``THUMBNB_ENGINE_MODEL`` name, else the compositor. At a server of
    your own it is the name of an engine there.

    ``home`` is the folder of the embedded service, of the ledger and of the results
    (else ``THUMBNB_HOME``, else the user's data folder). ``budget`` is how many of
    YouThumb's credits this client may spend; ``rate`` how many requests a minute may be
    sent there, by all kernels of this home together (else 90, and any number to a server
    of your own); ``deadline`` is how long any one job may take, in seconds. Nothing is
    sent yet.

    >>> client = connect(embedded=True, quiet=True)
    >>> client.services["VideoDB"]
    'embedded, on this machine'
    """
    default_deadline = checks.positive("deadline", deadline) or 600.0
    budget = checks.credits("budget", budget)
    if rate is not None:
        rate = checks.whole("rate", rate, 1, 100_000)
    if embedded and (videodb_key or videodb_url or youthumb_key or youthumb_url):
        raise errors.InvalidInput("Give either embedded=True or a key and address, not both.")
    # Absolute: a later chdir moves no home.
    folder = home_folder() if home is None else input_path("home", home).absolute()
    jobs: deque[Job[Any]] = deque(maxlen=KEPT_JOBS)

    def recovery(run: RunRecord) -> Run:
        return client.open_run(run)

    ledger = Ledger(folder, budget=budget, recovery=recovery)
    session = partial(Session, ledger=ledger, deadline=default_deadline, jobs=jobs)
    cell = None if quiet or "thumbnb.service" in sys.modules else _announce_start()
    try:
        sessions = [
            _open(
                session, service, key, url, embedded=embedded, ledger=ledger, home=folder, rate=rate
            )
            for service, key, url in (
                (_VIDEODB, videodb_key, videodb_url),
                (_YOUTHUMB, youthumb_key, youthumb_url),
            )
        ]
        _set_engine(sessions[1], engine, folder)
    except BaseException:
        if cell is not None:
            cell.update({"text/plain": ""}, raw=True)
        raise
    client = Client(*sessions)
    if not quiet:
        _announce(client, cell)
    return client


def _set_engine(
    session: Session, engine: str | Engine | Sequence[Engine] | None, home: Path
) -> None:
    """Give the embedded service its engines, and have the client name the one to paint with."""
    if engine is None and session.metered:
        return
    if isinstance(engine, str):
        if session.metered:
            session.engine = engine  # which the first request checks
            return
        engines = embedded_app(home).state.service.engines
        # The service's own choice is not named: it makes the same request either way.
        session.engine = None if engine == engines.default else engines.checked_name(engine)
        return
    given: list[Any] = list(engine) if isinstance(engine, list | tuple) else [engine]
    if engine is None:
        named = engine_of(None, None)
        given = [] if named is None else [named]
    for each in given:
        if not isinstance(each, Engine):
            raise errors.InvalidInput(
                f"{type(each).__name__} is no engine.",
                hint='Give one of tb.engines, such as OpenAIImages(...), or "compositor".',
            )
        if session.metered:
            raise errors.InvalidInput(
                f"{session.http.service} is {session.where}: it paints with its own engines.",
                hint="Start that server with --engine-url and --engine-model, or connect with "
                "embedded=True.",
            )
        embedded_app(home).state.service.add_engine(each)
    if given:
        session.engine = given[0].name
        session.engine_code = getattr(given[0], "code", None)


class _Service(NamedTuple):
    """The settings of one service: its address and key."""

    name: str
    url: str
    embedded_url: str
    header: str


_VIDEODB = _Service(videodb.SERVICE, videodb.BASE_URL, EMBEDDED_URL, videodb.KEY_HEADER)
_YOUTHUMB = _Service(
    youthumb.SERVICE, youthumb.BASE_URL, f"{EMBEDDED_URL}/api", youthumb.KEY_HEADER
)


def _open(
    session: Callable[..., Session],
    service: _Service,
    given: str | SecretStr | None,
    url: str | None,
    *,
    embedded: bool,
    ledger: Ledger,
    home: Path,
    rate: int | None,
) -> Session:
    """Return the connection to a service: hosted where there is a key for it, else embedded."""
    found = None if embedded else _found(service.name, given, url, home)
    if url and not found:
        raise errors.InvalidInput(
            f"The server at {plain_url(url)} needs a key.",
            hint=f"Give {service.name.lower()}_key=..., or set {TOKEN_VARIABLE} to the token "
            "the server shows.",
        )
    if found:
        where = url or service.url
        http = Transport(
            service.name, where, key=found.key.get_secret_value(), key_header=service.header
        )
        kept = f", its key saved in the {found.place}" if found.place in keys.PLACES else ""
        where_it_is = f"hosted, at {plain_url(where)}{kept}"
        if service is not _YOUTHUMB:
            return session(http, where_it_is)
        limit = rate or (None if url else PER_MINUTE)
        return session(
            http,
            where_it_is,
            rate=limit,
            request_counter=ledger.request_counter(plain_url(http.base_url)) if limit else None,
            list_request=status_requests.of_projects(http),
        )
    app = embedded_app(home)
    http = Transport(
        service.name,
        service.embedded_url,
        key=app.state.service.token,
        key_header=service.header,
        asgi=app,
    )
    near = session(http, "embedded, on this machine", metered=False)
    app.state.service.runner.add_listener(near.poll_now)
    return near


def _found(
    service: str, given: str | SecretStr | None, url: str | None, home: Path
) -> keys.Found | None:
    """Return the key for a service: the one given, else the environment's, else the saved one."""
    if given is not None:
        key = checked_key(given, "The key given")
        return keys.Found(key, "argument") if key else None
    # A server of one's own has a token of its own: the hosted key belongs elsewhere.
    if url:
        token = checked_key(os.environ.get(TOKEN_VARIABLE), f"The key in {TOKEN_VARIABLE}")
        return keys.Found(token, TOKEN_VARIABLE) if token else None
    return keys.find_key(service, home=home)


def _announce_start() -> Any:
    """Show a line in a notebook's cell while the service loads, which takes a second."""
    if not in_notebook():
        return None
    from IPython import display  # noqa: PLC0415  - loaded already

    untyped: Any = display
    cell = untyped.DisplayHandle()
    moving = {"text/plain": "Connecting ...", "text/html": "<progress></progress> Connecting ..."}
    cell.display(moving, raw=True)
    return cell


def _announce(client: Client, cell: Any = None) -> None:
    """Tell a person which services are in use; a script finds it in the log."""
    logger.info("%r", client)
    text = {"text/plain": repr(client)}
    if cell is not None:
        cell.update(text, raw=True)
    elif "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython  # noqa: PLC0415
        from IPython.display import display  # noqa: PLC0415

        if get_ipython() is not None:
            display(text, raw=True)  # type: ignore[no-untyped-call]
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
def close_embedded(home: Path | None = None) -> None:
    """Close this process's embedded service of a home, or all: workers end, files are closed."""
    with _apps_lock:
        closing = list(_apps) if home is None else [home.absolute()]
        apps = [app for folder in closing if (app := _apps.pop(folder, None)) is not None]
    for app in apps:
        app.state.service.close()


def _after_fork() -> None:
    # Worker threads do not survive a fork: the child makes a service of its own.
    global _apps_lock  # noqa: PLW0603
    _apps.clear()
    _apps_lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
