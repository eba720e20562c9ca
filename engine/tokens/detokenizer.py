"""Token bytes to text, as they come and without ever showing half a character."""

from __future__ import annotations

import codecs


class Detokenizer:
    """Incremental UTF-8 over the bytes of tokens.

    Bytes that may yet become a character are held back. A malformed sequence becomes U+FFFD as soon
    as no further byte can complete it, or at ``finish``.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, data: bytes) -> str:
        """The text that ``data`` completes; may be empty."""
        return self._decoder.decode(data)

    def finish(self) -> str:
        """What is left at the end: U+FFFD if it is half a character. Ready for a new text then."""
        rest = self._decoder.decode(b"", final=True)
        self._decoder.reset()
        return rest

    @property
    def pending(self) -> bytes:
        """Bytes that are held back."""
        return self._decoder.getstate()[0]
