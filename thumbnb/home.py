"""Where everything that outlives a session is kept."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home_folder() -> Path:
    """Return the folder of our own files: ``THUMBNB_HOME``, else the user's data folder.

    It may not exist yet: whoever writes into it makes it.
    """
    chosen = os.environ.get("THUMBNB_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("thumbnb", appauthor=False))
