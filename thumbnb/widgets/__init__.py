"""The widgets: each stands alone, is composed by its traits, and takes keywords only.

Everything a widget shows it is told through traits; every trait is listed in its
class's text. Requests run on the client's thread, so a widget's own callbacks never wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.lazy import attach

if TYPE_CHECKING:
    from thumbnb.widgets.job_progress import JobProgress as JobProgress
    from thumbnb.widgets.note import Note as Note
    from thumbnb.widgets.timestamp_slider import TimestampSlider as TimestampSlider

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "JobProgress": "job_progress",
        "Note": "note",
        "TimestampSlider": "timestamp_slider",
    },
)
