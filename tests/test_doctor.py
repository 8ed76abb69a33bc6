"""``thumbnb doctor`` says what is wrong, shows no key and changes nothing."""

from __future__ import annotations

from importlib import metadata

import pytest

from thumbnb import cli, doctor
from thumbnb.doctor import Finding, report
from thumbnb.render.vision import face_detectors
from thumbnb.storage.home import MARKER


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("THUMBNB_HOME", str(folder))
    for variable in ("VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "THUMBNB_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    return folder


def by_topic(findings):
    return {finding.topic: finding for finding in findings}


def test_a_sound_installation_has_nothing_wrong_and_stays_as_it_was(home, capsys):
    assert cli.main(["doctor"]) == 0
    output = capsys.readouterr().out
    assert "Nothing is wrong." in output
    for topic in (
        "thumbnb",
        "Python",
        "kernel",
        "front ends",
        "faces",
        "fonts",
        "home",
        "embedded",
        "[lab]",
    ):
        assert topic in output
    assert not home.exists()


@pytest.mark.parametrize("scikit_image", [True, False])
def test_an_opencv_without_cascades_is_reported_with_the_way_out(monkeypatch, scikit_image):
    cv2 = pytest.importorskip("cv2")
    monkeypatch.delattr(cv2, "CascadeClassifier", raising=False)  # as of OpenCV 5
    monkeypatch.setattr(face_detectors, "_HAS_SCIKIT_IMAGE", scikit_image)
    (finding,) = doctor._faces()
    assert bool(finding.wrong) is not scikit_image
    if finding.wrong:
        assert "shown whole" in finding.text
        assert "'opencv-python-headless<5'" in finding.wrong
        assert "scikit-image" in finding.wrong


@pytest.mark.slow
def test_a_key_is_reported_but_never_shown(home, monkeypatch, capsys):
    monkeypatch.setenv("YOUTHUMB_API_KEY", "yt-very-secret")
    cli.main(["doctor", "--offline"])
    output = capsys.readouterr().out
    assert "found in YOUTHUMB_API_KEY" in output
    assert "very-secret" not in output


def test_unreachable_service_is_reported_without_the_key(home, monkeypatch, refused_url):
    monkeypatch.setenv("YOUTHUMB_API_KEY", "yt-very-secret")
    monkeypatch.setattr("thumbnb.api.youthumb.BASE_URL", refused_url)
    monkeypatch.setattr("thumbnb.client.connect._YOUTHUMB", connect_to(refused_url))
    finding = by_topic(doctor._hosted_services(offline=False))["YouThumb key"]
    assert finding.wrong
    assert "very-secret" not in finding.wrong + finding.text


def connect_to(url):
    from thumbnb.client.connect import _YOUTHUMB

    return _YOUTHUMB._replace(url=url)


@pytest.fixture
def refused_url(unused_port):
    return f"http://127.0.0.1:{unused_port}/api"


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        yield listener.getsockname()[1]  # bound, and nobody listens


def test_a_folder_that_is_no_home_is_wrong(home):
    home.mkdir()
    (home / "thesis.doc").write_text("mine")
    assert "not a home" in by_topic(doctor._home())["home"].wrong
    assert not (home / MARKER).exists()


@pytest.mark.parametrize(
    ("version", "says"), [(None, "pip install 'pillow"), ("1.0", "pillow is 1.0")]
)
def test_a_missing_or_old_package_is_named_with_the_way_to_get_it(home, monkeypatch, version, says):
    real = metadata.version

    def installed(name):
        if name != "pillow":
            return real(name)
        if version is None:
            raise metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(metadata, "version", installed)
    assert says in by_topic(doctor._packages())["packages"].wrong


@pytest.mark.parametrize(("version", "says"), [("0.23.13", "pip install 'marimo"), ("0.25.2", "")])
def test_a_marimo_that_cannot_show_a_form_is_named(home, monkeypatch, version, says):
    real = metadata.version
    monkeypatch.setattr(
        metadata, "version", lambda name: version if name == "marimo" else real(name)
    )
    wrong = by_topic(doctor._kernel())["front ends"].wrong
    assert says in wrong
    assert bool(wrong) == bool(says)


def test_the_report_ends_with_what_is_wrong():
    text = report([Finding("one", "good"), Finding("two", "bad", "Mend the second.")])
    assert text.splitlines()[-2:] == ["What is wrong:", "- Mend the second."]
