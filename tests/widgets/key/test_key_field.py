"""KeyField without a browser: a key comes once, stays in the object, and shows nowhere."""

from __future__ import annotations

import sys
import threading

import ipywidgets
import pytest

from thumbnb import errors
from thumbnb.client import keys
from thumbnb.client.runtime.job import Job
from thumbnb.widgets.key.key_field import KeyField

SECRET = "yt-very-secret-0123456789"


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    for name in (*keys.VARIABLES.values(), "THUMBNB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "keyring", None)
    return tmp_path


def set_by(field, coroutine, **expected):
    """Answer the browser and wait until the traits are as expected."""
    changed = threading.Event()

    def look(_=None):
        if all(getattr(field, name) == value for name, value in expected.items()):
            changed.set()

    field.observe(look, list(expected))
    Job("answer", lambda: coroutine).result(timeout=180)
    look()
    assert changed.wait(180)


def everything_told(field):
    state = ipywidgets.Widget.get_manager_state(widgets=[field])
    return f"{state} {field!r} {field.trait_values()} {vars(field)}"


def test_a_key_is_used_and_shown_nowhere(place, caplog):
    caplog.set_level("DEBUG")
    given = []
    field = KeyField("youthumb", then=given.append)
    assert (field.service, field.has_key, field.key) == ("YouThumb", False, None)
    with pytest.raises(errors.InvalidInput, match="no key for YouThumb"):
        field.connect()
    set_by(field, field._answer_key(f" {SECRET} ", False), has_key=True, source="entered")
    assert field.key.get_secret_value() == SECRET
    client = field.connect(quiet=True)
    assert client.services["YouThumb"].startswith("hosted")
    assert SECRET not in everything_told(field)
    assert SECRET not in caplog.text
    files = [path for path in place.rglob("*") if path.is_file()]
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
    assert [key.get_secret_value() for key in given] == [SECRET]
    set_by(field, field._answer_forget(), has_key=False, source="")
    assert field.key is None


def test_saved_on_request_found_by_the_next_and_forgotten():
    field = KeyField("VideoDB")
    set_by(field, field._answer_key(SECRET, True), has_key=True, source="file")
    later = KeyField("VideoDB")
    assert (later.has_key, later.source) == (True, "file")
    assert SECRET not in everything_told(later)
    set_by(later, later._answer_forget(), has_key=False)
    assert keys.find_key("VideoDB") is None


def test_the_environment_is_looked_at_first(monkeypatch):
    monkeypatch.setenv("YOUTHUMB_API_KEY", SECRET)
    field = KeyField()
    assert (field.has_key, field.source) == (True, "YOUTHUMB_API_KEY")


def test_what_is_forgotten_here_is_in_the_environment_still(monkeypatch):
    monkeypatch.setenv("YOUTHUMB_API_KEY", "yt-of-the-environment")
    field = KeyField()
    set_by(field, field._answer_key(SECRET, True), source="file")
    set_by(field, field._answer_forget(), has_key=True, source="YOUTHUMB_API_KEY")
    assert field.key.get_secret_value() == "yt-of-the-environment"
    monkeypatch.delenv("YOUTHUMB_API_KEY")
    assert keys.find_key("YouThumb") is None


@pytest.mark.parametrize("sent", [None, 3, "", "a b", "x" * 2000])
def test_what_cannot_be_a_key_is_refused_without_showing_it(sent):
    field = KeyField()
    with pytest.raises(errors.InvalidInput) as caught:
        Job("answer", lambda: field._answer_key(sent, True)).result(timeout=180)
    assert str(sent or "nothing at all") not in str(caught.value)
    assert not field.has_key
