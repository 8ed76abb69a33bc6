"""The Python that connects alike: run, it makes a client at the same places."""

from __future__ import annotations

import sys

import pytest

import thumbnb as tb
from thumbnb.client import keys
from thumbnb.client.client_code import connect_code

WAYS = [
    {},
    {"budget": 20},
    {"embedded": True},
    {"youthumb_key": "secret-key-1"},
    {"videodb_key": "secret-key-1", "youthumb_key": "secret-key-2", "budget": 2.5},
    {"youthumb_key": "secret-key-1", "youthumb_url": "http://127.0.0.1:9/api"},
]


@pytest.mark.parametrize("given", WAYS, ids=str)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_the_lines_connect_as_the_client_is_connected(tmp_path, monkeypatch, given, elsewhere):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "usual"))
    if given == {"embedded": True}:
        monkeypatch.setenv("YOUTHUMB_API_KEY", "secret-key-3")
    home = {"home": tmp_path / "other"} if elsewhere else {}
    client = tb.connect(**given, **home, quiet=True)
    code = connect_code(client)
    assert "secret" not in code

    # What a user has in the environment instead of in the code.
    for service, name in (("videodb", "VIDEO_DB_API_KEY"), ("youthumb", "YOUTHUMB_API_KEY")):
        if f"{service}_key" in given:
            monkeypatch.setenv(name, "secret-key-4")
    monkeypatch.setenv("THUMBNB_TOKEN", "secret-key-5")
    names: dict[str, object] = {}
    exec(code, names)
    alike = names["client"]
    assert alike.services == client.services
    assert alike.budget.limit == client.budget.limit
    assert alike.result_store.folder == client.result_store.folder
    alike.close()
    client.close()


def test_a_saved_key_does_not_take_an_embedded_client_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "keyring", None)  # as if it were not installed
    keys.save_key("YouThumb", "secret-key-1")
    with tb.connect(embedded=True, quiet=True) as client:
        assert connect_code(client).endswith("tb.connect(embedded=True)")


def test_a_usual_client_needs_no_words(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path))
    with tb.connect(quiet=True) as client:
        assert connect_code(client) == "import thumbnb as tb\n\nclient = tb.connect()"
