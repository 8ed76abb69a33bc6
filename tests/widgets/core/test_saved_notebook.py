"""A notebook that is executed by a program: small, without a secret, and with its pictures."""

from __future__ import annotations

import base64
import io
import json

import pytest
from PIL import Image

pytestmark = pytest.mark.kernel

SECRET = "yt-4f1c9-nowhere-to-be-found-78"
CONNECT = """
import threading
import thumbnb as tb
client = tb.connect(embedded=True, quiet=True)
job = client.create_project("a red balloon", options={"variations": 4}).start()
results = job.result()
job
"""
SHOWN = """
shown, landed = tb.JobProgress(job), threading.Event()
shown.observe(lambda change: change.new[0]["previews"] == 4 and landed.set(), "rows")
landed.wait(30)
shown
"""
CELLS = [CONNECT, SHOWN, "tb.KeyField()", "tb.Studio(client)", "results", "results[0]"]


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Executed as nbconvert and papermill do it, which store all state."""
    import nbclient
    import nbformat

    home = tmp_path_factory.mktemp("home")
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in CELLS])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THUMBNB_HOME", str(home))
        patch.setenv("YOUTHUMB_API_KEY", SECRET)
        runner = nbclient.NotebookClient(
            nb, timeout=120, kernel_name="python3", extra_arguments=["--log-level=50"]
        )
        runner.execute()
    return nb


def states(nb):
    stored = nb.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
    return {name: entry for name, entry in stored.items() if "anywidget" in entry["model_module"]}


def test_what_the_widgets_run_and_show_is_not_in_their_state(executed):
    found = states(executed)
    assert len(found) > 10
    for entry in found.values():
        assert "buffers" not in entry
        assert len(json.dumps(entry)) < 8_000, entry["state"]["_anywidget_id"]
        assert "_css" not in entry["state"]


def test_no_key_is_in_the_notebook_or_its_export(executed):
    from nbconvert import HTMLExporter

    exported, _ = HTMLExporter().from_notebook_node(executed)
    assert "YOUTHUMB_API_KEY" in json.dumps(executed), "where the key is from is said"
    assert SECRET not in json.dumps(executed)
    assert SECRET not in exported


def test_a_cell_is_small_and_the_notebook_too(executed):
    for cell in executed.cells:
        assert len(json.dumps(cell.outputs)) < 200_000
    state = json.dumps(executed.metadata)
    assert len(state) < 190_000


def test_the_images_stay(executed):
    from nbconvert import HTMLExporter

    widget, snapshot, _ = executed.cells[1].outputs
    assert "application/vnd.jupyter.widget-view+json" in widget["data"]
    assert "generate of “a red balloon”: done" in snapshot["data"]["text/plain"]
    with Image.open(io.BytesIO(base64.b64decode(snapshot["data"]["image/jpeg"]))) as sheet:
        assert sheet.width == 640
    exported, _ = HTMLExporter().from_notebook_node(executed)
    assert f"data:image/jpeg;base64,{snapshot['data']['image/jpeg'][:60]}" in exported
