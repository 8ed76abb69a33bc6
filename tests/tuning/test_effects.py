"""What mattered, the best, tables, pages, packs and the history."""

from __future__ import annotations

import io
import itertools
import json
import re
import zipfile

import numpy as np
import pandas as pd
import pytest
from PIL import Image

import thumbnb as tb
from thumbnb import errors
from thumbnb.client.ledger.choices_database import Vote
from thumbnb.tuning.effects.mixed_fit import fit_mixed
from thumbnb.tuning.export.labelled_sheet import _wrapped
from thumbnb.tuning.image_scores import EXPLAINED

BRIEF = {
    "prompt": "A {colour=red|blue} kite",
    "preset": ["mrbeast-viral", "tech-review"],
    "takes": 2,
}


@pytest.fixture
def run(client):
    return tb.Sweep(client, **BRIEF).run()


def prefer(run, value, count=24, **duel):
    """Vote for the image with the value, else for either."""
    duel = run.duel(sure=0.999, **duel)
    rng = np.random.default_rng(0)
    for _ in range(count):
        if duel.pair is None:
            break
        left, right = (value in run.cell(each).labels.values() for each in duel.pair)
        duel.vote("left" if left > right else "right" if right > left
                  else ("left", "right")[rng.integers(2)])  # fmt: skip


def size_of(path):
    with Image.open(path) as image:
        return image.size


def row(table, value):
    return table[table["value"] == value].iloc[0]


# -- what mattered ------------------------------------------------------------------------


@pytest.mark.slow
def test_what_wins_duels_mattered_and_the_rest_is_noise(client):
    run = tb.Sweep(client, **{**BRIEF, "takes": 3}).run()
    rng = np.random.default_rng(0)
    ledger = client.sessions[1].ledger
    for number, (one, other) in enumerate(itertools.combinations(run.cells, 2)):
        wins = one["colour"] == "red" if one["colour"] != other["colour"] else rng.random() < 0.5
        images = [run.result(cell.id).digest for cell in (one, other)]
        ledger.choices.add_votes([Vote(f"{number:x}", "", *images, "left" if wins else "right", 0)])
    effects = run.effects()
    red, blue = row(effects.table, "red"), row(effects.table, "blue")
    assert red.win_rate > 0.8
    assert blue.win_rate < 0.2
    assert (red.verdict, blue.verdict) == ("better", "worse")
    assert red.win_low < red.win_rate < red.win_high
    assert set(effects.table[effects.table.axis == "preset"].verdict) == {"noise"}
    assert any("may all be noise" in each for each in effects.sentences)
    assert any("'red' wins" in each for each in effects.sentences)


def test_without_duels_nothing_is_claimed(run):
    effects = run.effects()
    assert set(effects.table.verdict) == {"not compared"}
    assert effects.table.win_rate.isna().all()
    assert effects.table.n.tolist() == [4, 4, 4, 4]


def test_ratings_and_scores_have_means_and_intervals(run):
    for cell in run.cells:
        run.choices.set(cell.id, rating=5 if cell["colour"] == "red" else 2)
    table = run.effects(by="legibility").table
    assert (row(table, "red").rating, row(table, "blue").rating) == (5, 2)
    assert row(table, "mrbeast-viral").rating_low < 3.5 < row(table, "mrbeast-viral").rating_high
    assert row(table, "mrbeast-viral").rating_high <= 5  # there is no better rating
    assert (table.score_low <= table.score).all()


@pytest.mark.slow
def test_the_plot_is_a_figure_of_its_own(run):
    import matplotlib.pyplot as plt

    prefer(run, "red", 10)
    figure = run.effects().figure()
    assert plt.get_fignums() == []
    labels = [each.get_text().strip() for each in figure.axes[0].get_yticklabels()]
    assert {"colour", "red", "blue", "preset"} <= set(labels)
    assert "data:image/png" in run.effects()._repr_html_()


def test_effects_need_an_axis_and_images(client, state):
    with pytest.raises(errors.InvalidInput, match="no axis"):
        tb.Sweep(client, prompt="A red kite").run().effects()
    state.fails = ["kite"]
    with pytest.raises(errors.InvalidInput, match="No image"):
        tb.Sweep(client, **BRIEF).run().effects()


def test_text_of_axes_is_text_in_the_table(client):
    run = tb.Sweep(client, prompt="A kite", title=["<b>X</b>", "$5 & $6"]).run()
    html = run.effects()._repr_html_()
    assert "<b>X</b>" not in html


@pytest.mark.slow
def test_intervals_hold_the_truth():
    """Seeded, and smaller than the benchmark: images differ beyond their attributes."""
    held = []
    for seed in range(24):
        rng = np.random.default_rng(seed)
        attributes = np.tile(np.eye(2), (8, 1))
        true = rng.normal(0, 0.6, 2)
        strength = attributes @ true + rng.normal(0, 0.8, len(attributes))
        pairs = np.array([rng.choice(len(attributes), 2, replace=False) for _ in range(60)])
        images = np.zeros((60, len(attributes)))
        images[np.arange(60), pairs[:, 0]], images[np.arange(60), pairs[:, 1]] = 1, -1
        won = (rng.random(60) < 1 / (1 + np.exp(-images @ strength))).astype(float)
        fit = fit_mixed(images @ attributes, images, won, np.ones(60))
        effect = fit.effect(np.array([1.0, -1.0]))
        held.append(effect.quantile(0.05) < true[0] - true[1] < effect.quantile(0.95))
    assert 0.75 <= np.mean(held) <= 1.0


def test_separate_data_stay_finite():
    differences = np.array([[1.0, -1.0]] * 12)
    images = np.array([[1.0, -1.0]] * 12)
    fit = fit_mixed(differences, images, np.ones(12), np.ones(12))
    assert np.isfinite(fit.mean).all()
    assert fit.mean[0] > fit.mean[1]
    assert np.abs(fit.mean).max() < 10


# -- the best -----------------------------------------------------------------------------


@pytest.mark.slow
def test_the_best_by_what_there_is(run):
    assert run.best(2).by == "score legibility"
    run.choices.set(run.cells[5].id, rating=5)
    run.choices.set(run.cells[6].id, rating=5, starred=True)
    best = run.best(2)
    assert (best.by, [cell.id for cell in best]) == ("rating", [run.cells[6].id, run.cells[5].id])
    prefer(run, "red", 30)
    assert run.best(1).by == "duel"
    assert run.best(1)[0]["colour"] == "red"
    assert run.best(3, by="legibility").by == "score legibility"


def test_different_ones_look_different(run):
    plain, apart = run.best(3, by="score"), run.best(3, by="score", different=True)
    assert plain[0].id == apart[0].id
    assert len(apart) == 3
    assert {cell["preset"] for cell in run.best(2, different="preset")} == set(BRIEF["preset"])
    assert apart._repr_jpeg_()[:2] == b"\xff\xd8"


def test_rejected_ones_are_never_best(run):
    first = run.best(1)[0].id
    run.choices.set(first, rejected=True)
    assert first not in [cell.id for cell in run.best(8)]


@pytest.mark.parametrize(
    "asked", [{"by": "beauty"}, {"by": "duel"}, {"by": "rating"}, {"different": "mood"}]
)
def test_the_best_by_what_there_is_not(run, asked):
    with pytest.raises(errors.InvalidInput):
        run.best(3, **asked)


# -- tables and files ---------------------------------------------------------------------


def test_a_row_an_image_and_a_column_an_axis(run):
    run.choices.set(run.cells[0].id, starred=True, rating=4, note="her look")
    table = run.to_frame(reference=[Image.new("RGB", (64, 36), "red")])
    assert len(table) == 8
    assert set(table["colour"]) == {"red", "blue"}
    assert table.loc[0, ["starred", "rating", "note", "brief_prompt"]].tolist() == [
        True, 4, "her look", "A red kite",
    ]  # fmt: skip
    assert table.credits.sum() == 8
    assert {size_of(path) for path in table.path} == {(128, 72)}
    scores = [name.removeprefix("score_") for name in table.columns if name.startswith("score_")]
    assert {"difference", "reference_distance", "legibility", "luma"} <= set(scores)
    assert all(EXPLAINED[name] for name in scores)


def test_the_page_is_one_file_that_says_all(run, tmp_path):
    run.choices.set(run.cells[0].id, note="</script><script>alert(1)</script>")
    text = run.export(tmp_path / "run.html").read_text()
    assert "</script><script>alert" not in text
    assert not re.search(r"(src|href)=\"?https?:", text)
    pictures = sum(len(each) for each in re.findall(r"data:image/jpeg;base64,[\w+/=]+", text))
    assert len(text) - pictures < 100_000
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])
    assert [cell["brief"]["prompt"] for cell in data["cells"]] == [
        cell.fields["prompt"] for cell in run.cells
    ]


def test_the_table_as_a_file(client, tmp_path):
    run = tb.Sweep(client, prompt="A kite", title=["=1+1", "plain"]).run()
    table = pd.read_csv(run.export(tmp_path / "run.csv"))
    assert "'=1+1" in set(table["title"])
    assert len(table) == 2
    parquet = pd.read_parquet(run.export(tmp_path / "run.parquet"))
    assert parquet.title.tolist() == ["=1+1", "plain"]


def test_the_archive_has_images_that_say_what_they_are(run, tmp_path):
    with zipfile.ZipFile(run.export(tmp_path / "run.zip")) as zipped:
        names = zipped.namelist()
        images = [name for name in names if name.endswith(".jpg")]
        assert len(images) == 8
        assert {"table.csv", "index.html", "briefs.json"} <= set(names)
        _, made_of = tb.open_result(zipped.read(images[0]))
    assert made_of["prompt"] == "A red kite"
    assert made_of["axes"]["preset"] in BRIEF["preset"]


def test_another_size_and_format_costs_nothing(run, state, tmp_path):
    paths = run.save(tmp_path / "small", size=(64, 36), format="PNG")
    assert {size_of(path) for path in paths} == {(64, 36)}
    assert tb.open_result(paths[0])[1]["prompt"].endswith("kite")
    assert len(state.started) == 8
    with pytest.raises(errors.InvalidInput, match="fewer than 640x360"):
        run.save(tmp_path / "large", size=(640, 360))


@pytest.mark.parametrize("name", ["run.doc", "run", "nowhere/run.csv"])
def test_a_file_that_cannot_be_written(run, tmp_path, name):
    with pytest.raises(errors.InvalidInput):
        run.export(tmp_path / name)


def test_the_contact_sheet_has_room_for_every_label(client, tmp_path):
    long = "a very long description of a background that nobody would ever cut " * 3
    run = tb.Sweep(client, prompt=[f"{long}red", f"{long}blue"], title=["A", "W" * 150]).run()
    path = run.export(tmp_path / "sheet.png")
    width, height = size_of(path)
    assert width > 640
    assert height > 360 + 100
    for text in (long, "W" * 150):
        assert "".join(_wrapped(text, 320)).replace(" ", "") == text.replace(" ", "")


# -- the pack -----------------------------------------------------------------------------


def test_a_pack_for_a_test_with_viewers(run, tmp_path):
    pack = run.pack(3, folder=tmp_path / "pack")
    assert list(pack.files) == ["A", "B", "C"]
    for path in pack.files.values():
        assert size_of(path) == (1280, 720)
        assert path.stat().st_size < 2_000_000
    assert "Test & compare" in (tmp_path / "pack" / "README.txt").read_text()
    again = run.pack(2, folder=tmp_path / "pack")
    assert len(list((tmp_path / "pack").glob("*.jpg"))) == len(again.files) == 2


def test_the_effects_learn_from_an_outcome(run, tmp_path):
    pack = run.pack(2, different="colour", folder=tmp_path / "pack")
    red = next(letter for letter, label in pack.labels.items() if "red" in label)
    before = run.effects().table
    assert row(before, "red").duels == 0
    run.open_pack(tmp_path / "pack").outcome(winner=red, share={red: 60, "AB".replace(red, ""): 40})
    after = run.effects().table
    assert row(after, "red").win_rate > 0.5
    assert row(after, "red").duels > 0


@pytest.mark.parametrize(
    "message",
    [{"winner": "D"}, {"winner": "A", "share": {"A": 30, "B": 70}},
     {"winner": "A", "share": {"A": 60, "B": 60}}, {"winner": None, "share": {"X": 100}},
     {"winner": "A", "share": {"A": "60", "B": 40}}],
)  # fmt: skip
def test_an_outcome_is_checked(run, tmp_path, message):
    pack = run.pack(2, folder=tmp_path / "pack")
    with pytest.raises(errors.InvalidInput):
        pack.outcome(**message)


def test_a_folder_with_other_files_is_left_alone(run, tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(errors.InvalidInput, match="other files"):
        run.pack(2, folder=tmp_path)
    with pytest.raises(errors.InvalidInput, match="not a test pack"):
        run.open_pack(tmp_path)


# -- the history --------------------------------------------------------------------------


def test_everything_ever_made_is_found(run, tmp_path):
    run.choices.set(run.cells[0].id, starred=True, rating=5, note="Her look")
    run.choices.set(run.cells[1].id, rejected=True)
    home = tmp_path / "home"
    assert len(tb.history(home=home)) == 7
    assert len(tb.history(home=home, rejected=None)) == 8
    assert set(tb.history("RED", home=home).prompt) == {"A red kite"}
    assert tb.history("her look", home=home).rating.tolist() == [5]
    assert len(tb.history(home=home, starred=True, rating=4)) == 1
    assert set(tb.history(home=home, preset="tech-review").preset) == {"tech-review"}
    assert len(tb.history(home=home, since="2000-01-01")) == 7
    assert len(tb.history(home=home, until="2000-01-01")) == 0
    assert len(tb.history("nothing like it", home=home)) == 0
    for odd in ({"text": 5}, {"preset": ["a"]}, {"rating": "x"}, {"starred": "x"}, {"until": []}):
        with pytest.raises(errors.InvalidInput, match=next(iter(odd))):
            tb.history(home=home, **odd)
    with pytest.raises(errors.InvalidInput, match="since"):
        tb.history(home=home, since="soon")


def test_a_home_without_a_ledger_has_no_history_and_gets_none(tmp_path):
    assert tb.history(home=tmp_path / "none").empty
    assert not (tmp_path / "none").exists()


def test_text_is_no_pattern(run, tmp_path):
    assert len(tb.history("(", home=tmp_path / "home")) == 0
    assert io.StringIO(tb.history(home=tmp_path / "home").to_csv())
