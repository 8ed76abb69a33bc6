"""Kernels that die: at any step of their dealings with the disk and the network, for good."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx

from tests.client import stub
from tests.client.youthumb_stub import YouThumbState


def is_paid(request):
    path = request.url.path
    return request.method == "POST" and path.endswith(("/start", "/upload", "/thumbnail"))


class Killed(BaseException):
    """The process is gone: whoever meets this does nothing more."""


@dataclass
class Wire(YouThumbState):
    """A service reached by a network that may also deliver a request late.

    ``late`` requests come in after so many others, or when ``flush()`` is called.
    ``starting`` are the faults of paid requests, ``faults`` those of the others.
    """

    late: list[list] = field(default_factory=list)
    starting: deque[str] = field(default_factory=deque)

    async def handle(self, request):
        for item in list(self.late):
            item[0] -= 1
            if item[0] <= 0:
                self._deliver(item)
        faults = self.starting if is_paid(request) else self.faults
        fault = faults.popleft() if faults else "none"
        if fault == "late":
            content = await request.aread()
            self.late.append([3, request, content])
            raise httpx.ReadTimeout("", request=request)
        self.faults.appendleft("none" if fault == "slow" else fault)
        answer = await super().handle(request)
        if fault == "slow":  # it was carried out, and its answer takes longer than some deadlines
            await asyncio.sleep(30)
        return answer

    def flush(self):
        for item in list(self.late):
            self._deliver(item)

    def _deliver(self, item):
        self.late.remove(item)
        self.answer(item[1], item[2])


class Life:
    """Ends after so many steps; None is for ever."""

    def __init__(self, steps=None):
        self.left = steps

    def step(self):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Killed

    @property
    def ended(self):
        return self.left is not None and self.left < 0


def kernel(state: Wire, home, clock, steps=None):
    """Start a client that is killed after so many steps; its life is ``client.life``."""
    client = stub.connect(state, home=home)
    life, ledger = Life(steps), client._session.ledger
    ledger.clock = clock
    client.life = life  # type: ignore[attr-defined]

    async def handle(request):
        life.step()
        answer = await state.handle(request)
        life.step()
        return answer

    for session in (client._session, client._youthumb):
        session.http._wire = httpx.MockTransport(handle)

    write, put = ledger._database._rows.write, ledger.store.put

    @contextmanager
    def mortal_write(**how):
        life.step()
        with write(**how) as rows:
            yield rows
        life.step()

    def mortal_put(data):
        life.step()
        return put(data)

    ledger._database._rows.write = mortal_write  # type: ignore[method-assign]
    ledger.store.put = mortal_put  # type: ignore[method-assign]
    return client


def bury(client):
    """Stop a client's thread; a dead one takes nothing back and ends nothing in order."""
    if not client.life.ended:
        client.close()
    client.life.left = -1
    client._session.ledger.close()
    client._session.runner.stop()
