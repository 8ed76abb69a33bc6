"""Methods written once, as coroutines, and callable three ways.

::

    frame = video.generate_thumbnail(time=5)            # blocks, returns the result
    frame = await video.generate_thumbnail.aio(time=5)  # does not block
    job = video.generate_thumbnail.submit(time=5)       # returns a Job at once
"""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload

from thumbnb import errors
from thumbnb.arguments.checks import check_arguments
from thumbnb.client.runtime import waiting
from thumbnb.client.runtime.job import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from thumbnb.client.runtime.runner import Runner


class Owner(Protocol):
    """An object with remote methods: it has a runner, and keeps jobs that were left."""

    @property
    def runner(self) -> Runner:
        """The thread where its requests run."""

    def check_open(self, method: str) -> None:
        """Raise ClientClosed where nothing can be asked of it any more."""

    def keep_job(self, job: Job[Any]) -> str:
        """Hold on to a job; return the Python that finds it again."""
        ...


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=Owner)


class BoundRemoteMethod(Generic[P, R]):
    """A remote method of one object: call it, ``await .aio()`` it, or ``.submit()`` it."""

    def __init__(self, function: Callable[..., Coroutine[Any, Any, R]], owner: Any) -> None:
        self._function = function
        self._owner: Owner = owner
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__

    @property
    def __signature__(self) -> inspect.Signature:
        whole = inspect.signature(self._function)
        return whole.replace(parameters=list(whole.parameters.values())[1:])

    def __repr__(self) -> str:
        return f"<{self.__name__} of {self._owner!r}: call it, await .aio(...), or .submit(...)>"

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it and wait. An interrupt ends the wait, not the work."""
        if self._owner.runner.is_here():
            raise errors.InvalidInput(
                f"{self.__name__}() would wait for its own thread.",
                hint=f"Inside a callback of a job, await {self.__name__}.aio(...).",
            )
        job = self._job(*args, **kwargs)
        try:
            return job.result()
        except KeyboardInterrupt as stop:
            if job.done():
                raise
            way = self._owner.keep_job(job)
            raise KeyboardInterrupt(f"{stop} Pick it up with {way}.") from None

    async def aio(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it without blocking. Cancelling the awaiting task cancels the work."""
        waiting.refuse_trio(f"{self.__name__}.aio()")
        coroutine = self._coroutine(*args, **kwargs)
        runner = self._owner.runner
        if runner.is_here():  # a job's own: what is under way when a client is closed goes on
            return await coroutine
        try:
            self._owner.check_open(self.__name__)
        except errors.ClientClosed:
            coroutine.close()
            raise
        return await asyncio.wrap_future(runner.start(coroutine))

    def submit(self, *args: P.args, **kwargs: P.kwargs) -> Job[R]:
        """Start it and return a Job at once."""
        job = self._job(*args, **kwargs)
        self._owner.keep_job(job)
        return job

    def _job(self, *args: P.args, **kwargs: P.kwargs) -> Job[R]:
        self._owner.check_open(self.__name__)
        return Job(
            self.__name__,
            lambda: self._coroutine(*args, **kwargs),
            self._owner.runner,
            repeat=lambda: self.submit(*args, **kwargs),
        )

    def _coroutine(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, R]:
        """Return the coroutine of a call. Raises InvalidInput for arguments that do not fit."""
        check_arguments(self.__name__, self.__signature__, args, kwargs)
        return self._function(self._owner, *args, **kwargs)


class RemoteMethod(Generic[S, P, R]):
    """The descriptor behind ``@remote``."""

    def __init__(self, function: Callable[Concatenate[S, P], Coroutine[Any, Any, R]]) -> None:
        self.function = function
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__
        # Help systems find a function's text and signature through this.
        self.__wrapped__ = function

    @overload
    def __get__(self, owner: None, kind: type[S]) -> RemoteMethod[S, P, R]: ...
    @overload
    def __get__(self, owner: S, kind: type[S]) -> BoundRemoteMethod[P, R]: ...
    def __get__(
        self, owner: S | None, kind: type[S]
    ) -> RemoteMethod[S, P, R] | BoundRemoteMethod[P, R]:
        if owner is None:
            return self
        return BoundRemoteMethod(self.function, owner)

    def __call__(self, owner: S, *args: P.args, **kwargs: P.kwargs) -> R:
        """Call it as a plain function of the class: ``Video.refresh(video)``."""
        return BoundRemoteMethod[P, R](self.function, owner)(*args, **kwargs)


def remote(
    function: Callable[Concatenate[S, P], Coroutine[Any, Any, R]],
) -> RemoteMethod[S, P, R]:
    """Make a coroutine method callable three ways; see the module's text."""
    return RemoteMethod(function)
