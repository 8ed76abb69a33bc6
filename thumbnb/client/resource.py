"""The base of all objects that stand for something a service keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Protocol, SupportsIndex, TypeVar

from thumbnb import errors

if TYPE_CHECKING:
    from thumbnb.client.runtime.job import Job
    from thumbnb.client.runtime.runner import Runner
    from thumbnb.client.session import Session


class Resource:
    """An object whose remote methods talk through a session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise errors.InvalidInput(
            f"A {type(self).__name__} belongs to its client: it cannot be pickled or copied.",
            hint="Pass its id, or save its image to a file.",
        )

    @property
    def runner(self) -> Runner:
        """The thread where its requests run."""
        return self._session.runner

    def check_open(self, method: str) -> None:
        """Raise ClientClosed where the client is closed; closing it twice is fine."""
        if self._session.is_closed and method != "close":
            raise errors.ClientClosed(f"{method}() was called, and its client is closed.")

    def keep_job(self, job: Job[Any]) -> str:
        """Keep a job that nobody waits for; return the Python that finds it again."""
        self._session.jobs.append(job)
        return "client.jobs[-1].result()"


class _Record(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str | None: ...


Rec = TypeVar("Rec", bound=_Record)


class Recorded(Generic[Rec]):
    """A resource with a ``record`` at a service, as last read."""

    record: Rec

    @property
    def id(self) -> str:
        """The service's id of it."""
        return self.record.id

    @property
    def name(self) -> str | None:
        """Its name at the service."""
        return self.record.name
