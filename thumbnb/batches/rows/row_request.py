"""The request of one row: frames of its video, a brief, and target files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class FrameRequest:
    """Frames of a video: at ``times`` in seconds, or the ``count`` best where that is None.

    ``digest`` is the same where the same frames of the same file are asked for; ``targets``
    are where they are written.
    """

    video: str
    times: tuple[float, ...] | None
    count: int
    size: tuple[int, int] | None
    suffix: str
    digest: str
    targets: tuple[str, ...]

    def task(self, fingerprint: str, *, at_worker: bool) -> dict[str, Any]:
        """Return it as plain data, as ``make_frames`` takes it."""
        return {
            "video": self.video,
            "times": None if self.times is None else list(self.times),
            "count": self.count,
            "size": self.size and list(self.size),
            "format": self.suffix,
            "digest": self.digest,
            "targets": list(self.targets) if at_worker else None,
            "fingerprint": fingerprint,
        }


@dataclass(frozen=True, slots=True)
class RowRequest:
    """A row: its ``number`` from 0, its ``frames``, its ``brief``, its ``targets``.

    ``brief`` is what ``client.generate`` takes, without the frames; ``titles`` are those of
    other languages, ``localized`` where their images are written.
    """

    number: int
    frames: FrameRequest | None = None
    brief: dict[str, Any] | None = None
    variations: int = 1
    targets: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    localized: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def all_targets(self) -> list[str]:
        """All files that it writes where the user wants them."""
        return [*self.targets, *(path for paths in self.localized.values() for path in paths)]
