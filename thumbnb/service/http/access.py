"""Access to the service: its token, its host names, and the paths it has signed."""

from __future__ import annotations

import hmac
import os
import secrets
from typing import TYPE_CHECKING

from thumbnb.service.http.host_names import KERNEL_HOST, HostNames
from thumbnb.service.http.signed_paths import SignedPaths
from thumbnb.service.refusal import Refusal
from thumbnb.service.store.process_lease import exclusively
from thumbnb.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["KERNEL_HOST", "TOKEN_VARIABLE", "UNAUTHORIZED", "Access", "kept_secret"]

TOKEN_VARIABLE = "THUMBNB_TOKEN"  # noqa: S105 - the name of a variable
UNAUTHORIZED = "UNAUTHORIZED"


def kept_secret(path: Path) -> str:
    """Read the secret in a file that only its owner may read, making it the first time."""
    with exclusively(path.with_suffix(".lock")):
        if path.exists() and (text := path.read_text().strip()):
            return text
        text = secrets.token_urlsafe(32)
        files.write_file(path, text + "\n")
        return text


class Access:
    """The access rules, the same for both protocols.

    The token is the one given, else ``THUMBNB_TOKEN``, else the one kept in the home;
    ``token_is_kept`` says that it is the last. ``link_hours`` is how long file addresses
    are good (hours), for ever where it is None.
    """

    def __init__(
        self,
        home: Path,
        token: str | None = None,
        hosts: Iterable[str] = (),
        *,
        link_hours: float | None = None,
    ) -> None:
        given = token or os.environ.get(TOKEN_VARIABLE)
        self.token_is_kept = not given
        self.token = given or kept_secret(home / "token")
        self.hosts = HostNames(hosts)
        self.paths = SignedPaths(kept_secret(home / "signing-key").encode(), link_hours)

    def admit(self, presented: str | None) -> None:
        """Let the holder of the token in, refuse anyone else."""
        if not presented:
            raise Refusal(401, UNAUTHORIZED, "The token of this service is missing.")
        if not hmac.compare_digest(presented.encode(errors="replace"), self.token.encode()):
            raise Refusal(401, UNAUTHORIZED, "This is not the token of this service.")
