"""``%thumb`` and ``%%thumb`` make a quick thumbnail, or a sweep."""

from __future__ import annotations

import pytest
from IPython.core.interactiveshell import InteractiveShell

from thumbnb import errors, load_ipython_extension
from thumbnb.client.images.results import Results
from thumbnb.tuning.magics import thumb
from thumbnb.tuning.sweep_run import SweepRun


def test_a_line_makes_one(client, state):
    names = {"client": client}
    made = thumb('A red kite --preset tech-review --title "HOLD ON"', None, names)
    assert isinstance(made, Results)
    [project] = state.projects.values()
    assert project["draft"]["prompt"] == "A red kite"
    assert (project["draft"]["presetKey"], project["draft"]["title"]) == ("tech-review", "HOLD ON")
    assert thumb('A red kite --preset tech-review --title "HOLD ON"', None, names).cached


def test_a_cell_with_alternatives_is_a_sweep(client):
    run = thumb("--takes 2 --budget 4", "A {red|blue}\nkite", {"client": client})
    assert isinstance(run, SweepRun)
    assert run.wait().counts()["done"] == 4
    assert {cell.fields["prompt"] for cell in run.cells} == {"A red kite", "A blue kite"}
    run = thumb("A kite --preset mrbeast-viral --preset tech-review", None, {"client": client})
    assert len(run.cells) == 2


def test_another_name_of_the_client(client):
    assert thumb("A kite --client mine", None, {"mine": client})[0].image


@pytest.mark.parametrize(
    ("line", "names"),
    [("", {}), ("--preset", {}), ('A kite "open', {}), ("A kite --takes many", {}),
     ("A kite --colour red", {}), ("A kite --client mine", {}), ("A kite", {"client": 3})],
)  # fmt: skip
def test_what_is_wrong_is_reported(line, names):
    with pytest.raises(errors.InvalidInput, match="%thumb"):
        thumb(line, None, names)


def test_the_magics_are_there_after_loading():
    shell = InteractiveShell()
    load_ipython_extension(shell)
    assert {"line", "cell"} <= {k for k, v in shell.magics_manager.magics.items() if "thumb" in v}
