"""A visit: what a visitor of the demonstration sees."""

from __future__ import annotations

from thumbnb.client.connect import connect
from thumbnb.samples.video import sample_video
from thumbnb.widgets.studio.studio import Studio


def open_studio() -> Studio:
    """Return a studio on the embedded service of this process's home, with the sample video.

    Keys of the environment are not used. Nothing is generated, so nothing is spent.

    >>> open_studio()  # doctest: +SKIP
    """
    return Studio(connect(embedded=True, quiet=True), video=sample_video())
