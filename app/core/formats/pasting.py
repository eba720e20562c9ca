"""A clipboard's HTML as Markdown."""

from __future__ import annotations

import re

from app.core.formats.errors import DAMAGED, FormatError
from app.core.formats.markdown import to_markdown
from app.core.formats.pandoc import Pandoc, own_folder
from app.core.formats.tree import BadTree, loads
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Marked

_FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)
_CLIPBOARD = Marked(QT_TRANSLATE_NOOP("Errors", "The clipboard"))


def html_as_markdown(html: str, pandoc: Pandoc) -> str:
    """Markdown of the HTML that a program put on the clipboard. Raises ``FormatError``.

    Pictures on the web stay addresses, others become their descriptions. The end of the last
    paragraph is left out, so that words can be pasted into a sentence.
    """
    found = _FRAGMENT.search(html)
    given = (found[1] if found else html).encode("utf-8", "replace")
    with own_folder() as folder:
        try:
            arguments = ["-f", "html-native_spans", "-t", "json"]
            tree = loads(pandoc.convert(arguments, given, folder, _CLIPBOARD))
            return to_markdown(tree, pandoc, folder, _CLIPBOARD, _placed).rstrip("\n")
        except (BadTree, RecursionError) as error:
            raise FormatError(DAMAGED, name=_CLIPBOARD) from error


def _placed(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""
