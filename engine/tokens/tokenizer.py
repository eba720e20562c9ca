"""Byte-level BPE (Radford et al. 2019; Sennrich et al. 2016) over the ``tokenizers`` library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import tokenizers

from engine.errors import ModelDamaged

_MAX_FILE_BYTES = 64 * 1024 * 1024
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Tokenizer:
    """Text to token ids and back.

    A person's text is only ever text: ``<|im_end|>`` typed into a document is encoded as its
    characters. Special tokens come from ids or from ``encode_with_specials`` alone.

    Raises:
        ModelDamaged: ``path`` is not a tokenizer that can be used.
    """

    def __init__(self, path: Path) -> None:
        try:
            if path.stat().st_size > _MAX_FILE_BYTES:
                raise ModelDamaged(path.parent, f"{path.name} is far too large")
            self._tokenizer = tokenizers.Tokenizer.from_str(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise ModelDamaged(path.parent, f"{path.name} cannot be read") from error
        except ModelDamaged:
            raise
        # The library's errors have no common base but Exception.
        except Exception as error:
            raise ModelDamaged(path.parent, f"{path.name} is not a tokenizer") from error
        # Without this the library would turn "<|im_end|>" inside a text into the special token.
        self._tokenizer.encode_special_tokens = True
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        added = self._tokenizer.get_added_tokens_decoder()
        self._special_ids = {token.content: index for index, token in added.items()}
        # The longest first, so that no special token hides one that begins like it.
        longest_first = sorted(self._special_ids, key=len, reverse=True)
        self._special_pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
        self._bytes = _all_token_bytes(self._tokenizer, frozenset(added))
        # Some vocabularies lack bytes, SmolLM2's among them; the library would drop those silently
        # and leave half a character behind.
        single = {spelling for spelling in self._bytes if len(spelling) == 1}
        missing = [byte for byte in (bytes([value]) for value in range(256)) if byte not in single]
        self._missing = re.compile(b"|".join(map(re.escape, missing)) or rb"(?!)")

    @property
    def vocab_size(self) -> int:
        """Number of tokens, special ones included."""
        return len(self._bytes)

    @property
    def special_tokens(self) -> dict[str, int]:
        """Texts of the special tokens and their ids."""
        return dict(self._special_ids)

    def special_id(self, text: str) -> int | None:
        """The id of the special token written ``text``."""
        return self._special_ids.get(text)

    def encode(self, text: str) -> list[int]:
        """Token ids of ``text``, none of them special.

        Characters that the vocabulary cannot spell (in SmolLM2's six control characters and the
        unassigned planes 4 to 11) become U+FFFD, and so do lone surrogates, which no text file can
        hold. Every other text comes back from ``decode`` unchanged.
        """
        clean = _LONE_SURROGATES.sub(_REPLACEMENT, text)
        if self._missing.search(clean.encode()):
            clean = "".join(
                _REPLACEMENT if self._missing.search(letter.encode()) else letter
                for letter in clean
            )
        ids: list[int] = self._tokenizer.encode(clean, add_special_tokens=False).ids
        return ids

    def encode_with_specials(self, text: str) -> list[int]:
        """Token ids of trusted text, in which special tokens are written out."""
        return self.encode_pieces(self.split_specials(text))

    def split_specials(self, text: str) -> list[str | int]:
        """Trusted text as pieces: ids of special tokens, and the texts between them."""
        pieces: list[str | int] = []
        start = 0
        for match in self._special_pattern.finditer(text):
            pieces.append(text[start : match.start()])
            pieces.append(self._special_ids[match.group()])
            start = match.end()
        pieces.append(text[start:])
        return [piece for piece in pieces if piece != ""]

    def encode_pieces(self, pieces: Iterable[str | int]) -> list[int]:
        """Token ids of plain texts (encoded as such) and of ids (taken as they are)."""
        ids: list[int] = []
        for piece in pieces:
            if isinstance(piece, int):
                ids.append(piece)
            else:
                ids.extend(self.encode(piece))
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        """The text of ``ids``; special tokens are left out, malformed bytes become U+FFFD."""
        return b"".join(map(self.token_bytes, ids)).decode("utf-8", "replace")

    def token_bytes(self, index: int) -> bytes:
        """The bytes a token stands for; none for a special token or a row without a token."""
        return self._bytes[index] if index < len(self._bytes) else b""

    def all_token_bytes(self) -> tuple[bytes, ...]:
        """``token_bytes`` of every id in order."""
        return self._bytes


def byte_alphabet() -> dict[str, int]:
    """GPT-2's alphabet: the printable character that stands for each byte in the vocabulary.

    Printable Latin-1 stands for itself; the other bytes take the characters from U+0100 on.
    """
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    alphabet = {chr(byte): byte for byte in printable}
    others = [byte for byte in range(256) if byte not in set(printable)]
    alphabet.update({chr(0x100 + place): byte for place, byte in enumerate(others)})
    return alphabet


def _all_token_bytes(tokenizer: tokenizers.Tokenizer, special: frozenset[int]) -> tuple[bytes, ...]:
    alphabet = byte_alphabet()
    table = [b""] * tokenizer.get_vocab_size(with_added_tokens=True)
    for text, index in tokenizer.get_vocab(with_added_tokens=True).items():
        if index in special or index >= len(table):
            continue
        if all(letter in alphabet for letter in text):
            table[index] = bytes(alphabet[letter] for letter in text)
        else:
            table[index] = text.encode("utf-8", "replace")
    return tuple(table)
