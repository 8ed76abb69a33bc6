"""The key field: takes the key of a hosted service, and keeps it out of the notebook."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from thumbnb import errors
from thumbnb.arguments.secret_key import checked_key
from thumbnb.client import keys
from thumbnb.client.connect import connect
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.synced_traits import Bool, Text
from thumbnb.widgets.core.widget import Widget, handles

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import SecretStr

    from thumbnb.client.client import Client


class KeyField(Widget, front_end="key_field.js"):
    """A field to enter the key of a service, ``"YouThumb"`` or ``"VideoDB"``.

    The key is no trait: the browser sends it once, empties the field, and it stays in
    this object alone. A saved notebook, its export and the page hold nothing of it. It
    is saved for the next session only on request: in the system's keyring, else in a
    file that only you can read.

    Traits: ``service``; ``has_key`` says that there is one; ``source`` where it is from:
    ``entered``, the name of an environment variable, ``keyring`` or ``file``; ``error``.
    ``then`` is called with each new key, wrapped so that it shows nowhere.

    >>> field = KeyField("YouThumb")  # doctest: +SKIP
    >>> client = field.connect()  # once it has been entered  # doctest: +SKIP
    """

    repr_traits = ("service", "has_key", "source")

    service = Text(help="Whose key it is.")
    has_key = Bool(help="There is a key.")
    source = Text(help="Where it is from.")

    def __init__(
        self,
        service: str = "YouThumb",
        *,
        then: Callable[[SecretStr], None] | None = None,
        **traits: Any,
    ) -> None:
        super().__init__(service=keys.known(service), **traits)
        self._then = then
        found = keys.find_key(self.service)
        self._key = found.key if found else None
        self.has_key, self.source = found is not None, found.place if found else ""

    @property
    def key(self) -> SecretStr | None:
        """The key, wrapped; None where there is none."""
        return self._key

    def connect(self, **options: Any) -> Client:
        """Return a client that uses the key; ``options`` as in ``tb.connect``."""
        if self._key is None:
            raise errors.InvalidInput(
                f"There is no key for {self.service} yet.", hint="Enter it in the field."
            )
        return connect(**{f"{self.service.lower()}_key": self._key, **options})

    @handles("key")
    async def _answer_key(self, key: Any, save: Any) -> None:
        if not isinstance(key, str):
            raise errors.InvalidInput("No key came from the browser.")
        secret = checked_key(key, "What was entered")
        if secret is None:
            raise errors.InvalidInput("Nothing was entered.")
        source = "entered"
        if save is True:  # a keyring may ask its owner first
            source = await asyncio.to_thread(keys.save_key, self.service, secret)
        self._key = secret
        trait_updates.shared.set(self, has_key=True, source=source, error="")
        if then := self._then:
            trait_updates.shared.call(self, self.catch_errors(lambda: then(secret)))

    @handles("forget")
    async def _answer_forget(self) -> dict[str, str]:
        """Forget the key here, and where it was saved; one of the environment is there still."""
        await asyncio.to_thread(keys.forget_key, self.service)
        found = keys.find_key(self.service)
        self._key = found.key if found else None
        source = found.place if found else ""
        trait_updates.shared.set(self, has_key=found is not None, source=source, error="")
        return {"source": source}
