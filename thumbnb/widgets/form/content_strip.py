"""Pictures that go into a brief: dropped, pasted, chosen, put in order."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import traitlets

from thumbnb import errors
from thumbnb.briefs import MAX_CONTENT_IMAGES
from thumbnb.client.images.image import StoredImage
from thumbnb.widgets.core import trait_updates
from thumbnb.widgets.core.chunked_upload import Parcels, plain_name
from thumbnb.widgets.core.synced_traits import Bool, Int, List, Text
from thumbnb.widgets.core.widget import Widget, answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from thumbnb.client.client import Client
    from thumbnb.client.purchases.assets import ImageInput

PREVIEW = (320, 180)


class Item(NamedTuple):
    """A picture of the strip: what it is, and what it is called."""

    picture: Any
    name: str


class ContentStrip(
    Widget, front_file=("controls/field_frame", "core/browser/chunked_upload", "form/content_strip")
):
    """A strip of pictures: drop, paste or choose files; remove them, put them in order.

    Traits: ``images``, in order: what the client takes as a picture, to be set and
    observed (files that come from the browser are bytes); ``names``, what they are
    called; ``most``, how many there may be; ``named``, whether they are named in a prompt;
    ``label``, ``hint``, ``fault``. Nothing is uploaded.

    ``add(picture, name=...)`` adds one; ``on_pick`` calls back with the number (from 1)
    of a picture that is clicked; ``on_arrange`` with the new number of each that was
    there, None where it is gone.

    >>> strip = ContentStrip(client, most=3)  # doctest: +SKIP
    >>> strip.add("face.png")  # doctest: +SKIP
    """

    told = ("label", "names")

    images = traitlets.Tuple(help="The pictures, in order.")
    value = List(traitlets.Unicode(), help="Their ids, in order, as the browser has them.")
    names = List(help="What they are called, in order.")
    label = Text("Pictures")
    hint = Text()
    fault = Text(help="What is wrong with them, in words.")
    most = Int(MAX_CONTENT_IMAGES, help="How many there may be.")
    named = Bool(False, help="Whether a prompt names them @image1 and so on.")

    def __init__(self, client: Client, *, images: Iterable[ImageInput] = (), **traits: Any) -> None:
        self._client = client
        self._numbers = itertools.count(1)
        self._items: dict[str, Item] = {}
        self._order: list[str] = []
        self._parcels = Parcels()
        self._pick: list[Callable[[int], None]] = []
        self._arrange: list[Callable[[dict[int, int | None]], None]] = []
        super().__init__(**traits)
        self.observe(self._set, "images")
        self.observe(self._arranged, "value")
        self.images = tuple(images)

    # -- what is in it ------------------------------------------------------------

    def add(self, picture: ImageInput, *, name: str = "") -> int:
        """Add a picture at the end; return its number, from 1."""
        if len(self.value) >= self.most:
            raise errors.InvalidInput(
                f"{self.label}: there is room for {self.most}.", hint="Take one out first."
            )
        key = f"p{next(self._numbers)}"
        self._items[key] = Item(picture, plain_name(name or name_of(picture)))
        self.value = [*self.value, key]
        return len(self.value)

    def on_pick(self, call: Callable[[int], None]) -> None:
        """Call back with the number of a picture that is clicked."""
        self._pick.append(call)

    def on_arrange(self, call: Callable[[dict[int, int | None]], None]) -> None:
        """Call back with the new number of every picture that was there."""
        self._arrange.append(call)

    def _set(self, change: Any) -> None:
        """Pictures were given: those that are known keep their place in mind."""
        if len(change.new) > self.most:
            self.images = change.old
            raise errors.InvalidInput(
                f"{self.label}: up to {self.most} pictures, not {len(change.new)}."
            )
        known: dict[int, list[str]] = {}
        for key in self.value:
            known.setdefault(id(self._items[key].picture), []).append(key)
        keys = []
        for picture in change.new:
            same = known.get(id(picture))
            key = same.pop(0) if same else f"p{next(self._numbers)}"
            self._items.setdefault(key, Item(picture, plain_name(name_of(picture))))
            keys.append(key)
        self.value = keys

    def _arranged(self, change: Any) -> None:
        """Follow the order, of here or of the browser, which may only leave some out."""
        wanted = list(dict.fromkeys(key for key in change.new if key in self._items))
        if wanted != change.new:
            self.value = wanted
            return
        moved = {key: number for number, key in enumerate(wanted, 1)}
        numbers = {number: moved.get(key) for number, key in enumerate(self._order, 1)}
        self._order = wanted
        self._items = {key: self._items[key] for key in wanted}
        self.names = [item.name for item in self._items.values()]
        self.images = tuple(item.picture for item in self._items.values())
        if any(old != new for old, new in numbers.items()):
            for call in self._arrange:
                call(numbers)

    # -- what the browser asks ----------------------------------------------------

    @answers("add")
    async def _add(
        self, name: str = "", parcel: str = "", size: int = 0, buffers: Any = ()
    ) -> dict[str, Any]:
        data = self._parcels.add(str(parcel), size, list(buffers))
        if data is not None:
            await self._client.preview.aio(data, size=PREVIEW)  # it is a picture
            add = self.guarded(lambda: self.add(data, name=name))
            trait_updates.shared.call(self, add)
        return {}

    @answers("preview")
    async def _preview(self, key: str = "") -> tuple[dict[str, Any], list[bytes]]:
        item = self._items.get(str(key))
        if item is None:
            return {}, []
        return {}, [await self._client.preview.aio(item.picture, size=PREVIEW)]

    @answers("pick")
    def _picked(self, key: str = "") -> None:
        if key in self.value:
            number = self.value.index(key) + 1
            for call in self._pick:
                trait_updates.shared.call(self, self.guarded(lambda call=call: call(number)))


def name_of(picture: Any) -> str:
    """Return what to call a picture of any kind."""
    if isinstance(picture, str | Path):
        return Path(str(picture).partition("?")[0]).name
    if isinstance(picture, StoredImage):
        time = getattr(picture, "time", None)
        return f"frame at {time:.1f} s" if time is not None else "result"
    return "picture"
