"""thumbnb: the Jupyter toolkit for making video thumbnails.

>>> import thumbnb as tb
>>> client = tb.connect()  # doctest: +SKIP
>>> video = client.upload(tb.sample_video())  # doctest: +SKIP
>>> video.generate_thumbnail(time=5).image  # doctest: +SKIP

Names are imported when they are first used, so that ``import thumbnb`` costs little.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb import engines as engines
    from thumbnb import errors as errors
    from thumbnb import frames as frames
    from thumbnb.batches.batch import Batch as Batch
    from thumbnb.batches.batch import batch as batch
    from thumbnb.briefs import AdvancedOptions as AdvancedOptions
    from thumbnb.client.client import Client as Client
    from thumbnb.client.connect import connect as connect
    from thumbnb.client.images.results import Result as Result
    from thumbnb.client.images.results import Results as Results
    from thumbnb.client.images.storyboard import Storyboard as Storyboard
    from thumbnb.client.images.thumbnail import Thumbnail as Thumbnail
    from thumbnb.client.images.thumbnail import Thumbnails as Thumbnails
    from thumbnb.client.keys import ask_key as ask_key
    from thumbnb.client.keys import forget_key as forget_key
    from thumbnb.client.keys import save_key as save_key
    from thumbnb.client.ledger.budget import Budget as Budget
    from thumbnb.client.ledger.result_store import ResultStore as ResultStore
    from thumbnb.client.resources.collection import Collection as Collection
    from thumbnb.client.resources.person import Person as Person
    from thumbnb.client.resources.project import Project as Project
    from thumbnb.client.resources.video import Video as Video
    from thumbnb.client.run import Run as Run
    from thumbnb.client.runtime.job import Job as Job
    from thumbnb.client.runtime.progress import Progress as Progress
    from thumbnb.errors import ThumbnbError as ThumbnbError
    from thumbnb.render.output import open_result as open_result
    from thumbnb.render.preset_samples import sample_portrait as sample_portrait
    from thumbnb.samples.video import sample_video as sample_video
    from thumbnb.tuning.history import history as history
    from thumbnb.tuning.sweep import Sweep as Sweep
    from thumbnb.widgets.board.sweep_board import SweepBoard as SweepBoard
    from thumbnb.widgets.duel.duel_view import DuelView as DuelView
    from thumbnb.widgets.form.advanced_controls import AdvancedControls as AdvancedControls
    from thumbnb.widgets.form.content_strip import ContentStrip as ContentStrip
    from thumbnb.widgets.form.prompt_form import PromptForm as PromptForm
    from thumbnb.widgets.grid.image_grid import ImageGrid as ImageGrid
    from thumbnb.widgets.job.job_progress import JobProgress as JobProgress
    from thumbnb.widgets.key.key_field import KeyField as KeyField
    from thumbnb.widgets.slider.timestamp_slider import TimestampSlider as TimestampSlider
    from thumbnb.widgets.studio.studio import Studio as Studio

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "AdvancedControls": "widgets.form.advanced_controls",
        "AdvancedOptions": "briefs",
        "Batch": "batches.batch",
        "Budget": "client.ledger.budget",
        "ResultStore": "client.ledger.result_store",
        "Client": "client.client",
        "Collection": "client.resources.collection",
        "ContentStrip": "widgets.form.content_strip",
        "DuelView": "widgets.duel.duel_view",
        "ImageGrid": "widgets.grid.image_grid",
        "Job": "client.runtime.job",
        "JobProgress": "widgets.job.job_progress",
        "KeyField": "widgets.key.key_field",
        "Person": "client.resources.person",
        "Progress": "client.runtime.progress",
        "Project": "client.resources.project",
        "PromptForm": "widgets.form.prompt_form",
        "Result": "client.images.results",
        "Results": "client.images.results",
        "Run": "client.run",
        "Storyboard": "client.images.storyboard",
        "Studio": "widgets.studio.studio",
        "Sweep": "tuning.sweep",
        "SweepBoard": "widgets.board.sweep_board",
        "Thumbnail": "client.images.thumbnail",
        "Thumbnails": "client.images.thumbnail",
        "ThumbnbError": "errors",
        "TimestampSlider": "widgets.slider.timestamp_slider",
        "Video": "client.resources.video",
        "ask_key": "client.keys",
        "batch": "batches.batch",
        "connect": "client.connect",
        "engines": "",
        "errors": "",
        "forget_key": "client.keys",
        "frames": "",
        "history": "tuning.history",
        "open_result": "render.output",
        "sample_portrait": "render.preset_samples",
        "sample_video": "samples.video",
        "save_key": "client.keys",
    },
)

if "IPython" in sys.modules:
    from thumbnb.tuning import magics
    from thumbnb.widgets import cell_display

    cell_display.join()
    magics.join()


def load_ipython_extension(shell: Any) -> None:
    """Give IPython the magics ``%thumb`` and ``%%thumb``; ``import thumbnb`` does so as well."""
    from thumbnb.tuning.magics import register  # noqa: PLC0415

    register(shell)
