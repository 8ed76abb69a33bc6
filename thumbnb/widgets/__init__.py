"""The widgets: each stands alone, is composed by its traits, and takes keywords only.

Everything a widget shows it is told through traits; every trait is listed in its
class's text. Requests run on the client's thread, so a widget's own callbacks never wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.widgets.advanced_controls import AdvancedControls as AdvancedControls
    from thumbnb.widgets.card_picker import CardPicker as CardPicker
    from thumbnb.widgets.content_strip import ContentStrip as ContentStrip
    from thumbnb.widgets.fields import PromptField as PromptField
    from thumbnb.widgets.fields import TextField as TextField
    from thumbnb.widgets.image_grid import ImageGrid as ImageGrid
    from thumbnb.widgets.job_progress import JobProgress as JobProgress
    from thumbnb.widgets.key_field import KeyField as KeyField
    from thumbnb.widgets.note import Note as Note
    from thumbnb.widgets.person_picker import PersonPicker as PersonPicker
    from thumbnb.widgets.prompt_form import PromptForm as PromptForm
    from thumbnb.widgets.record_picker import RecordPicker as RecordPicker
    from thumbnb.widgets.studio import Studio as Studio
    from thumbnb.widgets.style_source import StyleSource as StyleSource
    from thumbnb.widgets.timestamp_slider import TimestampSlider as TimestampSlider

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "AdvancedControls": "advanced_controls",
        "CardPicker": "card_picker",
        "ContentStrip": "content_strip",
        "ImageGrid": "image_grid",
        "JobProgress": "job_progress",
        "KeyField": "key_field",
        "Note": "note",
        "PersonPicker": "person_picker",
        "PromptField": "fields",
        "PromptForm": "prompt_form",
        "RecordPicker": "record_picker",
        "StyleSource": "style_source",
        "TextField": "fields",
        "Studio": "studio",
        "TimestampSlider": "timestamp_slider",
    },
)
