"""The widgets: each stands alone, is composed by its traits, and takes keywords only.

Everything a widget shows is a trait, and every public trait is listed in the docstring
of its class. Requests run on the client's thread, so a widget's own callbacks never wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.widgets.board.sweep_board import SweepBoard as SweepBoard
    from thumbnb.widgets.controls.card_picker import CardPicker as CardPicker
    from thumbnb.widgets.controls.note import Note as Note
    from thumbnb.widgets.controls.text_field import TextField as TextField
    from thumbnb.widgets.duel.duel_view import DuelView as DuelView
    from thumbnb.widgets.form.advanced_controls import AdvancedControls as AdvancedControls
    from thumbnb.widgets.form.content_strip import ContentStrip as ContentStrip
    from thumbnb.widgets.form.pickers.person_picker import PersonPicker as PersonPicker
    from thumbnb.widgets.form.pickers.record_picker import RecordPicker as RecordPicker
    from thumbnb.widgets.form.pickers.style_source import StyleSource as StyleSource
    from thumbnb.widgets.form.prompt_field import PromptField as PromptField
    from thumbnb.widgets.form.prompt_form import PromptForm as PromptForm
    from thumbnb.widgets.grid.image_grid import ImageGrid as ImageGrid
    from thumbnb.widgets.job.job_progress import JobProgress as JobProgress
    from thumbnb.widgets.key.key_field import KeyField as KeyField
    from thumbnb.widgets.slider.timestamp_slider import TimestampSlider as TimestampSlider
    from thumbnb.widgets.studio.studio import Studio as Studio

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "AdvancedControls": "form.advanced_controls",
        "CardPicker": "controls.card_picker",
        "ContentStrip": "form.content_strip",
        "DuelView": "duel.duel_view",
        "ImageGrid": "grid.image_grid",
        "JobProgress": "job.job_progress",
        "KeyField": "key.key_field",
        "Note": "controls.note",
        "PersonPicker": "form.pickers.person_picker",
        "PromptField": "form.prompt_field",
        "PromptForm": "form.prompt_form",
        "RecordPicker": "form.pickers.record_picker",
        "StyleSource": "form.pickers.style_source",
        "SweepBoard": "board.sweep_board",
        "TextField": "controls.text_field",
        "Studio": "studio.studio",
        "TimestampSlider": "slider.timestamp_slider",
    },
)
