"""Two at a time, until it is clear which is best; votes are kept, merged and weighed."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest

import thumbnb as tb
from thumbnb import errors
from thumbnb.tuning.differences import prompt_difference
from thumbnb.tuning.duel.next_pair import next_pair
from thumbnb.tuning.duel.posterior import StrengthPosterior
from thumbnb.tuning.duel.verdict import verdict_of


@pytest.fixture
def run(client):
    return tb.Sweep(client, prompt="A {red|blue|green} kite", takes=2).run()


def judge(duel, best, count=100):
    """Vote for ``best`` wherever it is shown, else for the left one."""
    for _ in range(count):
        if (pair := duel.pair) is None:
            return
        duel.vote("right" if pair[1] == best else "left")


def test_the_winner_becomes_clear(run):
    some = [cell.id for cell in run.cells[2:5]]
    duel, best = run.duel(candidates=some), some[2]
    assert not duel.verdict.clear
    judge(duel, best)
    assert duel.pair is None
    assert (duel.verdict.clear, duel.verdict.leader) == (True, best)
    assert "is the best" in duel.verdict.sentence
    table = duel.standings()
    assert table.cell[0] == best
    assert (table.low < table.strength).all()
    assert (table.strength < table.high).all()
    assert table.p_best.sum() == pytest.approx(1)
    with pytest.raises(errors.InvalidInput, match="Clear after"):
        duel.vote("left")


def test_a_duel_goes_on_in_another_kernel(kernels):
    sweep = {"prompt": "A {red|blue|green} kite", "takes": 2}
    duel = tb.Sweep(kernels(), **sweep).run().duel(voter="ann")
    for _ in range(3):
        duel.vote("left")
    again = tb.Sweep(kernels(), **sweep).run().duel(voter="ann")
    assert again.votes == 3
    assert np.allclose(again.standings().strength, duel.standings().strength, atol=0.05)
    other = tb.Sweep(kernels(), **sweep).run().duel(voter="ben")
    assert other.votes == 0


def test_a_vote_is_taken_back(run):
    duel = run.duel()
    first = duel.pair
    before = duel.standings()
    duel.vote("left")
    assert duel.undo() == first
    assert (duel.votes, duel.pair) == (0, first)
    assert duel.standings().equals(before)
    assert duel.undo() is None


@pytest.mark.slow
def test_a_blind_duel_names_nobody(run):
    duel, open_duel = run.duel(), run.duel(voter="b", blind=False)
    judge(duel, run.cells[0].id)
    judge(open_duel, run.cells[0].id)
    assert run.cells[0].title not in duel.verdict.sentence
    assert run.cells[0].title in open_duel.verdict.sentence


def test_rejected_images_take_no_part(run):
    out = run.cells[0].id
    run.choices.set(out, rejected=True)
    assert out not in run.duel().candidates
    assert len(run.duel().candidates) == 5
    some = [cell.id for cell in run.cells[:2]]
    assert run.duel(candidates=some).candidates == tuple(some)


def test_a_duel_needs_two_images(run):
    for cell in run.cells[1:]:
        run.choices.set(cell.id, rejected=True)
    with pytest.raises(errors.InvalidInput, match="two images or more"):
        run.duel()


@pytest.mark.parametrize("given", [{"voter": "x" * 101}, {"voter": 3}, {"sure": 1.0}])
def test_a_duel_is_checked(run, given):
    with pytest.raises(errors.InvalidInput):
        run.duel(**given)


def test_a_vote_is_checked(run):
    with pytest.raises(errors.InvalidInput, match='"left", "right" or "tie"'):
        run.duel().vote("middle")


def test_the_same_pair_does_not_come_twice_in_a_row(run):
    duel = run.duel(sure=0.99)
    before = None
    for _ in range(12):
        pair = duel.pair
        assert pair is None or set(pair) != before
        if pair is None:
            break
        before = set(pair)
        duel.vote("tie")


def test_wins_make_strong_and_ties_make_equal():
    posterior = StrengthPosterior(3)
    posterior.add([(0, 1)] * 6, [(1, 2)] * 6)
    assert posterior.mean[0] > posterior.mean[1] + 1
    _, variance = posterior.differences()
    assert variance[1, 2] < variance[0, 1]
    assert abs(posterior.mean[1] - posterior.mean[2]) < abs(posterior.mean[0] - posterior.mean[2])


def test_one_vote_at_a_time_comes_to_the_same_as_all_at_once():
    rng = np.random.default_rng(1)
    votes = [tuple(int(i) for i in rng.choice(6, 2, replace=False)) for _ in range(20)]
    slow, fast = StrengthPosterior(6), StrengthPosterior(6)
    for vote in votes:
        slow.add([vote])
    fast.add(votes)
    assert np.allclose(slow.mean, fast.mean, atol=0.02)
    assert np.allclose(slow.covariance, fast.covariance, atol=0.02)


def test_the_random_numbers_of_the_user_are_left_alone():
    np.random.seed(3)  # noqa: NPY002
    expected = np.random.rand(3)  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002
    StrengthPosterior(3).add([(0, 1), (1, 2)])
    assert np.array_equal(np.random.rand(3), expected)  # noqa: NPY002


def test_open_pairs_at_the_top_are_shown():
    posterior = StrengthPosterior(5)
    posterior.add([(0, 4), (0, 3), (0, 2), (1, 4), (1, 3), (1, 2)] * 4)
    assert set(next_pair(posterior, np.random.default_rng(0))) == {0, 1}
    assert set(next_pair(posterior, np.random.default_rng(0), avoid=[(1, 0)])) != {0, 1}


@pytest.mark.parametrize(
    ("p", "clear", "top"),
    [((0.95, 0.03, 0.01, 0.01), True, True), ((0.5, 0.3, 0.15, 0.05), False, True),
     ((0.3, 0.25, 0.25, 0.2), False, False)],
)  # fmt: skip
def test_the_verdict_says_what_is_clear(p, clear, top):
    verdict = verdict_of(["a", "b", "c", "d"], p, 12, sure=0.9)
    assert (verdict.clear, verdict.top_clear) == (clear, top)
    assert verdict.top == ("a", "b", "c")
    assert "12 choices" in verdict.sentence


def test_chosen_pairs_tell_more_than_random_ones():
    """Seeded, and smaller than the benchmark: 6 images of logistic judges, 7 choices."""

    def chance_of_the_best(*, informed):
        found = []
        for seed in range(6):
            rng = np.random.default_rng(seed)
            strengths = rng.normal(0, 2, 6)
            posterior = StrengthPosterior(6, prior_sds=(2.0,))
            for _ in range(7):
                i, j = next_pair(posterior, rng) if informed else rng.choice(6, 2, replace=False)
                wins = rng.random() < 1 / (1 + math.exp(strengths[j] - strengths[i]))
                posterior.add([(int(i), int(j)) if wins else (int(j), int(i))])
            found.append(posterior.p_best(rng)[strengths.argmax()])
        return np.mean(found)

    assert chance_of_the_best(informed=True) > chance_of_the_best(informed=False) + 0.1


def test_votes_say_how_far_images_spread():
    near, far = StrengthPosterior(6), StrengthPosterior(6)
    pairs = list(itertools.combinations(range(6), 2))
    far.add(pairs * 2)  # the same always wins
    near.add(pairs + [(j, i) for i, j in pairs])  # each wins as often as it loses
    assert far.weights.argmax() > near.weights.argmax() == 0
    ties = StrengthPosterior(6)
    ties.add([], pairs * 2)
    assert ties.weights.argmax() == 0


# -- several people -----------------------------------------------------------------------


def test_votes_travel_in_files(kernels, tmp_path):
    sweep = {"prompt": "A {red|blue|green} kite", "takes": 2}
    ann = tb.Sweep(kernels(), **sweep).run()
    judge(ann.duel(voter="ann", sure=0.99), ann.cells[2].id, 10)
    path = ann.votes.save(tmp_path / "ann.json", voter="ann")
    ledger = ann.client.sessions[1].ledger
    for vote in ann.votes.all():
        ledger.choices.remove_vote(vote.id)
    assert ann.votes.all() == []
    assert ann.votes.merge(path).voters == {"ann": 10}
    assert ann.votes.merge(path).voters == {"ann": 10}
    assert len(ann.votes.to_frame()) == 10


@pytest.mark.slow
def test_voters_agree_or_not(run):
    for voter, best in (("ann", 2), ("ben", 2), ("cat", 5)):
        duel = run.duel(voter=voter, sure=0.99)
        for _ in range(12):
            left, right = duel.pair
            ids = [cell.id for cell in run.cells]
            near = [abs(ids.index(each) - best) for each in (left, right)]
            duel.vote("left" if near[0] < near[1] else "right" if near[1] < near[0] else "tie")
    both = run.votes.agreement()
    assert both.pairs > 0
    assert both.alpha < 1
    for vote in run.votes.all():
        if vote.voter == "cat":
            run.client.sessions[1].ledger.choices.remove_vote(vote.id)
    assert run.votes.agreement().alpha == pytest.approx(1)
    assert "agree well" in run.votes.agreement().sentence
    table = run.votes.standings()
    assert table.cell[0] == run.cells[2].id
    assert ((table.low <= table.score) & (table.score <= table.high)).all()
    assert table.score.between(0, 1).all()


def test_without_votes_nothing_is_ranked(run, tmp_path):
    assert run.votes.agreement().alpha is None
    with pytest.raises(errors.InvalidInput, match=r"run\.duel"):
        run.votes.standings()
    with pytest.raises(errors.InvalidInput, match="no votes"):
        run.votes.save(tmp_path / "none.json")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "thumbnb votes 1"}', '{"format": "thumbnb votes 1", "votes": [1]}',
     json.dumps({"format": "thumbnb votes 1", "votes": [
         {"id": "a1", "voter": "x", "left_image": "../..", "right_image": "b" * 64,
          "outcome": "left", "at": 1.0}]}),
     json.dumps({"format": "thumbnb votes 1", "votes": [
         {"id": "a1", "voter": "x", "left_image": "a" * 64, "right_image": "b" * 64,
          "outcome": "left", "at": math.nan}]})],
)  # fmt: skip
def test_a_file_that_is_no_votes_is_refused(run, tmp_path, text):
    path = tmp_path / "votes.json"
    path.write_text(text)
    with pytest.raises(errors.InvalidInput, match="votes"):
        run.votes.merge(path)
    assert run.votes.all() == []


# -- the difference of prompts ------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    [("a red door", "a blue door"), ("", "new words"), ("same", "same"), ("a  b", "a b c "),
     ("x " * 900, "y " * 1200)],
)  # fmt: skip
def test_the_pieces_of_a_difference_are_both_texts(a, b):
    pieces = prompt_difference(a, b)
    assert "".join(text for kind, text in pieces if kind != "added") == a
    assert "".join(text for kind, text in pieces if kind != "removed") == b


def test_words_are_compared():
    assert prompt_difference("a red door", "a blue door") == [
        ("same", "a"), ("removed", " red"), ("added", " blue"), ("same", " door"),
    ]  # fmt: skip
