"""Tasks that behave badly, for the tests of what becomes of them."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from thumbnb.errors import NotAVideo
from thumbnb.service.refusal import Refusal


def add(_, /, *, a, b):
    return {"sum": a + b, "pid": os.getpid()}


def spin(_, /):
    """Holds on for ever, and hears nothing."""
    while True:
        pass


def spin_marked(_, /, *, mark):
    """As ``spin``, once it has said that it is there."""
    Path(mark).write_text(str(os.getpid()))
    spin(_)


def nap(control, /, *, seconds):
    for part in range(4):
        control.report(part / 4)
        time.sleep(seconds / 4)
    return control.remaining


def allocate(_, /, *, megabytes):
    kept = [bytearray(1024 * 1024) for _ in range(megabytes)]
    return len(kept)


def crash(_, /):
    os.kill(os.getpid(), signal.SIGSEGV)


def chatter(_, /):
    """Prints, as libraries do: it must not end up between the messages."""
    print("hello", flush=True)
    os.write(1, b"\0" * 1000)
    return sys.stdin.read()


def fail(_, /, *, how):
    if how == "refused":
        raise Refusal(413, "TOO_LARGE", "It is too large.")
    if how == "error":
        raise NotAVideo("It is none.", hint="Send one.")
    raise ZeroDivisionError("by nothing")


def modules(_, /):
    return sorted(sys.modules)
