"""The errors, as one tree. Every error says what happened and what to do next.

::

    ThumbnbError
    ├── InvalidInput (ValueError)       what we were given is wrong; nothing was sent
    │   ├── TimeOutOfRange              a time before the start or past the end of a video
    │   └── ClientClosed                the client that it was asked of is closed
    ├── MediaError                      a file cannot be used
    │   ├── FileMissing (FileNotFoundError)  there is no file of that name
    │   ├── NotAVideo                   there is no image track a decoder can read
    │   ├── DamagedVideo                the file is cut off or corrupt at that time
    │   └── NotAnImage                  there is no image a decoder can read
    │       └── ImageTooLarge           more pixels than can be opened
    ├── StorageError                    a file of ours is damaged; nothing of it was changed
    │   └── StorageUnavailable          the disk is full, or another program has the file
    ├── TransportError                  no whole answer came back
    │   ├── ConnectionFailed            never sent: trying again is safe
    │   ├── NoAnswer                    a read without an answer: trying again is safe
    │   ├── OutcomeUnknown              sent, and the answer was lost: it may have happened
    │   └── DownloadFailed              a result's address did not deliver it
    ├── ServiceError                    the service answered, and said no
    │   ├── AuthenticationFailed        401
    │   ├── InsufficientCredits         402
    │   ├── AccessDenied                403
    │   │   └── PlanLimit               403: more than the plan allows
    │   ├── NotFound                    404, 410
    │   ├── Rejected                    another 4xx: the request itself is wrong
    │   │   └── PromptRefused           by its rules, what paints does not paint that; a JobFailed
    │   ├── RateLimited                 429
    │   ├── Unavailable                 5xx
    │   └── ProtocolError               an answer that is not what the service documents
    ├── BudgetExceeded                  it costs more than was allowed; nothing was sent
    ├── JobFailed                       the service took the job and could not do it
    ├── JobCancelled                    we stopped it
    └── DeadlineExceeded (TimeoutError) our patience ended; the job may still finish
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


def _rebuild(cls: type[ThumbnbError], state: dict[str, Any]) -> ThumbnbError:
    error = cls.__new__(cls)
    error.__dict__.update(state)
    error.args = (error.message,)
    return error


class ThumbnbError(Exception):
    """Base of every error this package raises.

    ``message`` is one sentence on what happened, ``hint`` one on how to go on;
    ``str()`` gives both. Errors can be pickled, whatever they carry.
    """

    default_hint: ClassVar[str] = ""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = self.default_hint if hint is None else hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.__dict__)


class InvalidInput(ThumbnbError, ValueError):
    """An argument cannot work. Raised before anything is sent."""


class TimeOutOfRange(InvalidInput):
    """A time before a video's start or past its end."""


class ClientClosed(InvalidInput):
    """The client that this belongs to is closed. Nothing was sent."""

    default_hint = "Connect again: client = tb.connect()."


class MediaError(ThumbnbError):
    """A media file cannot be used."""


class FileMissing(MediaError, FileNotFoundError):
    """There is no file of that name."""

    default_hint = "Check the path."


class NotAVideo(MediaError):
    """Nothing in the file is an image track that can be decoded."""

    default_hint = "Give a video file such as .mp4, .mov, .webm or .mkv."


class DamagedVideo(MediaError):
    """The file is cut off or corrupt at the time asked for."""


class NotAnImage(MediaError):
    """The file is not an image that can be decoded, or it is cut off."""

    default_hint = "Give a .jpg, .png or .webp file."


class ImageTooLarge(NotAnImage):
    """The image has more pixels, or a longer side, than can be opened."""

    default_hint = "Make it smaller, then try again."


class StorageError(ThumbnbError):
    """A file in which we keep what outlives a session is damaged. Nothing of it was changed."""

    default_hint = "Look at what is wrong with `thumbnb home check`."


class StorageUnavailable(StorageError):
    """A file of ours cannot be read or written just now. Nothing of it was changed."""

    default_hint = "Run it again once that is mended."


class TransportError(ThumbnbError):
    """A request did not come back with a whole answer."""


class ConnectionFailed(TransportError):
    """The request never reached the service; trying again is always safe."""

    default_hint = "Check the network and the service's address, then run it again."


class NoAnswer(TransportError):
    """A request that changes nothing got no answer; trying again is safe."""

    default_hint = "Check the network, then run it again."


class Recovery(Protocol):
    """The recovery of one paid call whose outcome is unknown: a run of the ledger."""

    @property
    def check(self) -> Any:
        """Look whether the service has it."""

    @property
    def resend(self) -> Any:
        """Send it again."""


class OutcomeUnknown(TransportError):
    """The request was sent and its answer lost: it may or may not have been carried out.

    Never sent again by itself, because that could do (and charge) the work twice.
    Of a paid call, ``run`` is its number in the ledger: ``error.check()`` looks whether
    the service has it by now, ``error.resend()`` sends it again all the same.
    """

    default_hint = "Look at the service for the result before you send it again."

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        run: int | None = None,
        recovery: Recovery | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.run = run
        self._recovery = recovery

    @property
    def check(self) -> Any:
        """Look again: the results where the service has it by now, None where it shows nothing."""
        return self._recovered().check

    @property
    def resend(self) -> Any:
        """Send it again, which costs again if the first was carried out after all."""
        return self._recovered().resend

    def _recovered(self) -> Recovery:
        if self._recovery is None:
            raise InvalidInput(
                "This error has no way back to its service.",
                hint="It was not a paid call."
                if self.run is None
                else f"Use client.run({self.run}).check() and .resend().",
            )
        return self._recovery

    def __reduce__(self) -> tuple[Any, ...]:
        # Another process has another client.
        return _rebuild, (type(self), {**self.__dict__, "_recovery": None})


class DownloadFailed(TransportError):
    """The address of a result did not deliver it."""

    default_hint = "The address may have expired: ask the service for the item again."


class ServiceError(ThumbnbError):
    """The service answered with an error.

    ``service`` is its name, ``status`` the HTTP status, ``request`` what was sent (for a
    report to the service), ``code`` the service's own error code if it sent one, ``details``
    what is wrong by field if it said, ``retry_after`` the seconds it asked to wait, ``body``
    the decoded answer as it came.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        service: str = "",
        status: int | None = None,
        code: str | None = None,
        details: Mapping[str, list[str]] | None = None,
        retry_after: float | None = None,
        body: Mapping[str, Any] | None = None,
        request: str = "",
    ) -> None:
        super().__init__(message, hint=hint)
        self.service = service
        self.status = status
        self.request = request
        self.code = code
        self.details = dict(details or {})
        self.retry_after = retry_after
        self.body = body


class AuthenticationFailed(ServiceError):
    """The key is missing, wrong or revoked (401)."""

    default_hint = "Check the key and the service it belongs to."


class InsufficientCredits(ServiceError):
    """The account has fewer credits than this costs (402). Nothing was taken.

    ``balance`` and ``cost`` are in credits, where they are known.
    """

    default_hint = "Buy credits, or ask for fewer variations."
    balance: float | None = None
    cost: float | None = None


class AccessDenied(ServiceError):
    """The key is good but not for this (403)."""

    default_hint = "Ask the owner, or use an account whose plan includes it."


class PlanLimit(AccessDenied):
    """The account's plan does not allow as much (403). Nothing was taken."""

    default_hint = "Ask for fewer variations, or use a larger plan."


class NotFound(ServiceError):
    """There is no such thing, or no longer (404, 410)."""

    default_hint = "Check the id, and that it belongs to this account."


class Rejected(ServiceError):
    """The service found the request itself wrong (another 4xx)."""

    default_hint = "Change what it names, then run it again."


class RateLimited(ServiceError):
    """Too many requests (429); ``retry_after`` says how long to wait."""

    default_hint = "Wait a moment, then run it again."


class Unavailable(ServiceError):
    """The service is in trouble (5xx)."""

    default_hint = "Try again in a while."


class ProtocolError(ServiceError):
    """The answer is not what the service documents."""

    default_hint = "Check that the address is the service's API; else please report it."


class BudgetExceeded(ThumbnbError):
    """It would cost more than you allowed. Raised before anything is sent.

    ``plan`` says what was to be done; ``price`` and ``left`` are in credits.
    """

    default_hint = "Raise the budget, or ask for fewer variations."

    def __init__(
        self, message: str, *, price: float, left: float, plan: str = "", hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.plan = plan
        self.price = price
        self.left = left


class JobFailed(ThumbnbError):
    """The service took the job and could not do it."""

    default_hint = "Change what it names, then run it again."

    def __init__(
        self, message: str, *, hint: str | None = None, body: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.body = body


class JobCancelled(ThumbnbError):
    """The job was cancelled here."""


class DeadlineExceeded(ThumbnbError, TimeoutError):
    """The deadline has passed. The job was not cancelled: it may still finish.

    ``output_url`` is where its result will be, when the service named one.
    """

    def __init__(
        self, message: str, *, hint: str | None = None, output_url: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.output_url = output_url


class PromptRefused(Rejected, JobFailed):
    """The engine refuses the prompt or an image by its rules (moderation). Never sent again."""

    default_hint = "Say it in other words, or leave out the image that it minds."
