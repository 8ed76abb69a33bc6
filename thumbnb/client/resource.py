"""What a service keeps under an id and a name."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar


class _Record(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str | None: ...


Rec = TypeVar("Rec", bound=_Record)


class Recorded(Generic[Rec]):
    """A thing with a ``record`` at a service, as last read."""

    record: Rec

    @property
    def id(self) -> str:
        """The service's id of it."""
        return self.record.id

    @property
    def name(self) -> str | None:
        """Its name at the service."""
        return self.record.name
