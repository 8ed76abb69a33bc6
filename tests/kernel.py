"""A kernel, asked from a test: by cells, by expressions, by the messages a front end sends."""

from __future__ import annotations

import ast
import contextlib
import json
import os
import sys
import tempfile
import textwrap
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
WAIT_SECONDS = 180  # for a machine that is busy with other things
# Seconds: ipykernel 7 may let a message lie that came while it answered another, until somebody
# connects anew (its issue 1554). Measured on a busy machine, about one kernel in 80.
NUDGE = 2


@dataclass
class Ran:
    """What becomes of a cell: its printed text, the data it showed, its error."""

    text: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None
    finished: bool = False
    aborted: bool = False
    request: str = ""

    def hear(self, message: dict[str, Any]) -> None:
        content = message["content"]
        match message["msg_type"]:
            case "stream":
                self.text += content["text"]
            case "execute_result" | "display_data" | "update_display_data":
                self.data.append(content["data"])
            case "error":
                self.error = f"{content['ename']}: {content['evalue']}"
            case "status":
                self.finished = content["execution_state"] == "idle"


class Kernel:
    """A running kernel. Only a deadline ends a wait that is in vain; nothing sleeps."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        self._cells: dict[str, Ran] = {}
        self._unread: deque[dict[str, Any]] = deque()
        self._nudging: Any = None
        # Without the heartbeat: it takes a slow machine's kernel for a dead one.
        client.start_channels(hb=False)
        self.has_subshells = "kernel subshells" in self._greet().get("supported_features", [])

    @classmethod
    def at(cls, connection_file: Path) -> Kernel:
        client = BlockingKernelClient(connection_file=str(connection_file))
        client.load_connection_file()
        return cls(client)

    def close(self) -> None:
        if self._nudging is not None:
            self._nudging.close(linger=0)
        self.client.stop_channels()

    # -- cells --------------------------------------------------------------------

    def start(self, code: str, **options: Any) -> Ran:
        """Send a cell and return at once."""
        self._take_published()
        ran = Ran(request=self.client.execute(textwrap.dedent(code), **options))
        self._cells[ran.request] = ran
        return ran

    def finish(self, ran: Ran) -> Ran:
        """Wait for the end of a cell that was sent."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not ran.finished:
            self._hear(deadline, "the cell is still running")
        reply = self._answer(self.client.get_shell_msg, ran.request)
        ran.aborted = reply["status"] == "aborted"
        return ran

    def run(self, code: str, **options: Any) -> Ran:
        return self.finish(self.start(code, **options))

    def do(self, code: str) -> str:
        """Run code that must not fail, out of the notebook's sight; its printed text.

        A kernel aborts what it was sent just before it answered a cell that failed, as an
        interrupted one: that is sent again.
        """
        while (ran := self.run(code, store_history=False)).aborted:
            pass
        assert ran.error is None, f"{code}\n{ran.error}"
        return ran.text

    def value(self, expression: str) -> Any:
        """The value of an expression in the kernel, as JSON carries it (else its repr)."""
        dumped = f"__import__('json').dumps(({expression}), default=repr)"
        reply: dict[str, Any] = {"status": "aborted"}
        while reply["status"] == "aborted":
            self._take_published()
            request = self.client.execute(
                "", silent=True, store_history=False, user_expressions={"it": dumped}
            )
            reply = self._answer(self.client.get_shell_msg, request)
        it = reply["user_expressions"]["it"]
        assert it["status"] == "ok", f"{expression}: {it.get('ename')}: {it.get('evalue')}"
        return json.loads(ast.literal_eval(it["data"]["text/plain"]))

    # -- messages -----------------------------------------------------------------

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Read what the kernel publishes up to the first message that is wanted."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not wanted(message := self._hear(deadline, "what was waited for did not come")):
            pass
        return message

    def tell(self, comm: str, data: dict[str, Any], *, subshell: str | None = None) -> None:
        """Send a widget's message as a front end does: on the main shell or on a subshell."""
        message = self.client.session.msg("comm_msg", {"comm_id": comm, "data": data})
        if subshell:
            message["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(message)

    def subshell(self) -> str:
        """Open a subshell, as JupyterLab does for the messages of widgets."""
        message = self.client.session.msg("create_subshell_request")
        self.client.control_channel.send(message)
        reply = self._answer(self.client.get_control_msg, message["header"]["msg_id"])
        return reply["subshell_id"]

    def _greet(self) -> dict[str, Any]:
        """Ask what it can do until it is heard on all channels: it may miss who comes early."""
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            request = self.client.kernel_info()
            info = self._answer(self.client.get_shell_msg, request)
            with contextlib.suppress(Empty):
                while True:
                    message = self.client.get_iopub_msg(timeout=0.5)
                    if message["parent_header"].get("msg_id") == request:
                        return info
        raise AssertionError(f"the kernel publishes nothing after {WAIT_SECONDS} s")

    def _hear(self, deadline: float, complaint: str) -> dict[str, Any]:
        while not self._unread:
            left = max(0, deadline - time.monotonic())
            try:
                self._unread.append(self.client.get_iopub_msg(timeout=min(left, NUDGE)))
            except Empty:
                if not left:
                    raise AssertionError(f"{complaint} after {WAIT_SECONDS} s") from None
                self._nudge()
        message = self._unread.popleft()
        cell = self._cells.get(message["parent_header"].get("msg_id", ""))
        if cell:
            cell.hear(message)
        return message

    def published(self) -> list[dict[str, Any]]:
        """Return what the kernel has published and nobody has read yet."""
        self._take_published(wait=0.2)
        messages = list(self._unread)
        self._unread.clear()
        return messages

    def _take_published(self, wait: float = 0) -> None:
        """Empty the socket: it holds some thousand messages, and loses those that come then.

        A minute in which nobody reads is enough, and the end of a cell that is lost never comes.
        """
        with contextlib.suppress(Empty):
            while True:
                self._unread.append(self.client.get_iopub_msg(timeout=wait))

    def _nudge(self) -> None:
        """Connect anew: another message on the same connection wakes no kernel that sleeps."""
        if self._nudging is not None:
            self._nudging.close(linger=0)
        self._nudging = self.client.connect_shell()

    def _answer(self, receive: Callable[..., dict[str, Any]], request: str) -> dict[str, Any]:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            try:
                reply = receive(timeout=NUDGE)
            except Empty:
                self._nudge()
            else:
                if reply["parent_header"].get("msg_id") == request:
                    return reply["content"]
        raise AssertionError(f"no answer after {WAIT_SECONDS} s")


class ManagedKernel(Kernel):
    """A kernel of this interpreter, started by the test; ``overlay`` comes before its packages."""

    def __init__(self, home: Path, overlay: Path | None = None) -> None:
        # Over files: of a free port that is found first, another process may be the first user.
        self._folder = tempfile.TemporaryDirectory(prefix="kernel")
        self._manager = KernelManager(transport="ipc", ip=f"{self._folder.name}/socket")
        command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
        self._manager._kernel_spec = KernelSpec(argv=[*command, "-f", "{connection_file}"])
        path = os.pathsep.join(str(folder) for folder in (overlay, ROOT) if folder)
        self._manager.start_kernel(
            extra_arguments=["--IPKernelApp.log_level=50"],
            env={**os.environ, "PYTHONPATH": path, "THUMBNB_HOME": str(home)},
        )
        super().__init__(self._manager.blocking_client())
        self.version = self.value("__import__('ipykernel').__version__")

    def interrupt(self) -> None:
        """The stop button."""
        self._manager.interrupt_kernel()

    def close(self) -> None:
        super().close()
        self._manager.shutdown_kernel(now=True)
        self._folder.cleanup()
