"""The Python of each step of the studio; one after the other they are a script that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from thumbnb.client.client_code import connect_code
from thumbnb.client.ledger import prices
from thumbnb.widgets.form.project_code import creating, image_code, known_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from thumbnb.client.client import Client
    from thumbnb.client.images.thumbnail import Thumbnail
    from thumbnb.widgets.form.prompt_form import PromptForm
    from thumbnb.widgets.slider.timestamp_slider import TimestampSlider

# The traits of a form that are in its code.
FORM_TRAITS = ["prompt", "title", "preset", "name", "person", "template", "style_reference"]
FORM_TRAITS += ["youtube_url", "content_images"]

RUN = "job = project.start()\nresults = job.result()  # or: await job"
COMPARE = "grid = tb.ImageGrid(results)  # results.images are Pillow images\ngrid"


class Scripts:
    """What the steps' code is read from."""

    def __init__(self, client: Client, slider: TimestampSlider, form: PromptForm) -> None:
        self._client = client
        self._slider = slider
        self._form = form
        self._written: list[tuple[Any, str]] = []

    def use_client(self, client: Client) -> None:
        """Write the code of another client from now on."""
        self._client = client

    @property
    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        """The steps in order: the title, and what returns the code."""
        return [
            ("Pick a frame", self.frame),
            ("Describe", self.brief),
            ("Generate", lambda: RUN),
            ("Compare", lambda: COMPARE),
        ]

    def frame(self) -> str:
        """Return the lines that connect, and make the frame that was made or would be."""
        head, video, made = connect_code(self._client), self._slider.video, self._slider.thumbnail
        if video is None:
            return head
        time = self._slider.value if made is None else made.time
        size = "" if made is None else ", width={}, height={}".format(*made.size)
        return (
            f'{head}\nvideo = client.video("{video.id}")\n'
            f"frame = video.generate_thumbnail(time={round(time, 6)!r}{size})"
        )

    def brief(self) -> str:
        """Return the statement that makes the project; the frame has the name it was given."""
        made, given = self._slider.thumbnail, self._form.given()
        images = [*given.get("content_images", ()), given.get("style_reference")]
        # Written at each key press: what was encoded for it once is not encoded again.
        self._written = [
            (item, known_as(item, self._written) or image_code(self._client, item))
            for item in images
            if item is not None and item is not made
        ]
        return creating(self._client, given, names=[(made, "frame"), *self._written])


def frame_words(made: Thumbnail) -> str:
    """Say which frame was made."""
    size = "{} x {}".format(*made.size)
    return size if made.time is None else f"{made.time:.2f} s, {size}"


def price_words(price: float, left: float | None) -> str:
    """Say what a generation costs, and what is there to pay it with."""
    costs = prices.amount(price)
    return costs if left is None else f"{costs} of {left:g}"
