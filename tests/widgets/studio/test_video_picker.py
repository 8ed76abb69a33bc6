"""Which video: the account's, the sample, or another."""

from __future__ import annotations

import threading

import pytest

import thumbnb as tb
from thumbnb import errors
from thumbnb.widgets.studio.video_picker import ANOTHER, VideoPicker


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("THUMBNB_HOME", str(tmp_path / "home"))
    with tb.connect(embedded=True, quiet=True) as client:
        yield client


def until(widget, name, wanted):
    seen = threading.Event()
    widget.observe(lambda _: wanted(getattr(widget, name)) and seen.set(), name)
    assert wanted(getattr(widget, name)) or seen.wait(180), getattr(widget, name)


@pytest.mark.slow
def test_it_lists_what_there_is_newest_first(client, sample_path):
    video = client.upload(sample_path, name="talk")
    picker = VideoPicker(client)
    until(picker._choice, "options", lambda options: len(options) == 2)
    assert picker._choice.options == [(ANOTHER, ""), ("talk (0:27)", video.id)]
    assert picker.video is None, "nobody picked one yet"
    picker._choice.value = video.id
    assert picker.video == video
    picker._choice.value = ""
    assert picker.video is None
    picker.video = video
    assert picker._choice.value == video.id


@pytest.mark.slow
def test_the_sample_is_stored_once(client):
    picker = VideoPicker(client)
    picker._sample.click()
    assert picker._sample.disabled
    until(picker, "video", lambda video: video is not None)
    until(picker._sample, "disabled", lambda disabled: not disabled)
    first, picker.video = picker.video, None
    picker._sample.click()
    until(picker, "video", lambda video: video is not None)
    assert picker.video == first
    assert len(client.videos()) == 1


def test_unavailable_sample_says_why_and_can_be_retried(client, monkeypatch):
    def fails():
        raise errors.MediaError("The disk is full.", hint="Make room.")

    monkeypatch.setattr("thumbnb.samples.video.sample_video", fails)
    picker = VideoPicker(client)
    picker._sample.click()
    until(picker, "error", lambda words: words == "The disk is full. Make room.")
    until(picker._sample, "disabled", lambda disabled: not disabled)
    assert picker.video is None


@pytest.mark.slow
def test_a_video_is_deleted_once_it_is_confirmed(client, sample_path):
    first = client.upload(sample_path, name="talk")
    second = client.upload(sample_path, name="walk")
    picker = VideoPicker(client)
    until(picker._choice, "options", lambda options: len(options) == 3)
    assert not picker._delete.visible, "nothing is picked"
    picker.video = first
    assert picker._delete.question == "Delete \u201ctalk\u201d and its thumbnails for good?"
    picker._delete.click()
    until(picker, "video", lambda video: video is None)
    assert [label for label, _ in picker._choice.options] == [ANOTHER, "walk (0:27)"]
    assert client.videos() == [second]
