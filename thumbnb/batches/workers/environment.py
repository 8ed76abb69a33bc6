"""The environment's fingerprint: a hash of the code and libraries that decide pixels.

A cluster whose workers have another version would make another catalogue without a word.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import thumbnb
from thumbnb import errors

_LIBRARIES = ("av", "numpy", "pillow")
_CODE = ("batches", "frames", "imaging")


@cache
def fingerprint() -> str:
    """Return the fingerprint: equal where frames come out the same."""
    code = hashlib.sha256()
    package = Path(thumbnb.__file__).parent
    for folder in _CODE:
        for path in sorted((package / folder).rglob("*.py")):
            code.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return f"thumbnb {thumbnb.__version__} ({code.hexdigest()[:12]}), {libraries}"


def check_fingerprint(expected: str) -> None:
    """Raise InvalidInput where this process has another fingerprint than the sender."""
    if (here := fingerprint()) != expected:
        raise errors.InvalidInput(
            f"A worker has {here}; the batch was begun with {expected}.",
            hint="Install the same versions on all workers.",
        )
