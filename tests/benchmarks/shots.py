"""How well shots are found, beside the detectors of PySceneDetect.

    uv run --group bench python -m tests.benchmarks shots [--quick]

The films are made by tests/frames/made_film.py: cuts, dissolves, wipes and fades in known
places, pans, zooms, flashes and passers-by that are none. A mark is right within two frames.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from tests.frames import made_film
from thumbnb.frames.shots import find_shots


def ours(film):
    sketches = np.stack(list(made_film.sketches(film, made_film.SKETCH)))
    return find_shots(sketches, made_film.FPS)


def scenedetect(name):
    from scenedetect import FrameTimecode, detectors

    def marks(film):
        detector = getattr(detectors, name)(min_scene_len=10)
        found = []
        for i, picture in enumerate(film.pictures):
            at = FrameTimecode(i, float(made_film.FPS))
            found += detector.process_frame(at, np.ascontiguousarray(picture[..., ::-1]))
        return [mark.frame_num for mark in found]

    return marks


PEERS = {
    "thumbnb": ours,
    "PySceneDetect, adaptive": scenedetect("AdaptiveDetector"),
    "PySceneDetect, content": scenedetect("ContentDetector"),
    "PySceneDetect, histogram": scenedetect("HistogramDetector"),
}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks shots")
    parser.add_argument("--quick", action="store_true", help="fewer films")
    films = [
        made_film.film(seed) for seed in range(4 if parser.parse_args(arguments).quick else 20)
    ]
    print(f"{len(films)} films, {sum(len(f.begins) for f in films)} shots that begin in them\n")
    print(f"  {'':<30}{'precision':>10}{'recall':>10}{'ms a frame':>12}")
    for name, marks in PEERS.items():
        right = false = missed = 0
        started = time.perf_counter()
        for film in films:
            r, f, m = made_film.matched(marks(film), film.begins)
            right, false, missed = right + r, false + f, missed + m
        taken = 1000 * (time.perf_counter() - started) / sum(len(f.pictures) for f in films)
        precision, recall = right / max(1, right + false), right / (right + missed)
        print(f"  {name:<30}{precision:>10.3f}{recall:>10.3f}{taken:>12.2f}")
