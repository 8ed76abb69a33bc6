"""The identities of many briefs in the ledger; each of their values is checked once."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from thumbnb.api import youthumb
from thumbnb.briefs import AdvancedOptions, ProjectDraft, options_of
from thumbnb.client.ledger.run_record import PaidCall, digest_of_json, json_field
from thumbnb.client.purchases.assets import name_of
from thumbnb.client.purchases.draft_request import name_every_image, person_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from thumbnb.client.ledger.run_record import RunState
    from thumbnb.client.purchases.assets import Assets

# By what ``create_project`` calls a field: its name in the draft.
_DRAFT_NAMES = {"preset": "preset_key", "template": "template_id"}
_NOT_OF_THE_IDENTITY = frozenset(
    {"name", "content_images", "style_reference", "options", "person", "engine"}
)
_A_PROMPT = "A prompt"


class FoundGeneration(NamedTuple):
    """A generation as the ledger knows it: by its hash and take; ``state`` is that of its run.

    Two of the same hash and take are one generation, paid once.
    """

    digest: str
    take: int
    state: RunState | None


class BriefIdentities:
    """The identities of briefs, as ``prepare_draft`` and the ledger make them.

    A sweep has thousands of briefs of a few values: a value is checked and put into JSON
    when it is first met, which is most of the work. ``engine`` gives the engine that a brief's
    own comes to.
    """

    def __init__(
        self, service_url: str, engine: Callable[[str | None], str | None] = lambda name: name
    ) -> None:
        self._service_url = service_url
        self._engine = engine
        self._known: dict[tuple[str, Any], str] = {}
        self._fields: set[tuple[object, ...]] = set()
        self._images: dict[int, str] = {}

    async def read_images(self, assets: Assets, briefs: Iterable[Mapping[str, Any]]) -> None:
        """Read the images of the briefs, each once; nothing is sent."""
        for brief in briefs:
            for image in (*(brief.get("content_images") or ()), brief.get("style_reference")):
                if image is not None and id(image) not in self._images:
                    read = await assets.read(image, keep_address=True)
                    self._images[id(image)] = name_of(read)

    def digest(self, brief: Mapping[str, Any]) -> str:
        """Return the hash that the ledger knows the generation of a brief by."""
        identity = self._identity(brief)
        fields = ",".join([identity[name] for name in sorted(identity)])
        return digest_of_json(f"{self._before}{{{fields}}}]")

    @cached_property
    def _before(self) -> str:
        """What stands before the fields of an identity in the JSON of a paid call."""
        empty = PaidCall(youthumb.SERVICE, self._service_url, "generate", {}, {}).json
        return empty.removesuffix("{}]")

    def _identity(self, brief: Mapping[str, Any]) -> dict[str, str]:
        """Return the fields of an identity, each as it stands in JSON, with its name."""
        images = brief.get("content_images") or ()
        prompt = name_every_image(brief["prompt"], len(images)) if images else brief["prompt"]
        whole = {"prompt": self._value("prompt", prompt)}
        for name, value in brief.items():
            if value is not None and name not in _NOT_OF_THE_IDENTITY and name != "prompt":
                field = _DRAFT_NAMES.get(name, name)
                value_id = getattr(value, "key", getattr(value, "id", value))
                whole[field] = self._value(field, value_id)
        if (engine := self._engine(brief.get("engine"))) is not None:
            whole["engine"] = self._value("engine", engine)
        for field, value in person_field(brief.get("person")).items():
            whole[field] = self._value(field, value)
        if (options := brief.get("options")) is not None:
            whole["advanced_options"] = self._options(options)
        self._check_together(whole, brief)
        if images:
            names = [self._images[id(image)] for image in images]
            whole["content_images"] = json_field("content_images", names)
        if brief.get("style_reference") is not None:
            name = self._images[id(brief["style_reference"])]
            whole["style_reference"] = json_field("style_reference", name)
        return whole

    def _value(self, field: str, value: Any) -> str:
        found = self._known.get((field, value))
        if found is None:
            draft = ProjectDraft(**{"prompt": _A_PROMPT, field: value})
            found = json_field(field, draft.model_dump(mode="json", include={field})[field])
            self._known[field, value] = found
        return found

    def _options(self, options: AdvancedOptions | Mapping[str, Any]) -> str:
        given = options if isinstance(options, AdvancedOptions) else frozenset(options.items())
        found = self._known.get(("advanced_options", given))
        if found is None:
            checked = options_of(options) or AdvancedOptions()
            dumped = checked.model_dump(mode="json", exclude_none=True)
            found = json_field("advanced_options", dumped)
            self._known["advanced_options", given] = found
        return found

    def _check_together(self, whole: Mapping[str, str], brief: Mapping[str, Any]) -> None:
        """Check which fields are given together, once for each such set."""
        given = (*whole, brief.get("style_reference") is not None)
        if given not in self._fields:
            stand_in = {"style_reference_url": "-"} if given[-1] else {}
            ProjectDraft(**json.loads(f"{{{','.join(whole.values())}}}"), **stand_in)
            self._fields.add(given)
