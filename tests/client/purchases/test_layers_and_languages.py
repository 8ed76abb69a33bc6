"""A result once more: with its layers, and in other languages; free, and only where it is kept."""

from __future__ import annotations

import pytest
from psd_tools import PSDImage

import thumbnb as tb
from thumbnb import errors

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One result of the embedded service, and its client."""
    client = tb.connect(embedded=True, home=tmp_path_factory.mktemp("home"), quiet=True)
    project = client.create_project("A rocket over the sea", title="UP AND AWAY", preset="free")
    [result] = project.generate()
    yield client, result
    client.close()


def test_a_title_in_other_languages_costs_nothing_and_is_as_legible(made):
    client, result = made
    before = client.usage().credits
    variants = result.localize({"de": "WEIT WEG", "ar": "بعيدا", "ja": "遠くへ"})
    assert client.usage().credits == before
    assert [each.language for each in variants] == ["de", "ar", "ja"]
    assert all(each.image.size == result.image.size for each in variants)
    assert all(each.scores["legibility"] > 0.6 for each in variants)
    assert len({each.bytes for each in variants}) == 3
    [japanese] = variants["ja"]
    assert any("Noto Sans CJK JP" in reason for _, _, reason in japanese.report)
    frame = variants.to_frame()
    assert list(frame.title) == ["WEIT WEG", "بعيدا", "遠くへ"]
    assert "score_legibility" in frame
    with pytest.raises(errors.InvalidInput, match="There are: de, ar, ja"):
        variants["fr"]


def test_variants_are_saved_by_language(made, tmp_path):
    _, result = made
    [path] = result.localize({"pt-BR": "PARA LONGE"}).save(tmp_path)
    assert path.name == "thumbnail-pt-BR-1.jpg"
    assert tb.open_result(path)[1]["title"] == "PARA LONGE"


def test_layers_are_written_whole_and_open_again(made, tmp_path):
    _, result = made
    path = result.export(tmp_path / "thumbnail.psd")
    names = [layer.name for layer in PSDImage.open(path)]
    assert names[-1] == "Headline: UP AND AWAY"
    assert result.export(tmp_path / "t.svg").read_text(encoding="utf-8").startswith("<?xml")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["t.svg", "thumbnail.psd"]


@pytest.mark.parametrize(("name", "says"), [("x.gif", "psd, .svg"), ("no/such/x.psd", "no folder")])
def test_a_file_that_cannot_be_written_is_refused_first(made, tmp_path, name, says):
    with pytest.raises(errors.InvalidInput, match=says):
        made[1].export(tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        ({}, "No titles"),
        (["de"], "titles is a dict"),
        ({"de": " "}, "'de' is empty"),
        ({"de": None}, "'de' is empty"),
        ({"de": "x" * 201}, "201 characters"),
        ({"no such tag": "x"}, "names no language"),
        ({"de": "x", "../up": "y"}, "names no language"),
        ({f"x{n}": "x" for n in range(51)}, "51 languages"),
    ],
)
def test_titles_that_cannot_be_set_are_refused_first(made, titles, says):
    with pytest.raises(errors.InvalidInput, match=says):
        made[1].localize(titles)


def test_a_thumbnail_without_words_has_none_to_change(made):
    client, _ = made
    [plain] = client.create_project("A rocket over the sea").generate()
    with pytest.raises(errors.Rejected, match="no words"):
        plain.localize({"de": "WEIT WEG"})


def test_a_service_that_keeps_no_layers_says_so(client, tmp_path):
    """The hosted service knows nothing of this."""
    [result] = client.create_project("A rocket over the sea", title="UP").generate()
    with pytest.raises(errors.InvalidInput, match="only the embedded"):
        result.export(tmp_path / "x.psd")
    with pytest.raises(errors.InvalidInput, match="only the embedded"):
        result.localize({"de": "WEG"})
