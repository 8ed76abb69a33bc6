"""A notebook that was saved, and its HTML export: small, and without a secret."""

from __future__ import annotations

import os

KEY = "sk-live-0123456789abcdef"
MAX_BYTES = 300_000
CELLS = (
    """
import thumbnb as tb
client = tb.connect(quiet=True)
video = client.upload(tb.sample_video())
slider = tb.TimestampSlider(video)
slider""",
    f"""
key = bytes.fromhex({KEY.encode().hex()!r}).decode()  # it must not stand in the cell itself
field = tb.KeyField("YouThumb")
field._on_browser_message(field, {{"kind": "key", "key": key, "save": False, "number": "1"}}, [])
field""",
    """
project = client.create_project("A rocket over the sea", title="LIFT OFF",
                                options=tb.AdvancedOptions(variations=2))
job = project.start()
job""",
    "pictures = job.result().images\ngrid = tb.ImageGrid(pictures)\ngrid",
    """
import time
until = time.monotonic() + 60
while not (field.has_key and slider.frame) and time.monotonic() < until:
    time.sleep(0.02)
assert field.key.get_secret_value().startswith("sk-") and slider.frame
field""",
)


def secrets(home):
    """The key that was entered, and what the embedded service keeps to itself."""
    own = [(home / name).read_text().strip() for name in ("token", "signing-key")]
    assert min(map(len, own)) > 20
    return [KEY, *own]


def exported(notebook):
    from nbconvert import HTMLExporter

    # Without the template's own styles, which are larger than all the rest.
    return HTMLExporter(template_name="basic").from_notebook_node(notebook)[0]


def judge(text, home):
    assert "thumbnb-snapshot" in text, "what stays of the widgets is there"
    assert [secret for secret in secrets(home) if secret in text] == []
    assert len(text.encode()) < MAX_BYTES


def test_executed_by_a_program(home):
    """nbclient and `jupyter nbconvert --execute` store the state of every widget by default."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in CELLS])
    NotebookClient(notebook, timeout=120).execute(env={**os.environ, "THUMBNB_HOME": str(home)})
    assert notebook.metadata.widgets
    judge(nbformat.writes(notebook), home)
    judge(exported(notebook), home)


def test_saved_in_the_browser(notebook, home):
    import nbformat

    nb = notebook(*CELLS)
    saved = nb.save()
    judge(saved.read_text(), home)
    assert "application/vnd.jupyter.widget-state+json" not in saved.read_text()
    judge(exported(nbformat.read(saved, as_version=4)), home)
    assert KEY not in nb.page.content(), "nor is it in the page"
