"""A kernel, asked from a test: by cells, by expressions, by the messages a widget sends."""

from __future__ import annotations

import ast
import json
import textwrap
import time
from dataclasses import dataclass, field
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.blocking.client import BlockingKernelClient

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 60  # seconds: for a machine that is busy with other things


@dataclass
class Ran:
    """What became of a cell: its printed text, the data it showed, its error."""

    text: str = ""
    data: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None


class Kernel:
    """A running kernel. Only a deadline ends a wait that is in vain; nothing sleeps."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self.client = client
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)

    @classmethod
    def at(cls, connection_file: Path) -> Kernel:
        client = BlockingKernelClient(connection_file=str(connection_file))
        client.load_connection_file()
        return cls(client)

    def close(self) -> None:
        self.client.stop_channels()

    def start(self, code: str, **options: Any) -> str:
        """Send a cell and return at once, with the id of the request."""
        return self.client.execute(textwrap.dedent(code), **options)

    def finish(self, request: str, *, on_text: Callable[[str], None] | None = None) -> Ran:
        """Wait for the end of a cell that was sent; `on_text` sees each piece of its text."""
        ran, deadline = Ran(), time.monotonic() + PATIENCE
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=max(0, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"the kernel is still busy after {PATIENCE} s") from None
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "stream":
                    ran.text += content["text"]
                    if on_text:
                        on_text(content["text"])
                case "execute_result" | "display_data" | "update_display_data":
                    ran.data.append(content["data"])
                case "error":
                    ran.error = f"{content['ename']}: {content['evalue']}"
                case "status" if content["execution_state"] == "idle":
                    return ran

    def run(self, code: str, **options: Any) -> Ran:
        return self.finish(self.start(code, **options))

    def do(self, code: str) -> str:
        """Run code out of the notebook's sight; its printed text. An error is ours, too."""
        ran = self.run(code, store_history=False)
        assert ran.error is None, f"{code}\n{ran.error}"
        return ran.text

    def value(self, expression: str) -> Any:
        """The value of an expression in the kernel, as JSON carries it (else its repr)."""
        dumped = f"__import__('json').dumps(({expression}), default=repr)"
        request = self.client.execute(
            "", silent=True, store_history=False, user_expressions={"it": dumped}
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                reply = self.client.get_shell_msg(timeout=max(0, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"no answer to {expression} after {PATIENCE} s") from None
            if reply["parent_header"].get("msg_id") == request:
                break
        it = reply["content"]["user_expressions"]["it"]
        assert it["status"] == "ok", f"{expression}: {it.get('ename')}: {it.get('evalue')}"
        return json.loads(ast.literal_eval(it["data"]["text/plain"]))
