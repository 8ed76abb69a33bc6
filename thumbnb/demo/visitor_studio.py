"""The studio that a visitor of the demonstration sees."""

from __future__ import annotations

from thumbnb.client.connect import connect
from thumbnb.samples.video import sample_video
from thumbnb.widgets.studio.studio import Studio

# The film begins in the dark: a visitor first sees a frame worth having (seconds).
_TIME = 5.0


def open_studio() -> Studio:
    """Return a studio on the embedded service of this process's home, with the sample video.

    Keys of the environment are not used. Nothing is generated, so nothing is spent.

    >>> open_studio()  # doctest: +SKIP
    """
    client = connect(embedded=True, quiet=True)
    studio = Studio(client, video=client.upload(sample_video()))
    studio.slider.value = _TIME
    return studio
