"""A machine without Chromium gets one from the fixture: of the system, or else of playwright."""

from __future__ import annotations

import os
import stat
import sys
from types import SimpleNamespace

import pytest
from playwright.sync_api import Error

from tests.browser import chromium

BARE = pytest.mark.skipif(os.name != "posix", reason="the fakes are shell scripts")


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A Debian as root with nothing on its PATH but what a test puts there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(chromium, "_is_root", lambda: True)
    return folder


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)


class FakePlaywright:
    """Starts what exists, as playwright would."""

    def __init__(self, own):
        self.chromium = SimpleNamespace(executable_path=str(own), launch=self.launch)

    def launch(self, executable_path, args):
        if not os.path.exists(executable_path):  # noqa: PTH110 - as a path comes
            raise Error(f"no executable at {executable_path}")
        assert "--no-sandbox" in args, "root's Chromium starts only so"
        return executable_path


@BARE
def test_the_systems_package_is_installed_with_a_font(bare, tmp_path):
    calls = tmp_path / "calls"
    chrome = bare / "chromium-headless-shell"
    script(
        bare / "apt-get",
        f'echo "$@" >> {calls}\n[ "$1" = update ] || (: > {chrome}; /bin/chmod +x {chrome})',
    )
    assert chromium.launch(FakePlaywright(tmp_path / "none")) == str(chrome)
    update, install = calls.read_text().splitlines()
    assert update.startswith("update")
    assert {"-y", "chromium-headless-shell", "fonts-dejavu-core"} <= set(install.split())


@BARE
@pytest.mark.parametrize("apt", ["fails", "is not there"])
def test_otherwise_playwright_brings_one_with_its_libraries(bare, tmp_path, monkeypatch, apt):
    if apt == "fails":  # no network, or a mirror without the package
        script(bare / "apt-get", "exit 100")
    calls, own = tmp_path / "calls", tmp_path / "own-chromium"
    script(tmp_path / "python", f'echo "$@" >> {calls}\n: > {own}')
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert chromium.launch(FakePlaywright(own)) == str(own)
    assert calls.read_text().split() == ["-m", "playwright", "install", "--with-deps", "chromium"]


@BARE
def test_where_nothing_helps_it_says_what_to_install(bare, tmp_path, monkeypatch):
    script(bare / "apt-get", "exit 100")
    script(tmp_path / "python", "exit 1")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(RuntimeError, match="apt-get install chromium"):
        chromium.launch(FakePlaywright(tmp_path / "none"))
