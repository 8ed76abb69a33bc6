"""The bar in a terminal: drawn for work that takes a while and says how far it is."""

from __future__ import annotations

import io
import sys

import pytest

from thumbnb.client import bar
from thumbnb.client.job import Progress


class Work:
    def __init__(self, fraction, elapsed):
        self.progress = Progress("uploading", fraction)
        self.elapsed = elapsed


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("work", "drawn"),
    [(Work(0.25, 2.0), True), (Work(0.25, 0.1), False), (Work(None, 2.0), False)],
)
def test_it_is_drawn_when_there_is_something_to_see(monkeypatch, work, drawn):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with bar.ProgressBar(work) as shown:
        shown.tick()
    assert ("uploading:  25%" in sys.stderr.getvalue()) is drawn


def test_no_terminal_no_bar(capsys):
    with bar.ProgressBar(Work(0.5, 2.0)) as shown:
        shown.tick()
    assert capsys.readouterr().err == ""
