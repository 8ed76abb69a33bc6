"""The work on one video: the frames that are wanted, as files' bytes. Runs in any process.

It takes and returns plain data, so that worker processes, pools and clusters can pass it on.
"""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Any

from PIL import Image

from thumbnb import errors
from thumbnb.batches.workers.address import base_name, local_copy, read_address, write_address
from thumbnb.batches.workers.environment import check_fingerprint
from thumbnb.batches.workers.freed_memory import keep_freed_memory
from thumbnb.frames.clip import open_clip
from thumbnb.imaging.provenance import provenance_options, read_provenance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from thumbnb.frames.clip import Clip

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 92},
}


def make_frames(task: Mapping[str, Any]) -> dict[str, Any]:
    """Return the frames of a video, or what was wrong with it.

    ``task`` has ``video`` (a path or address), ``times`` in seconds or None for the ``count``
    best, ``size`` or None, ``format`` (a suffix), ``digest`` (what the request is known by),
    ``fingerprint``, and ``targets`` where the frames are written here. The answer has
    ``frames``, each with its ``time``, ``score``, ``reasons`` and ``data`` (None where it was
    written), or ``error`` with ``kind`` and ``message``; and the ``seconds`` it took.
    """
    began = time.perf_counter()
    try:
        check_fingerprint(task["fingerprint"])
    except errors.ThumbnbError as error:
        return {"error": {"kind": "OtherVersion", "message": str(error)}, "seconds": 0.0}
    try:
        with keep_freed_memory():
            frames = _written_before(task) or _make(task)
    except errors.ThumbnbError as error:
        answer: dict[str, Any] = {"error": _fault(error)}
    except MemoryError:
        answer = {"error": {"kind": "MemoryError", "message": "It needs more memory than it may."}}
    except OSError as error:
        text = f"{base_name(error.filename) + ': ' if error.filename else ''}{error.strerror}"
        answer = {"error": {"kind": "OSError", "message": text, "errno": error.errno}}
    except Exception as error:  # noqa: BLE001 - one video's fault must not pass for the executor's
        # A store's error may have the whole address, and an address a signature.
        message = str(error).replace(task["video"], base_name(task["video"])).split("?", 1)[0]
        text = f"{type(error).__name__}: {message}"
        answer = {"error": {"kind": type(error).__name__, "message": text}}
    else:
        answer = {"frames": frames}
    return {**answer, "seconds": time.perf_counter() - began}


def find_frames(targets: Sequence[str], digest: str) -> list[dict[str, Any]] | None:
    """Return the facts of frames that an earlier run wrote; None unless all of them are there."""
    found: list[dict[str, Any]] = []
    wanted = len(targets)
    for target in targets:
        if len(found) >= wanted:
            break
        provenance = file_provenance(target)
        if provenance is None or provenance.get("request") != digest:
            return None
        wanted = min(wanted, int(provenance.get("of", wanted)))
        found.append({name: provenance.get(name) for name in ("time", "score", "reasons")})
    return found


def file_provenance(target: str) -> dict[str, Any] | None:
    """Return what a file here says of how it was made; None where there is no such image."""
    try:
        with Image.open(target) as image:
            return read_provenance(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None


def _written_before(task: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the frames that are at their addresses already, from a run that was cut off."""
    found: list[dict[str, Any]] = []
    for target in task["targets"] or ():
        data = read_address(target)
        if data is None:
            return None
        try:
            with Image.open(io.BytesIO(data)) as image:
                provenance = read_provenance(image)
        except (OSError, SyntaxError, ValueError):
            return None
        if provenance.get("request") != task["digest"]:
            return None
        found.append(
            {**{key: provenance.get(key) for key in ("time", "score", "reasons")}, "data": None}
        )
        if len(found) == provenance.get("of"):
            break
    return found


def _make(task: Mapping[str, Any]) -> list[dict[str, Any]]:
    size = task["size"] and tuple(task["size"])
    # A thread a video: the others of this machine's cores have videos of their own.
    with local_copy(task["video"]) as source, open_clip(source, threads=1) as clip:
        moments = _moments(clip, task["times"], task["count"])
        frames = []
        for number, moment in enumerate(moments):
            frame = clip.frame_at(moment["time"], size)
            # A time between two frames shows the first of them.
            made_of = {
                "frame_of": base_name(task["video"]),
                **moment,
                "number": number + 1,
                "of": len(moments),
                "request": task["digest"],
            }
            frames.append({**moment, "data": _encoded(frame.image, task["format"], made_of)})
    # The first is written last: where it is, all are.
    for number in reversed(range(len(frames) if task["targets"] else 0)):
        write_address(task["targets"][number], frames[number]["data"])
        frames[number]["data"] = None
    return frames


def _moments(clip: Clip, times: Sequence[float] | None, count: int) -> list[dict[str, Any]]:
    if times is not None:
        return [{"time": time, "score": None, "reasons": []} for time in times]
    return [
        {"time": each.time, "score": round(each.score, 4), "reasons": list(each.reasons)}
        for each in clip.suggest(count)
    ]


def _encoded(image: Image.Image, suffix: str, made_of: Mapping[str, Any]) -> bytes:
    form = FORMATS[suffix]
    out = io.BytesIO()
    image.save(out, form, **_SAVE_OPTIONS[form], **provenance_options(form, made_of))
    return out.getvalue()


def _fault(error: errors.ThumbnbError) -> dict[str, Any]:
    return {"kind": type(error).__name__, "message": str(error)}


def in_worker_process(control: Any, task: Mapping[str, Any]) -> dict[str, Any]:
    """Do the work in one of our own worker processes, which bounds time and memory itself."""
    del control
    return make_frames(task)


# Loaded before memory is limited: a library that finds none while it loads ends the process.
PRELOADED = ("av", "numpy", "thumbnb.frames.suggest")
