"""Reading the files of items: JSON Lines with named fields of known kinds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from engine.errors import InvalidRequest

Item = TypeVar("Item")


def read_items(text: str, make: Callable[[dict[str, Any]], Item]) -> tuple[Item, ...]:
    """The items of a file's ``text``, one JSON object a line; empty lines are skipped.

    ``make`` turns an object into an item; what it raises for a missing or ill-formed field
    (``KeyError``, ``TypeError``, ``ValueError``) is said with the line.

    Raises:
        InvalidRequest: a line is no such object, or there is none.
    """
    items = tuple(_items(text, make))
    if not items:
        raise InvalidRequest("The file has no items, so there is nothing to measure.")
    return items


def _items(text: str, make: Callable[[dict[str, Any]], Item]) -> Iterator[Item]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield make(json.loads(line))
        except (KeyError, TypeError, ValueError) as error:
            what = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
            raise InvalidRequest(f"Line {number} is no item of this task: {what}.") from error


def text_field(record: dict[str, Any], name: str) -> str:
    """The text in a field. Raises ``KeyError`` and ``TypeError``."""
    value = record[name]
    if not isinstance(value, str):
        raise TypeError(f"'{name}' has to be a text")
    return value


def texts_field(record: dict[str, Any], name: str) -> tuple[str, ...]:
    """The list of texts in a field. Raises ``KeyError`` and ``TypeError``."""
    value = record[name]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise TypeError(f"'{name}' has to be a list of texts")
    return tuple(value)
