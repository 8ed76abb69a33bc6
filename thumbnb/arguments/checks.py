"""Checks of a call's arguments before the call; an error names the nearest valid name."""

from __future__ import annotations

import functools
import inspect
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, overload

from thumbnb.arguments import argument_types
from thumbnb.briefs import AdvancedOptions
from thumbnb.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

P = ParamSpec("P")
R = TypeVar("R")

_BY_POSITION = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def check_arguments(
    name: str, signature: inspect.Signature, args: Sequence[Any], kwargs: Mapping[str, Any]
) -> None:
    """Check that a call of ``name`` fits its signature, and each value its annotation.

    Numbers are left to the function, which knows their range. Raises InvalidInput.
    """
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError:
        parameters = list(signature.parameters.values())
        raise _refusal(name, parameters, args, kwargs) from None
    for given, value in bound.arguments.items():
        parameter = signature.parameters[given]
        if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
            continue
        if value is not parameter.default and isinstance(parameter.annotation, str):
            argument_types.check_value(given, value, parameter.annotation)


@overload
def checked_arguments(function: Callable[P, R], /) -> Callable[P, R]: ...
@overload
def checked_arguments(*, name: str) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def checked_arguments(
    function: Callable[P, R] | None = None, /, *, name: str = ""
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorate a function to check its arguments with ``check_arguments``.

    ``name`` is what it is called where that is not its own, as of an ``__init__``.
    """
    if function is None:
        return functools.partial(_checked, name=name)
    return _checked(function, name=name)


def _checked(function: Callable[P, R], *, name: str) -> Callable[P, R]:
    signature = inspect.signature(function)

    @functools.wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        check_arguments(name or function.__name__, signature, args, kwargs)
        return function(*args, **kwargs)

    return checked


def _refusal(
    name: str,
    parameters: Sequence[inspect.Parameter],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> InvalidInput:
    names = [each.name for each in parameters if each.name != "self"]
    for given in kwargs:
        if given not in names:
            return InvalidInput(
                f"{name}() takes no {given}=.", hint=keyword_hint(given, names, kwargs)
            )
    placed = [each.name for each in parameters if each.kind in _BY_POSITION and each.name in names]
    if len(args) > len(placed):
        named = [each for each in names if each not in placed]
        first = f"only {' and '.join(placed)} without a name" if placed else "nothing by position"
        hint = f"Name the others: {', '.join(f'{each}=...' for each in named)}." if named else ""
        return InvalidInput(f"{name}() takes {first}.", hint=hint)
    missing = [
        each.name
        for number, each in enumerate(parameters)
        if each.default is inspect.Parameter.empty
        and each.kind in {*_BY_POSITION, inspect.Parameter.KEYWORD_ONLY}
        and each.name not in kwargs
        and not (each.kind in _BY_POSITION and number < len(args))
    ]
    if missing:
        return InvalidInput(f"{name}() needs {' and '.join(missing)}.")
    return InvalidInput(f"{name}() was given something twice.", hint="Give each argument once.")


def keyword_hint(given: str, names: Sequence[str], kwargs: Mapping[str, Any]) -> str:
    """Return a hint that names the nearest argument, where one is near."""
    if "options" in names and given in AdvancedOptions.model_fields:
        return f"It is one of the options: options={{{given!r}: {_plain(kwargs[given])}}}."
    if near := get_close_matches(given, names, n=1):
        return f"Did you mean {near[0]}=?"
    return f"It takes {', '.join(names)}." if names else "It takes nothing."


def _plain(value: Any) -> str:
    return repr(value) if isinstance(value, bool | int | float | str) else "..."
