"""The notebooks run from top to bottom, in a real kernel, and show what they say."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from PIL import Image

from thumbnb.widgets.core.snapshot import SAVED_STYLE

if TYPE_CHECKING:
    import nbformat

pytestmark = pytest.mark.kernel

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FRAMES = ROOT / "notebooks" / "01_frames.ipynb"
PROMPTS = ROOT / "notebooks" / "02_prompts.ipynb"
STUDIO = ROOT / "notebooks" / "03_studio.ipynb"
TUNING = ROOT / "notebooks" / "04_tuning.ipynb"
TOUR = ROOT / "notebooks" / "00_tour.ipynb"
BATCH = ROOT / "notebooks" / "05_batch.ipynb"
COMPOSED = ROOT / "notebooks" / "06_compose_widgets.ipynb"
HOSTED = ROOT / "notebooks" / "07_hosted.ipynb"
ASYNC = ROOT / "notebooks" / "08_async.ipynb"


class ThisInterpreter(AsyncKernelManager):
    """Starts the Python that runs the tests, whatever kernels are installed."""

    @property
    def kernel_spec(self) -> KernelSpec:
        command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
        return KernelSpec(argv=[*command, "-f", "{connection_file}"], language="python")

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        await super().start_kernel(**options)
        assert isinstance(self.provisioner, LocalProvisioner)
        kernels.append(self.provisioner.process)


kernels: list[Any] = []
"""The processes of kernels: the manager waits five seconds for an end, too few for a busy one."""


def executed_once(path: Path) -> Any:
    """A fixture: a notebook with its outputs, executed for the first test that asks for it."""

    @pytest.fixture(scope="module")
    def notebook(tmp_path_factory) -> nbformat.NotebookNode:
        return execute(path, tmp_path_factory.mktemp("notebooks-home"))

    return notebook


executed = executed_once(FRAMES)
prompted = executed_once(PROMPTS)
walked = executed_once(STUDIO)
tuned = executed_once(TUNING)
toured = executed_once(TOUR)
batched = executed_once(BATCH)
composed = executed_once(COMPOSED)
hosted = executed_once(HOSTED)
awaited = executed_once(ASYNC)


def execute(path: Path, home: Path) -> nbformat.NotebookNode:
    """A notebook with the outputs of a run in a fresh home, without any network."""
    import nbformat
    from nbclient import NotebookClient

    # Whatever leaves this machine meets a wall.
    wall = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    keys = ("VIDEO_DB_API_KEY", "YOUTHUMB_API_KEY", "THUMBNB_TOKEN", "OPENAI_API_KEY")
    env = {name: value for name, value in os.environ.items() if name not in keys}
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=240,
        kernel_manager_class=ThisInterpreter,
        resources={"metadata": {"path": str(home)}},
    ).execute(env={**env, **wall, "THUMBNB_HOME": str(home), "PYTHONPATH": str(ROOT)})
    kernels.pop().wait(180)
    return notebook


def shown(notebook: nbformat.NotebookNode, cell_id: str) -> dict[str, str]:
    """What a cell shows, by MIME type; its last output, if it has several."""
    (cell,) = (c for c in notebook.cells if c.id == cell_id)
    outputs = [each.data for each in cell.outputs if each.get("data") not in (None, SAVED_STYLE)]
    assert outputs, f"the cell {cell_id} shows nothing"
    return outputs[-1]


def picture(notebook: nbformat.NotebookNode, cell_id: str) -> Image.Image:
    data = shown(notebook, cell_id)
    (kind,) = {"image/png", "image/jpeg"} & set(data)
    return Image.open(io.BytesIO(base64.b64decode(data[kind])))


each = pytest.mark.parametrize(
    "which",
    [
        "toured",
        "executed",
        "prompted",
        "walked",
        "tuned",
        "batched",
        "composed",
        "hosted",
        "awaited",
    ],
)


@each
def test_it_says_that_it_works_on_this_machine(which, request):
    (cell,) = (c for c in request.getfixturevalue(which).cells if c.id == "connect")
    output = "".join(o.get("text", "") or o.data["text/plain"] for o in cell.outputs)
    assert "embedded" in output


def test_the_video_says_what_it_is(executed):
    assert "1280x720" in shown(executed, "upload")["text/plain"]


def test_a_frame_shows_itself_in_the_size_asked_for(executed):
    frame = picture(executed, "frame").convert("RGB")
    assert frame.size == (640, 360)
    assert max(high - low for low, high in frame.getextrema()) > 100, "a picture, not a plain area"
    assert shown(executed, "frame-image")["text/plain"] == "((640, 360), 'RGB')"


def test_the_first_frame_is_dark_and_the_videos_own_thumbnail_is_not(executed):
    first, own = (picture(executed, cell).convert("L") for cell in ("first", "default"))
    assert first.size == own.size == (320, 180)
    assert first.getextrema()[1] < 32
    assert own.getextrema()[1] > 150


def test_many_frames_make_a_contact_sheet(executed):
    two_rows, one_row = (picture(executed, cell) for cell in ("many", "suggest-frames"))
    assert two_rows.width == one_row.width >= 600
    assert two_rows.height > 1.9 * one_row.height


def test_a_job_gives_its_thumbnail(executed):
    assert picture(executed, "job-result").size == (640, 360)
    assert shown(executed, "job")["text/plain"]


def test_the_storyboard_is_a_sheet_and_knows_its_times(executed):
    assert picture(executed, "storyboard").width >= 640
    assert "20 tiles" in shown(executed, "storyboard")["text/plain"]
    times = [
        float(t) for t in re.findall(r"[\d.]+", shown(executed, "storyboard-times")["text/plain"])
    ]
    assert len(set(times)) == 20
    assert times == sorted(times)


def test_suggestions_come_with_reasons_and_thumbnails_as_a_table(executed):
    assert "sharp" in shown(executed, "suggest")["text/html"]
    table = shown(executed, "table")["text/html"]
    assert {"<th>id</th>", "<th>time</th>", "<th>width</th>"} <= set(
        re.findall("<th>.*?</th>", table)
    )
    assert "640" in table
    assert picture(executed, "winner").size == (640, 360)


def test_a_prompt_becomes_an_image(prompted):
    image = picture(prompted, "prompt").convert("RGB")
    assert image.size == (640, 360)
    assert max(high - low for low, high in image.getextrema()) > 150


def test_the_presets_are_a_table(prompted):
    table = shown(prompted, "presets")["text/html"]
    assert table.count("<tr") == 16
    assert "mrbeast-viral" in table


def test_four_variations_make_a_sheet_and_a_table(prompted):
    sheet = picture(prompted, "results")
    assert sheet.width > 600
    assert sheet.height > 340
    assert shown(prompted, "images")["text/plain"].count("(1280, 720)") == 4
    table = shown(prompted, "table")["text/html"]
    assert table.count("<tr") == 5
    assert "score_legibility" in table


def test_the_report_says_what_became_of_the_options(prompted):
    table = shown(prompted, "report")["text/html"]
    assert {"title", "background_blur", "person"} <= set(re.findall(r"<td>(\w+)</td>", table))
    assert "applied" in table


def test_it_goes_on_from_a_result_and_takes_over_a_style(prompted):
    for cell in ("change", "style"):
        assert picture(prompted, cell).size == (640, 360)
    assert "credits left" in shown(prompted, "usage")["text/plain"]
    assert len(shown(prompted, "improve")["text/plain"]) > 40


def test_a_widget_leaves_its_images_in_the_notebook(walked):
    for cell in ("slider", "job", "grid"):
        (code,) = (c for c in walked.cells if c.id == cell)
        widget, snapshot, style = [output.data for output in code.outputs]
        assert style == SAVED_STYLE
        assert "application/vnd.jupyter.widget-view+json" in widget
        assert "image/jpeg" in snapshot
    assert picture(walked, "grid").width >= 600


def test_the_studios_notebook_goes_the_whole_way(walked):
    assert shown(walked, "frame")["text/plain"] == "(5.0, (1280, 720))"
    assert picture(walked, "use").size == (640, 360)
    (code,) = (c for c in walked.cells if c.id == "code")
    assert "client.create_project(" in code.outputs[0].text
    assert shown(walked, "table")["text/html"].count("<tr") >= 5


@each
def test_no_cell_fails_or_complains(which, request):
    for cell in request.getfixturevalue(which).cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error"
            # A slow machine may see the upload's progress there, nothing else.
            complaint = re.search(r"Warning|Error|Traceback|Not shown", output.get("text", ""))
            assert not complaint, output.text


@each
def test_saved_it_stays_small_and_holds_no_secret(which, request, tmp_path_factory):
    import nbformat

    notebook = request.getfixturevalue(which)
    saved = nbformat.writes(notebook)
    outside = {name: part for name, part in notebook.metadata.items() if name != "widgets"}
    assert len(json.dumps([notebook.cells, outside])) < 350_000
    assert len(saved) < 530_000, "with the state of all widgets, as only programs store it"
    homes = tmp_path_factory.getbasetemp().glob("notebooks-home*")
    secrets = [
        (home / name).read_text().strip() for home in homes for name in ("token", "signing-key")
    ]
    assert min(map(len, secrets)) > 20
    assert not any(secret in saved for secret in secrets)
    assert not re.search(
        r"(?i)(signature|token|api[_-]?key)[\"']?\s*[=:]\s*[\"']?[\w-]{12,}", saved
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_it_is_committed_without_outputs(path):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert json.loads(path.read_text())["metadata"]["kernelspec"]["name"] == "python3"


def test_a_sweep_is_planned_made_and_free_again(tuned):
    assert "8 credits" in shown(tuned, "plan")["text/html"]
    assert shown(tuned, "wait")["text/plain"].startswith("({'waiting': 0, 'running': 0, 'done': 8")
    assert shown(tuned, "again")["text/plain"] == "(8.0, 0.0)"


def test_the_effects_find_what_the_votes_followed(tuned):
    effects = shown(tuned, "effects")
    assert "data:image/png" in effects["text/html"]
    assert "choice" in shown(tuned, "votes")["text/plain"]
    assert "starred" in shown(tuned, "table")["text/html"]
    assert picture(tuned, "best").width >= 400
    assert "works when it is small" in shown(tuned, "history")["text/html"]


def text_of(notebook: nbformat.NotebookNode, cell_id: str) -> str:
    """What a cell prints."""
    (cell,) = (c for c in notebook.cells if c.id == cell_id)
    return "".join(output.get("text", "") for output in cell.outputs)


def test_the_tour_goes_from_a_film_to_a_pack(toured):
    assert picture(toured, "frame").size == (640, 360)
    assert picture(toured, "results").width >= 600
    assert "6 credits" in shown(toured, "plan")["text/html"]
    assert "choices" in text_of(toured, "vote")
    assert "pack" in shown(toured, "pack")["text/plain"]
    assert picture(toured, "languages").width >= 600
    assert shown(toured, "layers")["text/plain"] == "['thumbnail.psd', 'thumbnail.svg']"


def test_a_folder_of_clips_becomes_a_catalogue(batched):
    assert shown(batched, "best")["text/html"].count("<img ") == 4
    assert picture(batched, "sheet").width >= 600
    assert shown(batched, "again")["text/plain"] == "[0.0, 0.0, 0.0, 0.0]"
    assert "2 credits" in shown(batched, "plan")["text/html"]
    assert "There is no file" in shown(batched, "failed")["text/html"]
    assert picture(batched, "german").width == 640


def test_widgets_are_put_together_and_the_button_makes_an_image(composed):
    assert shown(composed, "slider-value")["text/plain"] == "(13.0, (1280, 720))"
    assert shown(composed, "grid-starred")["text/plain"] == "['gold']"
    assert "variations 2" in shown(composed, "controls-value")["text/plain"]
    assert shown(composed, "press")["text/plain"] == "1"


def test_without_keys_each_part_says_what_it_leaves_out(hosted):
    assert "no key, so the embedded service" in text_of(hosted, "hosted")
    assert "Nothing was sent" in text_of(hosted, "over")
    assert "read from disk: True" in text_of(hosted, "spend")
    assert "Left out" in text_of(hosted, "frames")
    assert "Left out" in text_of(hosted, "engine")
    assert "compositor" in shown(hosted, "engines")["text/html"]


def test_many_at_once_land_and_one_that_fails_leaves_the_others(awaited):
    assert picture(awaited, "gather").width >= 600
    assert "went on: True" in shown(awaited, "beside")["text/plain"]
    assert "['Thumbnail', 'TimeOutOfRange', 'Thumbnail']" in shown(awaited, "fails")["text/plain"]
    assert "not waited for" in text_of(awaited, "limit")
    assert shown(awaited, "script")["text/plain"] == "[(1280, 720), (1280, 720)]"
