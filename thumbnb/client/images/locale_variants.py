"""One thumbnail in several languages: the same scene with other words."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thumbnb import briefs, errors
from thumbnb.client.images.export_file import export
from thumbnb.client.images.image import StoredImage, load_all, snapshot_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from PIL import Image

    from thumbnb.client.session import Session

MAX_LANGUAGES = 50
# A language tag, such as ``pt-BR``, is no longer.
MAX_TAG = 35


class LocaleVariant(StoredImage):
    """A thumbnail with its words in another language: ``language``, ``title``, ``image``.

    ``scores`` are measured anew, as each script reads differently well; ``position`` is that
    of the result it was made from, from 0.
    """

    def __init__(
        self, session: Session, language: str, title: str, position: int, data: bytes
    ) -> None:
        super().__init__(session, None)
        self.language = language
        self.title = title
        self.position = position
        self.set_bytes(data)

    @property
    def scores(self) -> dict[str, float]:
        """How it measures, legibility first."""
        return dict(self._provenance.get("scores") or {})

    @property
    def report(self) -> list[list[str]]:
        """What became of each option: its name, the outcome, and why."""
        return list(self._provenance.get("report") or [])

    @property
    def _provenance(self) -> dict[str, Any]:
        from thumbnb.render.output import open_result  # noqa: PLC0415 - heavy

        return open_result(self.bytes)[1]

    def __repr__(self) -> str:
        return f"<LocaleVariant {self.language}: {self.title}>"


class LocaleVariants(list[LocaleVariant]):
    """Thumbnails in several languages, result by result; show themselves as a contact sheet.

    ``variants["de"]`` are those of one language.
    """

    def __getitem__(self, key: Any) -> Any:
        """Return the variant at a place, or all of a language."""
        if not isinstance(key, str):
            return super().__getitem__(key)
        found = [each for each in self if each.language == key]
        if not found:
            languages = ", ".join(dict.fromkeys(each.language for each in self))
            raise errors.InvalidInput(f"There is none in {key!r}.", hint=f"There are: {languages}.")
        return found

    @property
    def images(self) -> list[Image.Image]:
        """The images as Pillow images."""
        load_all(self)
        return [each.image for each in self]

    def to_frame(self) -> pd.DataFrame:
        """Return a DataFrame, a row an image: language, number, title, and its scores."""
        import pandas as pd  # noqa: PLC0415 - a quarter of a second, when it is wanted

        return pd.DataFrame(
            [
                {
                    "language": each.language,
                    "number": each.position + 1,
                    "title": each.title,
                    **{f"score_{name}": value for name, value in each.scores.items()},
                }
                for each in self
            ]
        )

    def save(self, folder: str | Path) -> list[Path]:
        """Write each into a folder as ``thumbnail-LANGUAGE-NUMBER.jpg``; returns the paths."""
        folder = Path(folder).expanduser()
        return [
            each.save(folder / f"thumbnail-{each.language}-{each.position + 1}.jpg")
            for each in self
        ]

    def _repr_jpeg_(self) -> bytes | None:
        return snapshot_sheet(self, columns=3)


async def localize(
    session: Session, result_id: str, position: int, titles: Mapping[str, str]
) -> LocaleVariants:
    """Have a result painted once more in each language, side by side."""
    checked = check_titles(titles)

    async def one(language: str, title: str) -> LocaleVariant:
        data = await export(session, result_id, "jpg", title)
        return LocaleVariant(session, language, title, position, data)

    return LocaleVariants(await asyncio.gather(*(one(*each) for each in checked.items())))


def check_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles by language; raise InvalidInput for what cannot be set."""
    if not isinstance(titles, Mapping) or not titles:
        raise errors.InvalidInput(
            "No titles are given.", hint='Give them by language: localize({"de": "ICH BIN WEG"}).'
        )
    if len(titles) > MAX_LANGUAGES:
        raise errors.InvalidInput(
            f"{len(titles)} languages are too many.", hint=f"Give at most {MAX_LANGUAGES}."
        )
    _check_all(titles.items())
    return dict(titles)


def _check_all(pairs: Iterable[tuple[Any, Any]]) -> None:
    for language, title in pairs:
        if not isinstance(language, str) or not _is_tag(language):
            raise errors.InvalidInput(
                f"{language!r} names no language.", hint="Use tags such as 'de' or 'pt-BR'."
            )
        if not isinstance(title, str) or not title.strip():
            raise errors.InvalidInput(f"The title for {language!r} is empty.", hint="Give a text.")
        if len(title) > briefs.MAX_TITLE:
            raise errors.InvalidInput(
                f"The title for {language!r} has {len(title)} characters.",
                hint=f"It can have {briefs.MAX_TITLE}.",
            )


def _is_tag(text: str) -> bool:
    parts = text.replace("_", "-").split("-")
    return len(text) <= MAX_TAG and all(part.isascii() and part.isalnum() for part in parts)
