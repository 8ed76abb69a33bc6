"""Three thumbnails for a test with viewers, and what came of it."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.checks import checked_arguments
from thumbnb.arguments.local_path import slug
from thumbnb.client.ledger.choices_database import ViewerOutcome
from thumbnb.storage import files
from thumbnb.text.short_repr import short_repr
from thumbnb.tuning.export.archive import made_of
from thumbnb.tuning.export.picture_file import encode_image_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.client.ledger.choices_database import ChoicesDatabase
    from thumbnb.tuning.cell_run import CellRun
    from thumbnb.tuning.space.cell import Cell

SIZE = (1280, 720)
MAX_BYTES = 2_000_000 - 1  # YouTube takes less than 2 MB
MAX_IMAGES = 3  # YouTube's Test & Compare has three places
FORMAT = "thumbnb test pack 1"
_LETTERS = "ABC"
_MAX_FILE = 100_000


@dataclass(frozen=True)
class ViewerTestPack:
    """Thumbnails to be entered into YouTube's Test & Compare by hand; it has no API.

    ``files`` are the images by their letters, each exactly 1280x720 and under 2 MB;
    ``outcome()`` records which won. ``run.open_pack(folder)`` opens it again later.
    """

    folder: Path
    id: str
    files: Mapping[str, Path]
    labels: Mapping[str, str]
    digests: Mapping[str, str]
    _database: ChoicesDatabase

    @checked_arguments
    def outcome(self, *, winner: str | None, share: Mapping[str, float] | None = None) -> None:
        """Record what the test said: the letter of the winner, None where none was clear.

        ``share`` is the share of the watch time of each, in percent or as parts of 1. The
        effects of every run that has these images learn from it; told again, it is replaced.
        """
        letters = list(self.files)
        if winner is not None and not (isinstance(winner, str) and winner in letters):
            raise errors.InvalidInput(
                f"winner is one of {', '.join(letters)}, not {short_repr(winner)}."
            )
        shares = self._shares(share or {})
        if winner is not None and shares and shares.get(winner, 0) < max(shares.values()):
            raise errors.InvalidInput(f"{winner} is said to have won, and has not the most share.")
        now = time.time()
        self._database.put_outcomes(
            ViewerOutcome(self.id, self.digests[each], shares.get(each), each == winner, now)
            for each in letters
        )

    def _shares(self, given: Mapping[str, float]) -> dict[str, float]:
        for letter, value in given.items():
            number = not isinstance(value, bool) and isinstance(value, int | float)
            if letter not in self.files or not number or not 0 <= value <= 100:  # noqa: PLR2004
                raise errors.InvalidInput(
                    f"share is percent by letter, as in {{'A': 31, 'B': 38}}; {letter!r}: "
                    f"{value!r} is not."
                )
        total = sum(given.values())
        if given and not (0.98 <= total <= 1.02 or 98 <= total <= 102):  # noqa: PLR2004
            raise errors.InvalidInput(f"The shares come to {total:g}, not to 100.")
        return {letter: value / total for letter, value in given.items()}

    def __repr__(self) -> str:
        listed = ", ".join(f"{letter}: {label}" for letter, label in self.labels.items())
        return f"<ViewerTestPack in {self.folder.name}/ {listed}>"


def make_pack(run: CellRun, cells: Sequence[Cell], folder: str | Path) -> ViewerTestPack:
    """Write a pack of these cells into a folder, which must be new or an older pack."""
    folder = Path(folder).expanduser()
    if folder.exists() and any(folder.iterdir()) and not (folder / "pack.json").exists():
        raise errors.InvalidInput(
            f"The folder {folder.name} has other files.", hint="Give a new one: folder=..."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[ABC]-*.jpg"):
        old.unlink()
    names: dict[str, str] = {}
    digests: dict[str, str] = {}
    labels: dict[str, str] = {}
    for letter, cell in zip(_LETTERS, cells, strict=False):
        result = run.result(cell.id)
        if result.image is None:
            continue
        data = encode_image_file(
            result.image.bytes, made_of(run, cell), size=SIZE, max_bytes=MAX_BYTES, enlarge=True
        )
        name = f"{letter}-{slug('-'.join(cell.labels.values())) or cell.id}.jpg"
        files.write_file(folder / name, data, mode=files.SHARED)
        names[letter], digests[letter], labels[letter] = name, result.digest, cell.title
    pack_id = hashlib.sha256("".join(digests.values()).encode()).hexdigest()[:16]
    about = {"format": FORMAT, "id": pack_id, "files": names, "labels": labels,
             "digests": digests}  # fmt: skip
    files.write_file(folder / "pack.json", json.dumps(about, indent=1), mode=files.SHARED)
    files.write_file(folder / "README.txt", _readme(names, labels), mode=files.SHARED)
    return _pack(run, folder, about)


def open_pack(run: CellRun, folder: str | Path) -> ViewerTestPack:
    """Open a pack that was made before. Raises InvalidInput."""
    folder = Path(folder).expanduser()
    try:
        return _pack(run, folder, _read(folder / "pack.json"))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise errors.InvalidInput(
            f"{folder.name} is not a test pack.", hint="run.pack() makes one."
        ) from error


def _read(path: Path) -> dict[str, Any]:
    """Read what a pack says of itself. Raises ValueError, among others, for anything else."""
    if path.stat().st_size > _MAX_FILE:
        raise ValueError(path)
    about: dict[str, Any] = json.loads(path.read_bytes())
    names = about["files"]
    inside = all(Path(name).name == name for name in names.values())
    if about["format"] != FORMAT or not set(names) <= set(_LETTERS) or not inside:
        raise ValueError(path)
    return about


def _pack(run: CellRun, folder: Path, about: dict[str, Any]) -> ViewerTestPack:
    return ViewerTestPack(
        folder,
        str(about["id"]),
        {letter: folder / name for letter, name in about["files"].items()},
        {letter: str(label) for letter, label in about["labels"].items()},
        {letter: str(digest) for letter, digest in about["digests"].items()},
        run.client.sessions[1].ledger.choices,
    )


def _readme(names: Mapping[str, str], labels: Mapping[str, str]) -> str:
    listed = "\n".join(f"  {letter}  {names[letter]}\n     {labels[letter]}" for letter in names)
    return f"""Thumbnails for a test with viewers
==================================

{listed}

How to enter them in YouTube (there is no interface for programs):

1. Open YouTube Studio on a computer, then Content, and the video's details.
2. Under Thumbnail choose "Test & compare" (on some accounts: "A/B testing").
3. Add these {len(names)} files, A first. Each is 1280x720 pixels and under 2 MB.
4. Start the test. It runs for up to two weeks; YouTube compares the share of
   watch time, and shows a winner, or that there is none.
5. Record what came of it in your notebook, with the shares that YouTube shows:

       pack = run.open_pack("{{this folder}}")
       pack.outcome(winner="B", share={{"A": 31, "B": 38, "C": 31}})

   run.effects() learns from it.

One test says what one audience preferred on its days. No score in this folder
promises clicks.
"""
