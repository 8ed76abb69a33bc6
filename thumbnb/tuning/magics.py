"""``%thumb`` and ``%%thumb``: a quick prompt in a notebook's cell.

::

    %thumb A red kite over the sea --preset cinematic-film --title "HOLD ON"

    %%thumb --preset mrbeast-viral --takes 2
    {Excited|Calm} creator with {yellow|blue} background
"""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING, Any, NoReturn

from thumbnb import errors

if TYPE_CHECKING:
    from thumbnb.client.client import Client
    from thumbnb.client.images.results import Results
    from thumbnb.tuning.sweep_run import SweepRun

_USAGE = (
    "%thumb PROMPT [--preset KEY] [--title TEXT] [--takes N] [--budget CREDITS] [--client NAME]"
)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong as our errors do, and ends no kernel."""

    def error(self, message: str) -> NoReturn:
        raise errors.InvalidInput(f"%thumb: {message}.", hint=_USAGE)


def _parser() -> _Parser:
    parser = _Parser(prog="%thumb", add_help=False, allow_abbrev=False)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--preset", action="append")
    parser.add_argument("--title")
    parser.add_argument("--takes", type=int, default=1)
    parser.add_argument("--budget", type=float)
    parser.add_argument("--client", default="client")
    return parser


def thumb(line: str, cell: str | None, names: dict[str, Any]) -> Results | SweepRun:
    """Do what a magic's line and cell say, with the notebook's names.

    Alternatives, several presets or takes make a sweep; else it is one generation, whose
    first take is free when it was made before. The client is the notebook's ``client``, or
    a new one.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        hint = f"Put words with an apostrophe in double quotes. {_USAGE}"
        raise errors.InvalidInput(f"%thumb: {error}.", hint=hint) from error
    given = _parser().parse_args(words)
    prompt = " ".join([*given.words, *(cell or "").split()])
    if not prompt:
        raise errors.InvalidInput("%thumb: there is no prompt.", hint=_USAGE)
    client = _client(given.client, names)
    brief: dict[str, Any] = {"title": given.title, "preset": (given.preset or [None])[0]}
    brief = {name: value for name, value in brief.items() if value is not None}
    if given.takes == 1 and len(given.preset or ()) < 2 and "{" not in prompt + (given.title or ""):  # noqa: PLR2004
        results: Results = client.generate(prompt, take=0, max_credits=given.budget, **brief)
        return results
    from thumbnb.tuning.sweep import Sweep  # noqa: PLC0415  - when it is one

    if given.preset and len(given.preset) > 1:
        brief["preset"] = given.preset
    return Sweep(client, prompt, takes=given.takes, **brief).start(budget=given.budget)


def _client(name: str, names: dict[str, Any]) -> Client:
    from thumbnb.client.client import Client  # noqa: PLC0415
    from thumbnb.client.connect import connect  # noqa: PLC0415

    found = names.get(name)
    if isinstance(found, Client):
        return found
    if name != "client" or found is not None:
        raise errors.InvalidInput(
            f"%thumb: {name} is not a client.", hint=f"{name} = tb.connect() makes one."
        )
    names[name] = connect()  # the next magic, and the reader, find it there
    client: Client = names[name]
    return client


def join() -> None:
    """Give the notebook the magics, where this is one; costs nothing else."""
    from IPython.core.getipython import get_ipython  # noqa: PLC0415  - loaded already

    shell = get_ipython()
    if shell is not None:
        register(shell)


def register(shell: Any) -> None:
    """Give a shell the magics; nothing is loaded until one is used."""

    def magic(line: str, cell: str | None = None) -> Any:
        """Make thumbnails of a prompt; see ``thumbnb.tuning.magics``."""
        return thumb(line, cell, shell.user_ns)

    shell.register_magic_function(magic, "line_cell", "thumb")
