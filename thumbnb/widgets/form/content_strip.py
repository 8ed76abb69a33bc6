"""The content strip: images for a thumbnail, dropped, pasted or chosen, and put in order."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import traitlets

from thumbnb import errors
from thumbnb.briefs import MAX_CONTENT_IMAGES
from thumbnb.client.images.image import StoredImage
from thumbnb.client.purchases.assets import image_list
from thumbnb.text.short_repr import short_repr
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.check_client import check_client
from thumbnb.widgets.core.chunked_upload import MAX_IMAGE, ChunkedUploads, clean_file_name
from thumbnb.widgets.core.synced_traits import Bool, Int, List, Text
from thumbnb.widgets.core.widget import Widget, handles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thumbnb.client.client import Client
    from thumbnb.client.purchases.assets import ImageInput

PREVIEW = (320, 180)


class Item(NamedTuple):
    """An image of the strip, and its name."""

    image: Any
    name: str


class ContentStrip(Widget, front_end="content_strip.js"):
    """A strip of images: drop, paste or choose files; remove them, put them in order.

    Traits: ``images``, in order: anything the client takes as an image, to be set and
    observed (files that come from the browser are bytes); their ``names``;
    ``max_images``; ``in_prompt``, whether a prompt names them @image1 and so on;
    ``label``, ``hint``, ``fault``. Nothing is uploaded.

    ``add(image, name=...)`` adds one; ``on_pick`` calls back with the number (from 1)
    of an image that is clicked; ``on_arrange`` with the new number of each image that
    was there, None where it is gone.

    >>> strip = ContentStrip(client, max_images=3)  # doctest: +SKIP
    >>> strip.add("face.png")  # doctest: +SKIP
    """

    repr_traits = ("label", "names")

    images = traitlets.Tuple(help="The images, in order.")
    value = List(traitlets.Unicode(), help="Their ids, in order, as the browser has them.")
    names = List(help="Their names, in order.")
    label = Text("Images")
    hint = Text()
    fault = Text(help="What is wrong with them, in words.")
    max_images = Int(MAX_CONTENT_IMAGES, help="How many there may be.")
    max_bytes = Int(MAX_IMAGE, help="How large a file from the browser may be.")
    in_prompt = Bool(False, help="Whether a prompt names them @image1 and so on.")

    def __init__(self, client: Client, *, images: Iterable[ImageInput] = (), **traits: Any) -> None:
        self._client = check_client(client)
        self._numbers = itertools.count(1)
        self._items: dict[str, Item] = {}
        self._order: list[str] = []
        self._uploads = ChunkedUploads()
        self._pick_callbacks: list[Callable[[int], None]] = []
        self._arrange_callbacks: list[Callable[[dict[int, int | None]], None]] = []
        super().__init__(**traits)
        self.observe(self._set_images, "images")
        self.observe(self._apply_order, "value")
        self.images = tuple(image_list(images))

    # -- what is in it ------------------------------------------------------------

    def use_client(self, client: Client) -> None:
        """Use another client from now on."""
        self._client = client

    def add(self, image: ImageInput, *, name: str = "") -> int:
        """Add an image at the end; return its number, from 1."""
        if not isinstance(name, str):
            raise errors.InvalidInput(f"name is a text, not {short_repr(name)}.")
        if len(self.value) >= self.max_images:
            raise errors.InvalidInput(
                f"{self.label}: there is room for {self.max_images}.", hint="Take one out first."
            )
        key = f"p{next(self._numbers)}"
        self._items[key] = Item(image, clean_file_name(name or name_of(image)))
        self.value = [*self.value, key]
        return len(self.value)

    def on_pick(self, call: Callable[[int], None]) -> None:
        """Call back with the number of an image that is clicked."""
        self._pick_callbacks.append(call)

    def on_arrange(self, call: Callable[[dict[int, int | None]], None]) -> None:
        """Call back with the new number of every image that was there."""
        self._arrange_callbacks.append(call)

    def _set_images(self, change: Any) -> None:
        """Show the images that were set; those that were there keep their ids."""
        if len(change.new) > self.max_images:
            self.images = change.old
            raise errors.InvalidInput(
                f"{self.label}: up to {self.max_images} images, not {len(change.new)}."
            )
        known: dict[int, list[str]] = {}
        for key in self.value:
            known.setdefault(id(self._items[key].image), []).append(key)
        keys = []
        for image in change.new:
            same = known.get(id(image))
            key = same.pop(0) if same else f"p{next(self._numbers)}"
            self._items.setdefault(key, Item(image, clean_file_name(name_of(image))))
            keys.append(key)
        self.value = keys

    def _apply_order(self, change: Any) -> None:
        """Follow an order, set here or in the browser, which may also leave some out."""
        wanted = list(dict.fromkeys(key for key in change.new if key in self._items))
        if wanted != change.new:
            self.value = wanted
            return
        moved = {key: number for number, key in enumerate(wanted, 1)}
        numbers = {number: moved.get(key) for number, key in enumerate(self._order, 1)}
        self._order = wanted
        self._items = {key: self._items[key] for key in wanted}
        self.names = [item.name for item in self._items.values()]
        self.images = tuple(item.image for item in self._items.values())
        if any(old != new for old, new in numbers.items()):
            for call in self._arrange_callbacks:
                call(numbers)

    # -- what the browser asks ----------------------------------------------------

    @handles("add")
    async def _add(
        self, name: str = "", upload_id: str = "", size: int = 0, buffers: Any = ()
    ) -> dict[str, Any]:
        data = self._uploads.add(str(upload_id), size, list(buffers))
        if data is not None:
            await self._client.preview.aio(data, size=PREVIEW)  # it is an image
            add = self.catch_errors(lambda: self.add(data, name=name))
            trait_updates.shared.call(self, add)
        return {}

    @handles("preview")
    async def _preview(self, key: str = "") -> tuple[dict[str, Any], list[bytes]]:
        item = self._items.get(str(key))
        if item is None:
            return {}, []
        return {}, [await self._client.preview.aio(item.image, size=PREVIEW)]

    @handles("pick")
    def _picked(self, key: str = "") -> None:
        if key in self.value:
            number = self.value.index(key) + 1
            for call in self._pick_callbacks:
                trait_updates.shared.call(self, self.catch_errors(lambda call=call: call(number)))


def name_of(image: Any) -> str:
    """Return a name for an image of any kind."""
    if isinstance(image, str | Path):
        return Path(str(image).partition("?")[0]).name
    if isinstance(image, StoredImage):
        time = getattr(image, "time", None)
        return f"frame at {time:.1f} s" if time is not None else "result"
    return "image"
