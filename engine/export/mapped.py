"""Files of weights mapped into memory, whose headers are read before anything else is believed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from engine.errors import UnsupportedModel

Mapped = np.memmap[Any, np.dtype[np.uint8]]
_Header = TypeVar("_Header")


class DamagedFile(Exception):
    """A header is not as it should be; the message is half a sentence, such as "it is empty"."""


def open_mapped(
    path: Path, kind: str, read_header: Callable[[Mapped], _Header]
) -> tuple[Mapped, _Header]:
    """The bytes of the file ``path`` and its header; ``kind`` names the format.

    Raises ``UnsupportedModel`` where the file cannot be read or ``read_header`` says
    ``DamagedFile``.
    """
    try:
        data = np.memmap(path, np.uint8, "r")
        return data, read_header(data)
    # numpy refuses to map an empty file with a ValueError.
    except (DamagedFile, ValueError) as error:
        reason = error if isinstance(error, DamagedFile) else "it is empty"
        raise UnsupportedModel(
            f"The file {path.name} is not a complete {kind} file ({reason}), so no model was made "
            "of it. Get it again."
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnsupportedModel(f"The file {path} cannot be read: {reason}.") from error
