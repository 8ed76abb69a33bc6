"""What people said comes back with a ledger that is repaired from its copies."""

from __future__ import annotations

from thumbnb.client.ledger.choices_database import Choice, ViewerOutcome, Vote
from thumbnb.client.ledger.ledger_database import LedgerDatabase
from thumbnb.client.ledger.recovery import repair_ledger

A, B = "a" * 64, "b" * 64


def test_choices_votes_and_outcomes_are_brought_back(tmp_path):
    path = tmp_path / "ledger.sqlite3"
    ledger = LedgerDatabase(path)
    ledger.choices.put(A, Choice(starred=True, rating=4, note="her look"), 1.0)
    ledger.choices.add_votes([Vote("1f", "ann", A, B, "left", 2.0)])
    ledger.choices.put_outcomes([ViewerOutcome("p", A, 0.4, True, 3.0)])
    ledger._rows.back_up(at_once=True)
    ledger.close()
    path.unlink()
    repair_ledger(tmp_path)
    again = LedgerDatabase(path).choices
    assert again.get([A]) == {A: Choice(starred=True, rating=4, note="her look")}
    assert [vote.voter for vote in again.votes([A, B])] == ["ann"]
    assert [each.share for each in again.outcomes([A])] == [0.4]
    repair_ledger(tmp_path)
    assert len(again.votes([A, B])) == 1
