"""The command line, from outside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request

import pytest

import thumbnb as tb
from thumbnb import cli


def start(*arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "thumbnb", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
    )  # fmt: skip


def read_until(process, pattern):
    """Return the first match in what it prints, and everything printed until then."""
    seen, patience = "", threading.Timer(180, process.kill)
    patience.start()
    try:
        for line in process.stdout:
            seen += line
            if match := re.search(pattern, seen):
                return match, seen
    finally:
        patience.cancel()
    raise AssertionError(seen)


@pytest.fixture
def stopping():
    processes = []
    yield processes.append
    for process in processes:
        process.terminate()
        process.communicate(timeout=120)


@pytest.mark.slow
def test_serve_shows_its_address_and_token_and_a_client_works_with_it(stopping, tmp_path):
    server = start("serve", "--port", "0", "--home", str(tmp_path / "home"))
    stopping(server)
    match, _ = read_until(server, r"(http://127\.0\.0\.1:\d+)\S*\s.*?token\W+(\S+)")
    client = tb.connect(videodb_url=match[1], videodb_key=match[2], quiet=True)
    assert client.videos() == []
    assert client.services["VideoDB"].startswith("hosted")
    client.close()


@pytest.mark.slow
def test_serve_takes_token_and_home_from_the_environment(stopping, tmp_path):
    home = tmp_path / "home"
    server = start("serve", "--port", "0", THUMBNB_TOKEN="my-own-token", THUMBNB_HOME=str(home))
    stopping(server)
    match, _ = read_until(server, r"(http://127\.0\.0\.1:\d+)")
    request = urllib.request.Request(
        f"{match[1]}/collection", headers={"x-access-token": "my-own-token"}
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        assert json.load(answer)["success"] is True
    assert home.is_dir()


@pytest.mark.slow
def test_a_token_that_was_given_is_not_logged(stopping, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from-a-file\n")
    home = ("--home", str(tmp_path / "home"), "--port", "0")
    for given, token, warned in [
        (("--token", "from-the-line"), "from-the-line", True),
        (("--token-file", str(secret)), "from-a-file", False),
    ]:
        server = start("serve", *home, *given)
        stopping(server)
        match, seen = read_until(server, r"(?s)(http://127\.0\.0\.1:\d+).*In Python.*\n")
        assert token not in seen
        assert ("--token-file" in seen) == warned
        request = urllib.request.Request(
            f"{match[1]}/collection", headers={"x-access-token": token}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            assert json.load(answer)["success"] is True


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        (None, [], "cannot be read"),
        (" \n", [], "no token"),
        ("t", ["--token", "t"], "not both"),
    ],
)
def test_a_token_file_that_cannot_be_used_is_named(tmp_path, capsys, content, more, says):
    if content is not None:
        (tmp_path / "t").write_text(content)
    assert cli.main(["serve", "--token-file", str(tmp_path / "t"), *more]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.slow
def test_lab_opens_the_first_notebook(stopping, tmp_path):
    lab = start(
        "lab", "--no-browser", "--port=0", "--IdentityProvider.token=t",
        JUPYTER_CONFIG_DIR=str(tmp_path), JUPYTER_RUNTIME_DIR=str(tmp_path / "run"),
        THUMBNB_HOME=str(tmp_path / "home"),
    )  # fmt: skip
    stopping(lab)
    match, _ = read_until(lab, r"(http://(?:localhost|127\.0\.0\.1):\d+)/lab/tree/01_frames\.ipynb")
    url = f"{match[1]}/api/contents/01_frames.ipynb?token=t"
    for _ in range(100):
        try:
            with urllib.request.urlopen(url, timeout=120) as answer:
                assert json.load(answer)["type"] == "notebook"
                return
        except OSError:
            time.sleep(0.1)  # it prints its address just before it listens
    raise AssertionError(url)


def test_an_installed_package_copies_its_notebooks_once(monkeypatch, tmp_path):
    package = tmp_path / "site" / "thumbnb"
    (package / "_notebooks").mkdir(parents=True)
    (package / "_notebooks" / cli.FIRST_NOTEBOOK).write_text("new")
    (package / "_notebooks" / "sheet.jpg").write_bytes(b"an image that a notebook shows")
    monkeypatch.setattr(tb, "__file__", str(package / "__init__.py"))
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    folder = cli.notebooks_folder()
    assert (folder / cli.FIRST_NOTEBOOK).read_text() == "new"
    assert (folder / "sheet.jpg").is_file()
    (folder / cli.FIRST_NOTEBOOK).write_text("mine")
    assert (cli.notebooks_folder() / cli.FIRST_NOTEBOOK).read_text() == "mine"


def notebook(*sources, outputs=()):
    cells = [{"cell_type": "code", "source": s, "outputs": list(outputs)} for s in sources]
    return json.dumps({"cells": cells})


@pytest.mark.slow
def test_a_checkouts_notebooks_are_worked_on_as_copies(monkeypatch, tmp_path, capsys):
    own = tmp_path / "clone" / "notebooks"
    (tmp_path / "clone" / "thumbnb").mkdir(parents=True)
    own.mkdir()
    monkeypatch.setattr(tb, "__file__", str(tmp_path / "clone" / "thumbnb" / "__init__.py"))
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    names = cli.FIRST_NOTEBOOK, "02_run.ipynb", "03_changed.ipynb"
    for name in names:
        (own / name).write_text(notebook("first"))
    folder = cli.notebooks_folder()
    assert folder == tmp_path / "home" / "notebooks"
    # One is run, one is changed; then the checkout has newer ones.
    ran, changed = notebook("first", outputs=["seen"]), notebook("my own", outputs=["seen"])
    (folder / names[1]).write_text(ran)
    (folder / names[2]).write_text(changed)
    cli.notebooks_folder()
    assert (folder / names[1]).read_text() == ran, "outputs stay while the original is the same"
    for name in names:
        assert (own / name).read_text() == notebook("first"), "the checkout's own stay as they are"
        (own / name).write_text(notebook("second"))
    cli.notebooks_folder()
    assert [(folder / name).read_text() for name in names] == [
        notebook("second"), notebook("second"), changed,
    ]  # fmt: skip
    assert cli.notebooks_folder(edit=True) == own
    (own / cli.FIRST_NOTEBOOK).unlink()
    assert cli.main(["lab", "--edit"]) == 2
    assert "copies to work on" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(["serve", "--nonsense"], "nonsense"), ([], "required"), (["paint"], "invalid choice"),
     (["serve", "--port", "x"], "invalid int")],
)  # fmt: skip
def test_what_it_does_not_understand_it_says(arguments, says, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert says in capsys.readouterr().err


def test_its_version(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert tb.__version__ in capsys.readouterr().out


def test_without_jupyterlab_it_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert cli.main(["lab"]) == 2
    assert "pip install 'thumbnb[lab]'" in capsys.readouterr().err
