"""Names of files as they come from old disks and other systems."""

from __future__ import annotations

import io
import os
import sys

import pytest

from thumbnb import errors
from thumbnb.arguments.local_path import local_path, readable_name
from thumbnb.client.inputs.upload_source import source_of


def test_a_tilde_is_the_home_folder_where_no_file_is_called_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert local_path("~/v.mp4") == str(tmp_path / "home" / "v.mp4")
    assert local_path("~clip.mp4") == "~clip.mp4"
    (tmp_path / "~").write_bytes(b"film")
    assert local_path("~") == "~"
    assert source_of("~", None).path.read_bytes() == b"film"


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_a_latin_1_name_is_sent_as_text(tmp_path):
    name = os.fsdecode(b"caf\xe9.mp4")
    (tmp_path / name).write_bytes(b"film")
    assert source_of(tmp_path / name, None).name == "café"
    with (tmp_path / name).open("rb") as file:
        assert source_of(file, None).name == "café"


def test_a_name_in_utf_8_stays_as_it_is():
    assert readable_name("Übung 日本") == "Übung 日本"


def test_an_open_file_that_gives_no_bytes_is_refused():
    closed = io.BytesIO(b"film")
    closed.close()
    with pytest.raises(errors.InvalidInput, match="Open it again"):
        source_of(closed, None)
    with pytest.raises(errors.InvalidInput, match="binary mode"):
        source_of(io.StringIO("film"), None)
