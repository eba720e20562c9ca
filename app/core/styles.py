"""Which style each document is written in, by its path, or its name in the journal."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.files import replace_file, set_aside

STYLES_NAME = "style-documents.json"
_MOST_DOCUMENTS = 500


class DocumentStyles:
    """A JSON file of documents and names of styles, those chosen last the longest.

    "" is the choice of no style; None says that nothing was chosen.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, document: str) -> str | None:
        """What was chosen for ``document``."""
        return self._read().get(document)

    def put(self, document: str, style: str | None) -> None:
        """Remember what was chosen. Raises ``OSError``."""
        every = self._read()
        if every.get(document) == style:
            return
        every.pop(document, None)
        if style is not None:
            every[document] = style
        self._write(every)

    def forget(self, style: str) -> None:
        """Choose nothing for every document that is written in ``style``. Raises ``OSError``."""
        every = self._read()
        kept = {each: name for each, name in every.items() if name != style}
        if kept != every:
            self._write(kept)

    def _write(self, every: dict[str, str]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        kept = dict(list(every.items())[-_MOST_DOCUMENTS:])
        replace_file(self._path, json.dumps(kept, indent=1).encode("ascii"), private=True)

    def _read(self) -> dict[str, str]:
        try:
            items = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(each): str(name) for each, name in items.items()}
        except OSError:
            return {}
        except (ValueError, AttributeError, RecursionError):
            set_aside(self._path)
            return {}
