"""What ``thumbnb demo`` refuses, and what it keeps from visitors."""

from __future__ import annotations

import pytest

from thumbnb import cli, errors
from thumbnb.demo.server import run_demo
from thumbnb.demo.visitor_kernels import visitor_environment


@pytest.mark.parametrize("given", [{"visitors": 0}, {"credits": -1}, {"credits": float("nan")}])
def test_numbers_of_no_use_are_refused_before_anything_starts(given):
    with pytest.raises(errors.InvalidInput):
        run_demo(**given)


def test_the_command_line_says_so_in_a_line(capsys):
    assert cli.main(["demo", "--visitors", "0"]) == 2
    assert "visitors, not 0" in capsys.readouterr().err


def test_nothing_of_the_owner_is_in_a_visitors_environment():
    own = dict.fromkeys(
        ("THUMBNB_HOME", "THUMBNB_TOKEN", "THUMBNB_ENGINE_KEY", "THUMBNB_ENGINE_URL",
         "VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "OPENAI_API_KEY"), "mine",
    )  # fmt: skip
    kept = {"PATH": "/bin", "LANG": "C.UTF-8", "THUMBNB_WORKERS": "threads"}
    assert visitor_environment(own | kept) == kept
