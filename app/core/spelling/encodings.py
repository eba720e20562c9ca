"""The encodings of dictionaries, by Hunspell's names and by Python's."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

_KNOWN = ("utf-8", "iso8859-", "iso-8859-", "koi8-", "microsoft-cp125", "cp125", "tis620-")
_OTHERWISE = MappingProxyType({"microsoft-cp1251": "cp1251", "tis620-2533": "tis-620"})
"""Where Python calls it otherwise."""


def declared_encoding(aff: Iterable[bytes]) -> str:
    """What the SET line of an affix file says; Hunspell's own ISO8859-1 where there is none."""
    for line in aff:
        parts = line.removeprefix(b"\xef\xbb\xbf").split()
        if len(parts) >= 2 and parts[0] == b"SET":
            return parts[1].decode("ascii", "replace")
    return "ISO8859-1"


def python_encoding(name: str) -> str:
    """Python's name of an encoding as dictionaries name it; "" for one they do not use."""
    if not name.lower().startswith(_KNOWN):
        return ""
    python = _OTHERWISE.get(name.lower(), name)
    try:
        "".encode(python)
    except LookupError:
        return ""
    return python
