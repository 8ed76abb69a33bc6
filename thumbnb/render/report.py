"""The report: what became of each option."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["applied", "approximated", "ignored"]


@dataclass(frozen=True, slots=True)
class Treatment:
    """What became of one ``option``, and why."""

    option: str
    outcome: Outcome
    reason: str


class Report:
    """Treatments as they are found out; one an option and reason."""

    def __init__(self) -> None:
        self.treatments: list[Treatment] = []
        self.shown_share = 1.0
        """The share of what the prompt names that is shown, 0..1."""

    def count_nouns(self, *, shown: int, missing: int) -> None:
        """Count what a prompt names: what is shown of it, and what is not."""
        self.shown_share = shown / (shown + missing) if shown + missing else 1.0

    def _add(self, option: str, outcome: Outcome, reason: str) -> None:
        treatment = Treatment(option, outcome, reason)
        if treatment not in self.treatments:
            self.treatments.append(treatment)

    def applied(self, option: str, reason: str) -> None:
        """Say that it was done."""
        self._add(option, "applied", reason)

    def approximated(self, option: str, reason: str) -> None:
        """Something near it was done."""
        self._add(option, "approximated", reason)

    def ignored(self, option: str, reason: str) -> None:
        """Say that it was not done."""
        self._add(option, "ignored", reason)
