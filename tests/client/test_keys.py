"""Keys: asked for unseen, saved only on request, found again, and shown nowhere."""

from __future__ import annotations

import sys

import pytest
from pydantic import SecretStr

import thumbnb as tb
from thumbnb import errors
from thumbnb.client import keys

SECRET = "yt-very-secret-0123456789"


class Ring:
    """A keyring in memory."""

    def __init__(self, priority=1, broken=False):
        self.kept, self.broken, self.priority = {}, broken, priority

    def get_keyring(self):
        return self

    def set_password(self, *row):
        if self.broken:
            raise RuntimeError("locked")
        self.kept[row[:2]] = row[2]

    def get_password(self, *row):
        if self.broken:
            raise RuntimeError("locked")
        return self.kept.get(row)

    def delete_password(self, *row):
        del self.kept[row]


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    for name in (*keys.VARIABLES.values(), "THUMBNB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("THUMBNB_HOME", str(home))
    monkeypatch.setitem(sys.modules, "keyring", None)  # as if it were not installed
    return home


@pytest.fixture
def ring(monkeypatch):
    monkeypatch.setitem(sys.modules, "keyring", ring := Ring())
    return ring


def test_what_is_entered_is_wrapped_and_kept_nowhere(monkeypatch, place, caplog):
    monkeypatch.setattr(keys, "getpass", lambda prompt: f"  {SECRET}\n")
    key = tb.ask_key("youthumb")
    assert key.get_secret_value() == SECRET
    assert SECRET not in f"{key!r} {key} {caplog.text}"
    assert list(place.iterdir()) == []
    client = tb.connect(youthumb_key=key, quiet=True)
    assert client.services["YouThumb"] == "hosted, at https://youthumb.ai/api"


def test_nobody_to_ask(monkeypatch):
    def nobody(prompt):
        raise NotImplementedError("no stdin")

    monkeypatch.setattr(keys, "getpass", nobody)
    with pytest.raises(errors.InvalidInput, match="YOUTHUMB_API_KEY"):
        tb.ask_key()
    monkeypatch.setattr(keys, "getpass", lambda prompt: " ")
    with pytest.raises(errors.InvalidInput, match="No key"):
        tb.ask_key()
    with pytest.raises(errors.InvalidInput, match="VideoDB or YouThumb"):
        tb.ask_key("other")


@pytest.mark.skipif(sys.platform == "win32", reason="a mode is POSIX")
def test_saved_in_a_file_only_its_owner_can_read(place):
    assert tb.save_key("YouThumb", SECRET) == "file"
    assert {path.name for path in place.iterdir()} == {"keys.json", "thumbnb-home.json"}
    assert (place / "keys.json").stat().st_mode & 0o777 == 0o600
    services = tb.connect(quiet=True).services
    assert services["YouThumb"].endswith("its key saved in the file")
    assert services["VideoDB"].startswith("embedded")
    assert SECRET not in repr(keys.find_key("YouThumb"))
    assert tb.forget_key("YouThumb")
    assert not (place / "keys.json").exists()
    assert not tb.forget_key("YouThumb")


def test_saved_in_the_keyring_where_there_is_one(ring, place):
    assert tb.save_key("VideoDB", SecretStr(SECRET)) == "keyring"
    assert ring.kept == {("thumbnb", "VideoDB"): SECRET}
    assert SECRET not in (place / "keys.json").read_text()
    found = keys.find_key("VideoDB")
    assert (found.key.get_secret_value(), found.place) == (SECRET, "keyring")
    assert tb.forget_key("VideoDB")
    assert ring.kept == {}


@pytest.mark.parametrize("ring", [Ring(priority=0), Ring(broken=True)], ids=["none", "locked"])
def test_a_keyring_that_keeps_nothing(monkeypatch, ring):
    monkeypatch.setitem(sys.modules, "keyring", ring)
    assert tb.save_key("VideoDB", SECRET) == "file"
    assert keys.find_key("VideoDB").place == "file"


def test_a_keyring_that_has_lost_it_is_no_key(ring, caplog):
    tb.save_key("VideoDB", SECRET)
    ring.broken = True
    assert keys.find_key("VideoDB") is None
    assert SECRET not in caplog.text


def test_the_one_given_then_the_environment_then_the_saved(monkeypatch, tmp_path):
    tb.save_key("YouThumb", "saved", home=tmp_path / "other")
    assert keys.find_key("YouThumb", home=tmp_path / "other").place == "file"
    assert keys.find_key("YouThumb") is None
    tb.save_key("YouThumb", "saved")
    monkeypatch.setenv("YOUTHUMB_API_KEY", "env")
    found = keys.find_key("YouThumb")
    assert (found.key.get_secret_value(), found.place) == ("env", "YOUTHUMB_API_KEY")
    key_of = lambda client: client._youthumb.http._key.get_secret_value()  # noqa: E731
    assert key_of(tb.connect(quiet=True)).endswith("env")
    assert key_of(tb.connect(youthumb_key="given", quiet=True)).endswith("given")
    assert tb.connect(embedded=True, quiet=True).services["YouThumb"].startswith("embedded")


def test_a_saved_key_never_goes_to_another_server():
    tb.save_key("YouThumb", SECRET)
    with pytest.raises(errors.InvalidInput, match="THUMBNB_TOKEN"):
        tb.connect(youthumb_url="http://127.0.0.1:8750/api")


@pytest.mark.parametrize("text", ["{", "[]", '{"YouThumb": 3}', '{"YouThumb": {"key": 4}}'])
def test_a_damaged_file_is_no_key(place, text):
    (place / "keys.json").write_text(text)
    assert keys.find_key("YouThumb") is None


def test_a_key_that_cannot_be_one_is_not_saved(place):
    for key in ("a b", "x" * 2000, "“q”", ""):
        with pytest.raises(errors.InvalidInput):
            tb.save_key("YouThumb", key)
    assert list(place.iterdir()) == []
