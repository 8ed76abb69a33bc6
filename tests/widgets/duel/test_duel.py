"""The view of a duel, without a browser: what it shows, and whose votes it takes."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.widgets.page import Page, settled, when
from tests.widgets.small_sweep import SmallRun
from thumbnb.widgets.duel.duel_view import DuelView

ONE_AXIS = {"mood": ("Calm", "Excited", "Shocked")}


class SmallDuel:
    """What a view needs of a ``Duel``: it asks for all pairs in turn."""

    def __init__(self, blind: bool = True) -> None:
        self.run = SmallRun(ONE_AXIS)
        self.run.finish()
        self.blind = blind
        self.candidates = tuple(sorted(self.run.results))
        self.cast: list[str] = []

    @property
    def pair(self):
        first, second, third = self.candidates
        pairs = [(first, second), (second, third), (third, first)]
        return pairs[len(self.cast)] if len(self.cast) < len(pairs) else None

    @property
    def votes(self):
        return len(self.cast)

    def vote(self, outcome):
        self.cast.append(outcome)

    def undo(self):
        self.cast.pop()

    def standings(self):
        return pd.DataFrame(
            {
                "cell": [self.candidates[at] for at in (1, 0, 2)],
                "strength": [1.5, 0.2, -0.3],
                "low": [0.5, -1.0, -2.0],
                "high": [2.5, 1.0, 1.0],
                "p_best": [0.7, 0.2, 0.1],
            }
        )

    @property
    def verdict(self):
        clear = self.pair is None
        sentence = "Clear after 3 choices." if clear else "Not clear yet."
        return SimpleNamespace(clear=clear, sentence=sentence, top=self.candidates[1:])


@pytest.fixture
def view():
    return DuelView(SmallDuel())


def vote(view, outcome, pair=None):
    left, right = (view.cells[index]["id"] for index in pair or view.pair)
    Page(view).ask("vote", left=left, right=right, outcome=outcome)


def test_votes_go_on_until_the_winner_is_clear(view):
    assert (view.pair, view.votes, view.standings) == ([0, 1], 0, [])
    assert view.titles == ["MY FIRST $1000"]
    for outcome, after in (("left", [1, 2]), ("tie", [2, 0]), ("right", [])):
        vote(view, outcome)
        when(view, "pair", lambda pair, after=after: pair == after)
    assert view.duel.cast == ["left", "tie", "right"]
    assert view.verdict == {"clear": True, "sentence": "Clear after 3 choices.", "top": [1, 2]}
    when(view, "standings", lambda rows: [row["index"] for row in rows] == [1, 0, 2])
    assert len(view.snapshot_images()) == 3


def test_a_vote_is_for_the_pair_that_was_seen(view):
    vote(view, "left", (1, 2))
    vote(view, "left", (1, 0))
    assert view.duel.cast == []
    with pytest.raises(RuntimeError, match="left, right, tie"):
        vote(view, "both")


def test_the_last_vote_is_taken_back(view):
    Page(view).ask("undo")
    assert view.votes == 0
    vote(view, "left")
    when(view, "votes", lambda votes: votes == 1)
    Page(view).ask("undo")
    when(view, "votes", lambda votes: votes == 0)
    settled(view)
    assert view.pair == [0, 1]


def test_it_is_blind_as_the_duel_is():
    assert DuelView(SmallDuel()).blind
    assert not DuelView(SmallDuel(blind=False)).blind


def test_a_vote_is_shown_before_the_standings_are_known():
    known = threading.Event()
    duel = SmallDuel()
    standings = duel.standings

    def slow_standings():
        assert known.wait(20)
        return standings()

    duel.standings = slow_standings
    view = DuelView(duel)
    left, right = (view.cells[index]["id"] for index in view.pair)
    page = Page(view)
    number = page.begin("vote", left=left, right=right, outcome="left")
    when(view, "votes", lambda votes: votes == 1)
    assert view.pair == [1, 2]
    assert view.standings == []
    known.set()
    page.end(number)
    when(view, "standings", len)
