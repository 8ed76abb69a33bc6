"""Whatever is given to a public call, what comes out is a result or an error of ``tb.errors``."""

from __future__ import annotations

import contextlib
import datetime as dt
import decimal
import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

import thumbnb as tb
from tests.public_api import public_calls

pytestmark = pytest.mark.slow

# More than suffice while working: THUMBNB_ODD_INPUTS=5000 looks closer.
EXAMPLES = int(os.environ.get("THUMBNB_ODD_INPUTS", "200"))
# No error that is raised as it comes, but for those that end the program.
ALLOWED = (tb.ThumbnbError,)


class Unfriendly:
    """An object that answers nothing, as some of other packages do."""

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self):
        raise RuntimeError("no repr")

    def __eq__(self, other):
        raise RuntimeError("no ==")


def closed_file():
    file = io.BytesIO(b"x")
    file.close()
    return file


OBJECTS = [
    object(), int, tb, Unfriendly(), lambda: 1, Exception("x"), 1j, set(), {1: 2}, {"a": object()},
    Path("\0"), Path.home(), closed_file(), io.StringIO("x"), io.BytesIO(),
    Image.new("RGB", (0, 5)), Image.new("F", (3, 3)), decimal.Decimal("NaN"),
    dt.datetime(2026, 1, 1, tzinfo=dt.UTC), np.int64(3), np.zeros(3), np.zeros((0, 3)),
    np.zeros((4, 4, 4, 4)), np.array(["a"]), np.zeros((2, 2, 2, 2, 2)),
]  # fmt: skip
TEXTS = [
    "\ud800", "\0", "x" * 5000, "../../..", "~nobody/x", "https://", "http://[", "0:05", "1e400",
    "https://www.youtube.com/watch?v=x", "data:,", "data:image/png;base64,AAAA", "file:///etc",
]  # fmt: skip
ODD = st.one_of(
    st.sampled_from(OBJECTS),
    st.sampled_from(TEXTS),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(max_size=9),
        lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    ),
)


@pytest.fixture(scope="module")
def calls(tmp_path_factory):
    """Everything public, in a home of its own, its work done in this process."""
    folder = tmp_path_factory.mktemp("odd")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THUMBNB_WORKERS", "threads")
        patch.setenv("THUMBNB_HOME", str(folder / "default"))
        patch.chdir(folder)
        # Nobody is asked for a key, and none goes into the keyring of whoever runs the tests.
        patch.setattr("thumbnb.client.keys.getpass", lambda _: "k" * 20)
        patch.setattr("thumbnb.client.keys._keyring", lambda: None)
        yield list(public_calls(folder / "home"))


@pytest.mark.filterwarnings("ignore")  # of what is odd other packages warn
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES <= 200,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_odd_inputs_are_refused_in_our_own_words(calls, data):
    call = data.draw(st.sampled_from(calls))
    name = data.draw(st.sampled_from([each.name for each in call.parameters]))
    value = data.draw(ODD)
    with contextlib.suppress(*ALLOWED):
        call.call(name, value)


def test_enough_is_found_to_be_tried(calls):
    names = {call.name for call in calls}
    assert len(calls) > 80
    assert {"thumbnb.connect", "Client.upload", "Project.generate", "ImageGrid.add"} <= names
    assert {"thumbnb.ask_key", "thumbnb.save_key", "thumbnb.forget_key", "thumbnb.Studio"} <= names
