"""One Jupyter server: JupyterLab, Notebook 7 and Voila, with nothing of the user's own in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Notebook 7 reads the same; each app would otherwise look for news and updates.
SERVER = """
c = get_config()
c.IdentityProvider.token = ""
c.ServerApp.allow_root = True
c.ServerApp.open_browser = False
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.disable_check_xsrf = True
c.LabApp.expose_app_in_browser = True
c.JupyterNotebookApp.expose_app_in_browser = True
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.FileContentsManager.delete_to_trash = False
c.VoilaConfiguration.file_allowlist = [".*"]
"""
SETTINGS = {
    "apputils-extension/notification": {
        "checkForUpdates": False, "doNotDisturbMode": True, "fetchNews": "false",
    },
    "docmanager-extension/plugin": {"autosave": False},
}  # fmt: skip
# The menu of export formats: for it the server reads the metadata of all packages several times,
# which takes it longer than all else that a page asks for.
DISABLED = (
    "@jupyterlab/notebook-extension:export",
    "@jupyterlab/notebook-extension:update-raw-mimetype",
)
KEYS = ("VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "THUMBNB_TOKEN")


class Server:
    """A Jupyter server on a free port, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, self.runtime, self.home = (folder / n for n in ("root", "runtime", "home"))
        self.log = folder / "jupyter.log"
        for path in (self.root, self.runtime, self.home, folder / "config"):
            path.mkdir(parents=True)
        (folder / "config" / "jupyter_server_config.py").write_text(SERVER)
        page = folder / "config" / "labconfig" / "page_config.json"
        page.parent.mkdir()
        page.write_text(json.dumps({"disabledExtensions": dict.fromkeys(DISABLED, True)}))
        for name, setting in SETTINGS.items():
            path = folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(setting))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._output = self.log.open("w")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", f"--port={port}", "--ServerApp.port_retries=0"],
            cwd=self.root, stdout=self._output, stderr=subprocess.STDOUT,
            env=self._environment(folder),
        )  # fmt: skip
        self._wait()

    def connection_file(self, kernel_id: str) -> Path:
        return self.runtime / f"kernel-{kernel_id}.json"

    def ask(self, method: str, path: str) -> bytes:
        """A request of Jupyter's own REST interface."""
        request = urllib.request.Request(f"{self.url}/api/{path}", method=method)
        for last in (False, False, True):
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                # A kernel that has died is just being started again by Jupyter itself.
                if last or error.code != HTTPStatus.INTERNAL_SERVER_ERROR:
                    raise
        raise AssertionError

    def tail(self, size: int = 6000) -> str:
        return self.log.read_text(errors="replace")[-size:]

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()

    def _environment(self, folder: Path) -> dict[str, str]:
        hidden = (*KEYS, "JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "PYTHONWARNINGS")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        # A kernel's requests to another machine meet a wall.
        wall = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
        return {
            **kept, **wall,
            "NO_PROXY": "127.0.0.1,localhost",
            "IPYTHONDIR": str(folder / "ipython"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "PYTHONPATH": str(ROOT),
            "THUMBNB_HOME": str(self.home),
        }  # fmt: skip

    def _wait(self) -> None:
        deadline = time.monotonic() + 240  # a shared machine can be slow
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                self.ask("GET", "status")
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)  # it has no other way to say that it listens
            else:
                return
        self.stop()
        raise RuntimeError(f"JupyterLab did not start:\n{self.tail()}")
