"""A key that a user hands in: wrapped, and checked before it goes into a header."""

from __future__ import annotations

from pydantic import SecretStr

from thumbnb import errors

LONGEST = 1000


def checked_key(key: str | SecretStr | None, what: str) -> SecretStr | None:
    """Return a key wrapped, None where there is none; raises InvalidInput, never showing it."""
    plain = key.get_secret_value() if isinstance(key, SecretStr) else key
    if plain is not None and not isinstance(plain, str):
        raise errors.InvalidInput(f"{what} is a {type(plain).__name__}: a key is a text.")
    plain = (plain or "").strip()
    if len(plain) > LONGEST or any(not 32 < ord(letter) < 127 for letter in plain):  # noqa: PLR2004  - printable ASCII
        raise errors.InvalidInput(
            f"{what} has characters no key can have, such as a line break or a quote mark.",
            hint="Copy it again.",
        )
    return SecretStr(plain) if plain else None
