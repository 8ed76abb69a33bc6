"""Finding the services: a key means hosted, none means embedded, and it says which."""

from __future__ import annotations

import asyncio
import logging
import sys

import pytest

import thumbnb as tb
from thumbnb import errors
from thumbnb.client import connect as module
from thumbnb.client.session import Session


@pytest.fixture(autouse=True)
def no_environment(monkeypatch, tmp_path):
    for name in ("VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "THUMBNB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    yield
    module.close_embedded()


def test_no_key_means_embedded(tmp_path):
    client = tb.connect(quiet=True)
    here = "embedded, on this machine"
    assert client.services == {"VideoDB": here, "YouThumb": here}
    assert client.videos() == []
    assert (tmp_path / "home").is_dir()


def test_a_key_in_the_environment_means_hosted(monkeypatch):
    monkeypatch.setenv("VIDEO_DB_API_KEY", "sk-abc")
    client = tb.connect(quiet=True)
    assert client.services["VideoDB"] == "hosted, at https://api.videodb.io"
    assert client.services["YouThumb"].startswith("embedded")
    assert "sk-abc" not in repr(client)
    assert tb.connect(embedded=True, quiet=True).services["VideoDB"].startswith("embedded")


def test_another_server_takes_its_token_from_the_environment(monkeypatch):
    with pytest.raises(errors.InvalidInput, match="THUMBNB_TOKEN"):
        tb.connect(videodb_url="http://127.0.0.1:8750")
    monkeypatch.setenv("VIDEO_DB_API_KEY", "sk-of-the-hosted-service")
    with pytest.raises(errors.InvalidInput, match="needs a key"):
        tb.connect(videodb_url="http://127.0.0.1:8750")  # that key belongs elsewhere
    monkeypatch.setenv("THUMBNB_TOKEN", "t")
    client = tb.connect(videodb_url="http://127.0.0.1:8750", quiet=True)
    assert client.services["VideoDB"] == "hosted, at http://127.0.0.1:8750"


@pytest.mark.parametrize("key", ["sk abc", "sk\nabc", "“sk”"])
def test_a_key_that_cannot_be_one_is_refused_without_showing_it(key):
    with pytest.raises(errors.InvalidInput, match="characters") as caught:
        tb.connect(videodb_key=key)
    assert "sk" not in str(caught.value)


@pytest.mark.parametrize(
    "options", [{"embedded": True, "videodb_key": "k"}, {"deadline": 0}, {"videodb_url": "nowhere",
     "videodb_key": "k"}],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(options):
    with pytest.raises(errors.InvalidInput):
        tb.connect(**options)


def test_a_home_is_served_once_in_a_process(tmp_path):
    first = tb.connect(home=tmp_path / "a", quiet=True)
    again = tb.connect(home=str(tmp_path / "a"), quiet=True)
    other = tb.connect(home=tmp_path / "b", quiet=True)
    apps = [c._session.http._asgi for c in (first, again, other)]
    assert apps[0] is apps[1] is not apps[2]


def test_it_says_which_in_the_log_and_in_a_console(caplog, capsys, monkeypatch):
    caplog.set_level(logging.INFO)
    tb.connect()
    assert "embedded, on this machine" in caplog.text
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys, "ps1", ">>> ", raising=False)
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    tb.connect()
    assert "embedded, on this machine" in capsys.readouterr().err


def test_the_wrong_token_is_reported_apart(tmp_path):
    client = tb.connect(quiet=True)
    client._session.http._key = type(client._session.http._key)("wrong")
    with pytest.raises(errors.AuthenticationFailed):
        client.videos()


@pytest.mark.slow
def test_the_whole_of_it_on_this_machine(sample_path):
    with tb.connect(quiet=True) as client:
        job = client.upload.submit(sample_path)
        video = job.result(timeout=300)
        assert video.size == (1280, 720)

        async def cell():
            return await asyncio.gather(
                *(video.generate_thumbnail.aio(time=t, width=320) for t in (0, 5, 9))
            )

        first, middle, _ = asyncio.run(cell())
        assert first.image.size == (320, 180)
        assert first.image.convert("L").getextrema()[1] < 40  # the film fades in from black
        assert middle.image.convert("L").getextrema()[1] > 150
        assert [t.time for t in video.thumbnails()] == pytest.approx([0, 5, 9], abs=0.05)

        default = video.generate_thumbnail()
        assert default.image.convert("L").getextrema()[1] > 150

        board = video.storyboard(count=20, tile_width=96)
        assert len(board) == 20
        assert board.tile(-1).size == board.tile_size == (96, 54)
        assert board.at(0).size == (96, 54)
        assert board.times == sorted(board.times)

        best, *_ = video.suggest(count=3)
        assert best.reasons
        assert video.generate_thumbnail(time=best.time).image.size == (1280, 720)

        picture = client.collection().generate_image("snowy mountains at dawn")
        assert picture.image.width * 9 == picture.image.height * 16

        middle.delete()
        assert len(video.thumbnails()) == 3
        video.delete()
        with pytest.raises(errors.NotFound):
            video.refresh()


def test_the_embedded_service_tells_of_the_end_of_a_job(tmp_path, monkeypatch):
    reported = []
    poll_now = Session.poll_now
    monkeypatch.setattr(
        Session, "poll_now", lambda self, job: (reported.append(job), poll_now(self, job))
    )
    client = tb.connect(home=tmp_path, quiet=True)
    results = client.create_project("a red balloon").generate()
    assert results.job_id in reported


@pytest.mark.slow
def test_the_embedded_service_shows_each_variation_as_it_is_made(tmp_path):
    client = tb.connect(home=tmp_path, quiet=True)
    job, seen = client.create_project("a red balloon", options={"variations": 3}).start(), []
    job.watch(lambda job: seen.append((job.progress.done, len(job.partial))))
    results = job.result()
    assert seen == sorted(seen, key=lambda pair: pair[1])
    assert any(0 < there < 3 for _, there in seen)
    assert list(job.partial) == results


def test_only_the_hosted_youthumb_has_a_rate(monkeypatch, tmp_path):
    hosted = tb.connect(videodb_key="k", youthumb_key="k", quiet=True)
    assert (hosted._session.rate, hosted._youthumb.rate) == (None, 90)
    own = tb.connect(youthumb_key="k", youthumb_url="http://127.0.0.1:8750/api", quiet=True)
    assert own._youthumb.rate is None
    assert tb.connect(youthumb_key="k", rate=30, quiet=True)._youthumb.rate == 30
    with pytest.raises(errors.InvalidInput, match="rate is a whole number"):
        tb.connect(rate=0)


def test_a_closed_client_says_so_and_what_is_under_way_goes_on(tmp_path):
    with tb.connect(embedded=True, home=tmp_path, quiet=True) as client:
        collection = client.collection()
        job = client.videos.submit()
    assert job.result(30) == []
    for ask in (client.videos, client.runs, client.resume, collection.videos, client.price):
        if ask == client.price:
            assert ask() == 1  # nothing is asked for it
            continue
        with pytest.raises(errors.ClientClosed, match=r"closed.*tb\.connect"):
            ask()
    with pytest.raises(errors.ClientClosed):
        asyncio.run(client.videos.aio())
    client.close()
