"""A Job alone in a cell: a widget where there are cells, words where there are none."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
if {kernel}:
    shell.kernel = object()
import thumbnb
assert not {{"ipywidgets", "anywidget", "PIL", "pydantic"}} & set(sys.modules)
from thumbnb.client.runtime.job import Job
async def work(): return 1
job = Job("upload", work)
job.result()
from IPython.display import display
display(job)
print("widget" if "anywidget" in sys.modules else "words")
"""


@pytest.mark.parametrize(("kernel", "shown"), [(True, "widget"), (False, "words")])
def test_a_job_is_shown_by_what_there_is(kernel, shown):
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(kernel=kernel)],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == shown
    assert "Job upload: done" in done.stdout
