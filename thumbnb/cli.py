"""The command line: ``thumbnb lab``, ``demo``, ``serve``, ``batch``, ``home``, ``doctor``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import thumbnb
from thumbnb.batches.command_line import add_batch_arguments, run_batch
from thumbnb.errors import InvalidInput, ThumbnbError
from thumbnb.storage.home import home_folder, open_home
from thumbnb.storage.notebook_copies import copy_notebooks

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.render.engines.protocol import Engine

FIRST_NOTEBOOK = "01_frames.ipynb"


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    parser = _parser()
    options, rest = parser.parse_known_args(argv)
    if rest and options.command not in {"lab", "demo"}:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    commands: dict[str, Callable[[], int]] = {
        "lab": lambda: lab(rest, edit=options.edit),
        "demo": lambda: demo(options, rest),
        "serve": lambda: serve(options),
        "batch": lambda: run_batch(options),
        "home": lambda: run_home(options),
        "doctor": lambda: doctor(offline=options.offline),
    }
    try:
        return commands[options.command]()
    except ThumbnbError as error:
        sys.stderr.write(f"thumbnb: {error}\n")
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="thumbnb", description="The Jupyter toolkit for making video thumbnails."
    )
    parser.add_argument("--version", action="version", version=f"thumbnb {thumbnb.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    notebooks = commands.add_parser(
        "lab",
        help="open JupyterLab on the first notebook",
        description="Open JupyterLab on the first notebook: on copies of the notebooks, in the "
        "home folder. What follows is JupyterLab's own, such as --no-browser or --port 8890.",
    )
    notebooks.add_argument(
        "--edit", action="store_true", help="open a checkout's own notebooks, to change them"
    )
    show = commands.add_parser(
        "demo",
        help="show the studio alone, to visitors who share nothing",
        description="Show the studio alone, as a page in the browser: each visitor has a home and "
        "an account of play money of their own, which go with the page. Keys of yours are not "
        "used. What else follows is Voila's own, such as --no-browser.",
    )
    show.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    show.add_argument("--port", type=int, default=8866, help="port to listen at (%(default)s)")
    show.add_argument(
        "--visitors", type=int, default=16, help="how many at a time, a kernel each (%(default)s)"
    )
    show.add_argument(
        "--credits", type=float, default=40, help="what the account of each holds (%(default)s)"
    )
    server = commands.add_parser(
        "serve",
        help="run the embedded service as a server",
        description="Run the embedded service as a server: the protocols of VideoDB and YouThumb, "
        "the work done on this machine.",
    )
    server.add_argument("--host", default="127.0.0.1", help="address to listen at (%(default)s)")
    server.add_argument("--port", type=int, default=8750, help="port to listen at (%(default)s)")
    server.add_argument("--home", type=Path, help="folder for all it keeps (else THUMBNB_HOME)")
    server.add_argument(
        "--token", help="its API key (else THUMBNB_TOKEN, else the one kept in the home)"
    )
    server.add_argument(
        "--token-file", type=Path, help="a file that holds the API key and nothing else"
    )
    server.add_argument(
        "--name", action="append", default=[], help="a further host name it answers to"
    )
    server.add_argument(
        "--trust-proxy",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="address or network of a proxy in front, whose X-Forwarded-Proto is believed",
    )
    server.add_argument(
        "--allow-private-urls",
        action="store_true",
        help="let uploads name addresses of this machine and network",
    )
    server.add_argument(
        "--engine",
        choices=("compositor", "openai"),
        help="what paints: the compositor, or a server of OpenAI's images protocol, by its address",
    )
    server.add_argument(
        "--engine-url", help="the image server's address, up to /v1 (else THUMBNB_ENGINE_URL)"
    )
    server.add_argument(
        "--engine-model", help="the model that paints there (else THUMBNB_ENGINE_MODEL)"
    )
    server.add_argument(
        "--engine-dialect", help="the kind of that server, where it does not say it by itself"
    )
    server.add_argument(
        "--engine-price", type=float, help="what an image costs there, in dollars, where it does"
    )
    server.add_argument(
        "--engine-budget", type=float, help="how many dollars may be spent there by this home"
    )
    add_batch_arguments(
        commands.add_parser(
            "batch",
            help="make an image of each row of a table, or of each video",
            description="Make an image of each row of a table: the best frames of its video, or "
            "thumbnails from a prompt with the row's columns in braces. What was made is found "
            "again: the same command makes only the rest. Exit codes: 0 all rows are made, "
            "1 some failed, 2 nothing could be begun, 3 it ended before its end, "
            "130 it was interrupted.",
        )
    )
    keeper = commands.add_parser(
        "home",
        help="check the home folder, or repair it",
        description="Look after the folder in which everything is kept. `check` changes "
        "nothing. `repair` brings back rows from copies and files by their hashes; what "
        "nothing is known of it moves into the folder's quarantine, and it deletes nothing.",
    )
    keeper.add_argument("action", choices=("check", "repair"))
    keeper.add_argument("--home", type=Path, help="the folder (else THUMBNB_HOME)")
    keeper.add_argument(
        "--delete-quarantine",
        action="store_true",
        help="delete the files that repairs have moved into quarantine",
    )
    keeper.add_argument(
        "--forget-lost",
        action="store_true",
        help="with repair: give up what the database names and whose files are lost",
    )
    examiner = commands.add_parser(
        "doctor",
        help="say what is installed, what answers, and what is wrong",
        description="Look at versions, kernel, front ends, fonts, extras, keys (whether there "
        "are any, never what they are) and services, and say what is wrong. It changes nothing.",
    )
    examiner.add_argument("--offline", action="store_true", help="ask no hosted service")
    return parser


def doctor(*, offline: bool) -> int:
    """Say what is installed and what is wrong; 1 where something is."""
    from thumbnb.doctor import examine, report  # noqa: PLC0415 - heavy

    findings = examine(offline=offline)
    sys.stdout.write(report(findings) + "\n")
    return 1 if any(finding.wrong for finding in findings) else 0


def run_home(options: argparse.Namespace) -> int:
    """Check or repair a home and say what was found; 1 where something is left to repair."""
    from thumbnb.client.ledger.recovery import check_ledger, repair_ledger  # noqa: PLC0415 - heavy
    from thumbnb.service.recovery.check import check_service  # noqa: PLC0415
    from thumbnb.service.recovery.repair import delete_quarantine, repair_service  # noqa: PLC0415

    folder = home_folder() if options.home is None else options.home.expanduser().absolute()
    if not folder.is_dir():
        raise InvalidInput(f"There is no home at {str(folder)!r}.")
    home = open_home(folder).folder
    lines: list[str] = []
    if options.action == "repair":
        lines += [
            *repair_service(home, forget_lost=options.forget_lost).lines(),
            *repair_ledger(home),
        ]
        if options.delete_quarantine:
            lines.append(f"{delete_quarantine(home)} files were deleted from the quarantine.")
    found = check_service(home), check_ledger(home)
    for each in found:
        lines += each.lines()
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if all(each.is_sound for each in found) else 1


def lab(arguments: list[str], *, edit: bool = False) -> int:
    """Open JupyterLab on the first notebook; ``arguments`` are passed on to it.

    With ``edit`` it opens a checkout's own notebooks, else copies of them.
    """
    try:
        from jupyterlab.labapp import LabApp  # noqa: PLC0415  - only here, and heavy
    except ImportError:
        raise InvalidInput(
            "JupyterLab is not installed.", hint="Run: pip install 'thumbnb[lab]'"
        ) from None
    folder = notebooks_folder(edit=edit)
    # By address and not by file name, so that the address it prints leads there too.
    defaults = [
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST_NOTEBOOK}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        defaults.append("--allow-root")  # else it refuses: in a container everybody is root
    LabApp.launch_instance([*defaults, *arguments])
    return 0


def demo(options: argparse.Namespace, arguments: list[str]) -> int:
    """Show the studio to visitors until it is stopped; ``arguments`` are passed on to Voila."""
    from thumbnb.demo.server import run_demo  # noqa: PLC0415 - only here, and heavy

    run_demo(
        host=options.host,
        port=options.port,
        visitors=options.visitors,
        credits=options.credits,
        arguments=arguments,
    )
    return 0


def notebooks_folder(*, edit: bool = False) -> Path:
    """Return the folder of the notebooks: copies to work on, in the home.

    With ``edit`` it is that of a checkout's own. Raises InvalidInput where there is none.
    """
    package = Path(thumbnb.__file__).parent
    checkout = package.parent / "notebooks"
    is_checkout = (checkout / FIRST_NOTEBOOK).is_file()
    if edit:
        if not is_checkout:
            raise InvalidInput(
                "There are no notebooks to edit: this thumbnb is installed, and no checkout.",
                hint="Leave --edit out: then you get copies to work on.",
            )
        return checkout
    folder = open_home(home_folder()).folder / "notebooks"
    copy_notebooks(checkout if is_checkout else package / "_notebooks", folder)
    return folder


def _token(options: argparse.Namespace) -> str | None:
    """Return the API key that the command line gives, by itself or by its file."""
    if options.token_file is None:
        if options.token is not None:
            logging.getLogger(__name__).warning(
                "Everybody on this machine can read --token in the list of processes: "
                "give --token-file or THUMBNB_TOKEN instead."
            )
        return options.token  # type: ignore[no-any-return]
    if options.token is not None:
        raise InvalidInput("Give --token or --token-file, not both.")
    try:
        token = options.token_file.read_text().strip()
    except (OSError, UnicodeError) as error:
        raise InvalidInput(
            f"The token file {options.token_file} cannot be read ({error})."
        ) from None
    if not token:
        raise InvalidInput(f"{options.token_file} holds no token.")
    return str(token)


def _engines(options: argparse.Namespace) -> list[Engine]:
    """Return the engines that the command line or the environment names; a key never stands here.

    The key of the image server is ``THUMBNB_ENGINE_KEY``, for OpenAI also ``OPENAI_API_KEY``.
    """
    from thumbnb.engines.from_environment import engine_of  # noqa: PLC0415 - heavy

    named = options.engine_url, options.engine_model
    prices = None if options.engine_price is None else {"image": options.engine_price}
    if options.engine == "compositor":
        if any(named):
            raise InvalidInput("Give --engine openai with --engine-url and --engine-model.")
        return []
    engine = engine_of(
        *named, dialect=options.engine_dialect, prices=prices, budget=options.engine_budget
    )
    if engine is None and options.engine == "openai":
        raise InvalidInput(
            "Which model is to paint?", hint="Give --engine-model, and --engine-url for a server."
        )
    return [] if engine is None else [engine]


def serve(options: argparse.Namespace) -> int:
    """Run the embedded service until it is stopped."""
    from thumbnb import service  # noqa: PLC0415  - only here, and heavy

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    service.serve(
        host=options.host,
        port=options.port,
        home=options.home,
        token=_token(options),
        allow_private_urls=options.allow_private_urls,
        engines=_engines(options),
        names=options.name,
        proxies=options.trust_proxy,
    )
    return 0
