"""The OpenAPI document, written from what the endpoints declare and validate."""

from __future__ import annotations

import inspect
import re
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints

from fastapi.params import Depends
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from thumbnb.service.http.answers import Answer
from thumbnb.service.http.parameters import BodyReader, HeaderReader, QueryReader
from thumbnb.service.http.routing import routes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fastapi import APIRouter
    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaMode

    from thumbnb.service.http.routing import Route

VERSION = "3.1.0"
FILE = "application/octet-stream"
_PATH_NAME = re.compile(r"\{(\w+)\}")

_DESCRIPTIONS = {
    400: "The request is wrong in itself; the message says how.",
    401: "The key is missing or wrong.",
    206: "The part that was asked for.",
    304: "The client has it.",
    402: "There are not enough credits.",
    403: "Not allowed.",
    404: "There is no such item.",
    408: "The request did not come in time.",
    409: "The item's state, or an Idempotency-Key that was used before, does not allow it.",
    413: "The body is too large.",
    416: "There is no such part.",
    422: "The work was tried and cannot be done; the message says why.",
    429: "Too many at a time; Retry-After says when to come again.",
    500: "The service failed at this.",
    503: "The service is at its limits; Retry-After says when to come again.",
    507: "The disk is full.",
}
MIN_ERROR = 400
RANGE_ERROR = 416  # which the framework answers itself
# Whatever is asked may meet these.
_ALWAYS = (500, 503, 507)


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """The endpoints that speak one protocol, and what they have in common.

    ``security`` are the ways to present the key, which ``dependencies`` check before anything
    else is read; ``error`` is the type of a refusal's body.
    """

    name: str
    prefix: str
    routers: Sequence[APIRouter]
    security: dict[str, dict[str, Any]]
    error: Any
    dependencies: Sequence[Depends] = ()

    def routes(self) -> list[Route]:
        """Return the routes as the application serves them."""
        found = routes_of(self.routers)
        return [route.under(self.prefix, self.dependencies) for route in found]


def openapi_document(
    title: str, version: str, description: str, protocols: Sequence[Protocol]
) -> dict[str, Any]:
    """Write the document of all protocols."""
    components: dict[str, Any] = {}
    paths: dict[str, dict[str, Any]] = {}
    for protocol in protocols:
        schemas = _Schemas(protocol.name, components)
        for route in routes_of(protocol.routers):
            item = paths.setdefault(protocol.prefix + route.path, {})
            for method in sorted(route.methods or ()):
                if method != "HEAD":
                    item[method.lower()] = _Operation(protocol, route, schemas).document()
    return {
        "openapi": VERSION,
        "info": {"title": title, "version": version, "description": description},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {k: v for p in protocols for k, v in p.security.items()},
        },
    }


class _Schemas:
    """The JSON schemas of one protocol's types; those with a name become components."""

    def __init__(self, protocol: str, components: dict[str, Any]) -> None:
        self._components = components
        self._reference = f"#/components/schemas/{protocol}{{model}}"
        self._prefix = protocol

    def of(self, kind: Any, mode: JsonSchemaMode = "serialization") -> dict[str, Any]:
        """Return the schema of a type that clients get, as a component."""
        name = _type_name(kind)
        self._add(name, self._schema(kind, mode))
        return {"$ref": self._reference.format(model=name)}

    def sent(self, model: type[BaseModel]) -> dict[str, Any]:
        """Return the schema of a model that clients send, as a component."""
        return self.of(model, "validation")

    def inline(self, kind: type[BaseModel]) -> dict[str, Any]:
        """Return the schema of a model that clients send, not as a component."""
        return self._schema(kind, "validation")

    def parameters(self, kind: type[BaseModel]) -> Iterator[dict[str, Any]]:
        """Give the parameters of a query that is read as a model."""
        schema = self.inline(kind)
        required = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            yield {"name": name, "in": "query", "required": name in required, "schema": field}

    def _schema(self, kind: Any, mode: JsonSchemaMode) -> dict[str, Any]:
        schema = TypeAdapter(kind).json_schema(
            ref_template=self._reference, mode=mode, schema_generator=_WithoutFieldTitles
        )
        for name, part in schema.pop("$defs", {}).items():
            self._add(name, part)
        return schema

    def _add(self, name: str, schema: dict[str, Any]) -> None:
        # Generators of clients name their classes by the title: it has to be the only one.
        self._components[self._prefix + name] = schema | {"title": self._prefix + name}


class _WithoutFieldTitles(GenerateJsonSchema):
    """pydantic's generator; it titles each field with its own name, which says nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


class _Operation:
    """One endpoint of a protocol."""

    def __init__(self, protocol: Protocol, route: Route, schemas: _Schemas) -> None:
        self._protocol = protocol
        self._route = route
        self._schemas = schemas
        hints = get_type_hints(route.endpoint, include_extras=True)
        self._returns = hints.pop("return", None)
        self._readers = [reader for hint in hints.values() for reader in _readers(hint)]
        # An endpoint that reads one of several bodies itself names them in these fields.
        self._extra = route.openapi_extra or {}
        models = [reader.model for reader in self._readers if isinstance(reader, BodyReader)]
        self._body = next(iter(models), self._extra.get("body"))
        self._needs_body = self._body is None or any(
            field.is_required() for field in self._body.model_fields.values()
        )

    def document(self) -> dict[str, Any]:
        route, tag = self._route, self._protocol.name
        operation: dict[str, Any] = {
            "operationId": f"{tag.lower()}_{route.endpoint.__name__}",
            "tags": [tag],
            "summary": (inspect.getdoc(route.endpoint) or "").partition("\n")[0],
            "parameters": list(self._parameters()),
            "responses": self._responses(),
        }
        if self._protocol.security:
            operation["security"] = [{name: []} for name in self._protocol.security]
        if content := self._bodies():
            operation["requestBody"] = {
                "required": self._needs_body,
                "content": {kind: {"schema": schema} for kind, schema in content.items()},
            }
        return operation

    def _bodies(self) -> dict[str, Any]:
        """Describe the bodies that are taken, by their media types."""
        content = {}
        if self._body is not None:
            content["application/json"] = self._schemas.sent(self._body)
        if "form" in self._extra:
            fields = self._schemas.inline(self._extra["form"])
            file = {"type": "string", "format": "binary", "contentMediaType": FILE}
            fields["properties"] = {"file": file, **fields.get("properties", {})}
            fields["required"] = ["file", *fields.get("required", ())]
            content["multipart/form-data"] = fields
        return content

    def _parameters(self) -> Iterator[dict[str, Any]]:
        for name in _PATH_NAME.findall(self._route.path):
            schema = {"type": "string", "minLength": 1}
            yield {"name": name, "in": "path", "required": True, "schema": schema}
        for reader in self._readers:
            if isinstance(reader, QueryReader):
                yield from self._schemas.parameters(reader.model)
            elif isinstance(reader, HeaderReader):
                yield {
                    "name": reader.name,
                    "in": "header",
                    "required": False,
                    "description": reader.description,
                    "schema": reader.schema,
                }

    def _responses(self) -> dict[str, Any]:
        status = str(self._route.status_code or 200)
        refusal = {"application/json": {"schema": self._schemas.of(self._protocol.error)}}
        responses: dict[str, Any] = {
            status: {"description": "Success.", "content": self._content()}
        }
        for code in sorted(self._errors()):
            responses[str(code)] = {"description": _DESCRIPTIONS[code]}
            if code >= MIN_ERROR and code != RANGE_ERROR:
                responses[str(code)]["content"] = refusal
        return responses

    def _content(self) -> dict[str, Any]:
        """Describe the bodies of good answers, by their media types."""
        bodies: list[Any] = []
        others: dict[str, Any] = {}
        for kind in _alternatives(self._returns):
            answer = get_origin(kind) or kind
            if isinstance(answer, type) and issubclass(answer, Answer):
                bodies.append(answer.body_type(*get_args(kind)))
            elif getattr(answer, "media_type", None):
                others[answer.media_type] = {"schema": {"type": "string", "format": "binary"}}
        if bodies:
            schemas = [self._schemas.of(body) for body in bodies]
            schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
            others["application/json"] = {"schema": schema}
        return others

    def _errors(self) -> set[int]:
        codes: set[int] = {*_ALWAYS, 400}  # 400: a Host header that is not ours
        codes |= {int(code) for code in self._route.responses}
        if self._protocol.security:
            codes |= {401, 429}
        if "{" in self._route.path:
            codes.add(404)
        if self._body is not None or self._extra:
            codes |= {408, 413}
        if any(isinstance(r, HeaderReader) and r.name != "Prefer" for r in self._readers):
            codes.add(409)
        return codes


def _readers(hint: Any) -> Iterable[Any]:
    if get_origin(hint) is not Annotated:
        return ()
    return [note.dependency for note in hint.__metadata__ if isinstance(note, Depends)]


def _type_name(kind: Any) -> str:
    """Name a type, a generic one by its arguments first: ``VideoDataDoneBody``."""
    origin = get_origin(kind)
    name = str(getattr(origin or kind, "__name__", kind))
    words = [*map(_type_name, get_args(kind)), name[:1].upper() + name[1:]]
    return "".join(words)


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in {Union, types.UnionType} else (kind,)
