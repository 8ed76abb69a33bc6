"""The sound of the sample video: slow chords, a few plucked notes, a little room."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RATE = 44_100

_CHORDS = ((50, 57, 62, 66, 69), (47, 54, 59, 62, 66), (43, 50, 55, 59, 66), (45, 52, 57, 61, 64))
"""Dmaj, Bm, Gmaj7, A: MIDI notes, low to high."""
_BAR = 4.0
_MELODY = (3, 4, 2, 4, 3, 2, 4, 1)
"""Which note of the chord is plucked on each eighth of a bar."""


def _hertz(note: int) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


def _pad(notes: tuple[int, ...], seconds: float) -> npt.NDArray[np.float64]:
    t = np.arange(int(seconds * RATE)) / RATE
    swell = np.clip(t / 1.2, 0, 1) * np.clip((seconds - t) / 1.4, 0, 1)
    swell = swell * swell * (3 - 2 * swell)
    out = np.zeros((2, len(t)))
    for i, note in enumerate(notes):
        for side in (0, 1):
            # Two strings a hair out of tune on either side make it wide and warm.
            hertz = _hertz(note) * (1 + (0.0011 if side else -0.0011) * (1 + i % 2))
            for harmonic, level in ((1, 1.0), (2, 0.32), (3, 0.12)):
                out[side] += level / (1 + 0.25 * i) * np.sin(2 * np.pi * hertz * harmonic * t + i)
    return out * swell


def _pluck(note: int) -> npt.NDArray[np.float64]:
    t = np.arange(int(2.2 * RATE)) / RATE
    tone = np.sin(2 * np.pi * _hertz(note) * t) + 0.35 * np.sin(4 * np.pi * _hertz(note) * t + 0.3)
    return np.asarray(tone * np.exp(-2.6 * t) * np.clip(t / 0.006, 0, 1))


def music(seconds: float) -> npt.NDArray[np.float32]:
    """Play for ``seconds``: float32 (2, samples) in -1..1 at ``RATE``, faded in and out."""
    length = int(seconds * RATE)
    out = np.zeros((2, length + 8 * RATE))
    for bar in range(int(np.ceil(seconds / _BAR))):
        notes = _CHORDS[bar % len(_CHORDS)]
        start = int(bar * _BAR * RATE)
        pad = _pad(notes, _BAR + 1.6)
        out[:, start : start + pad.shape[1]] += 0.55 * pad
        if bar == 0:
            continue
        for eighth, which in enumerate(_MELODY):
            pluck = _pluck(notes[which] + 12)
            at = start + int(eighth * _BAR / len(_MELODY) * RATE)
            left = 0.5 + 0.3 * np.cos(bar + eighth)
            out[:, at : at + len(pluck)] += 0.5 * np.outer([left, 1 - left], pluck)
    # A room: quieter copies, later, crossed from side to side.
    for delay, level in ((0.127, 0.30), (0.271, 0.22), (0.433, 0.14)):
        n = int(delay * RATE)
        out[:, n:] += level * out[::-1, :-n]
    out = out[:, :length]
    t = np.arange(length) / RATE
    out *= np.clip(t / 1.5, 0, 1) * np.clip((seconds - t) / 2.5, 0, 1)
    return np.asarray(0.7 * out / np.abs(out).max(), dtype=np.float32)
