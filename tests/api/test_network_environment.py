"""Settings of the network in the environment: unread where they are not needed, else named."""

from __future__ import annotations

import pytest

import thumbnb as tb
from thumbnb import errors

UNUSABLE = [
    ("ALL_PROXY", "socks9://user:s3cret@proxy.example:1"),
    ("ALL_PROXY", "socks5://user:s3cret@proxy.example:1"),  # without the package socksio
    ("HTTPS_PROXY", "nonsense://user:s3cret@proxy.example"),
    ("NO_PROXY", "[::1]"),
    ("HTTPS_PROXY", "http://user:s3cret@proxy.example:99999"),
    ("SSL_CERT_FILE", "/nowhere/certificates.pem"),
    ("SSL_CERT_DIR", "/nowhere/certificates"),
    ("SSLKEYLOGFILE", "/nowhere/keys.log"),
]
NAMES = ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(params=UNUSABLE, ids=lambda each: "=".join(each)[:24])
def variable(request, monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv(*request.param)
    return request.param[0]


def test_the_embedded_service_reads_none_of_them(variable, tmp_path):
    client = tb.connect(embedded=True, home=tmp_path, quiet=True)
    assert client.presets()
    assert client.videos() == []
    client.close()


def test_the_hosted_client_names_the_one_that_cannot_be_used(variable, tmp_path):
    client = tb.connect(videodb_key="k", youthumb_key="k", home=tmp_path, quiet=True)
    with pytest.raises(errors.InvalidInput, match=variable) as caught:
        client.presets()
    assert "s3cret" not in str(caught.value)
    client.close()


def test_a_port_that_there_cannot_be_is_refused_wherever_it_is_given(tmp_path):
    with pytest.raises(errors.InvalidInput, match="port"):
        tb.connect(videodb_key="k", videodb_url="https://videodb.example:99999", home=tmp_path)
    with tb.connect(embedded=True, home=tmp_path, quiet=True) as client:
        with pytest.raises(errors.ThumbnbError):
            client.create_project("A kite", style_reference="https://pictures.example:70000/a.png")
        with pytest.raises(errors.InvalidInput, match="port"):
            client.preview("https://pictures.example:70000/a.png")
