"""JSON answers that know the type of their data: for the type checker and the document."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from starlette.responses import JSONResponse

D = TypeVar("D")


class Answer(JSONResponse, Generic[D]):
    """A JSON answer around data of a type; each protocol has its own envelope."""

    @classmethod
    def body_type(cls, data: Any = Any) -> Any:
        """Return the type of the whole body, where the data is of this type."""
        raise NotImplementedError
