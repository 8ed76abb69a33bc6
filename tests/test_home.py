"""Where our files go."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from thumbnb.home import home_folder


def test_the_environment_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "here"))
    assert home_folder() == tmp_path / "here"
    assert not home_folder().exists(), "whoever writes makes it"
    monkeypatch.setenv("THUMBNB_HOME", "~/there")
    assert home_folder() == Path.home() / "there"


def test_else_it_is_the_users_data_folder(monkeypatch):
    monkeypatch.setenv("THUMBNB_HOME", "")
    assert home_folder() == Path(platformdirs.user_data_dir("thumbnb", appauthor=False))
