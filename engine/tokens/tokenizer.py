"""BPE over the ``tokenizers`` library, on bytes or on SentencePiece's pieces.

Byte-level BPE: Radford et al. 2019, Sennrich et al. 2016. Pieces with byte fallback: Kudo and
Richardson 2018.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import tokenizers

from engine.errors import ModelDamaged

_MAX_FILE_BYTES = 64 * 1024 * 1024
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"
_BYTE_TOKEN = re.compile(r"<0x([0-9A-F]{2})>")


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
        self._special_ids = {
            token.content: index
            for index, token in added.items()
            if token.special and token.content
        }
        self._special_starts = re.compile(_any_of({text[0] for text in self._special_ids}))
        # The longest first, so that no special token hides one that begins like it.
        self._special_lengths = sorted({len(text) for text in self._special_ids}, reverse=True)
        self._bytes = _all_token_bytes(self._tokenizer)
        self._space_prefix = self.joined_bytes(self._ids("a")) == b" a"
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
        hold. Some models were trained on text in Unicode's form NFC (Qwen), or with U+2581 for
        spaces (Llama 2, Gemma): theirs is the text that ``decode`` gives back. Every other text
        comes back unchanged.
        """
        clean = _LONE_SURROGATES.sub(_REPLACEMENT, text)
        if self._missing.search(clean.encode()):
            clean = "".join(
                _REPLACEMENT if self._missing.search(letter.encode()) else letter
                for letter in clean
            )
        return self._ids(clean)

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def encode_with_specials(self, text: str) -> list[int]:
        """Token ids of trusted text, in which special tokens are written out."""
        return self.encode_pieces(self.split_specials(text))

    def split_specials(self, text: str) -> list[str | int]:
        """Trusted text as pieces: ids of special tokens, and the texts between them."""
        pieces: list[str | int] = []
        start = 0
        for match in self._special_starts.finditer(text):
            place = match.start()
            for length in self._special_lengths:
                index = self._special_ids.get(text[place : place + length])
                if index is not None and place >= start:
                    pieces += [text[start:place], index]
                    start = place + length
                    break
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
        spelt = self.joined_bytes(ids)
        # The space that some models put before every text is none of the text's.
        return spelt[self._space_prefix and spelt[:1] == b" " :].decode("utf-8", "replace")

    def joined_bytes(self, ids: Iterable[int]) -> bytes:
        """The bytes that ``ids`` stand for one after the other."""
        return b"".join(map(self.token_bytes, ids))

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


def _all_token_bytes(tokenizer: tokenizers.Tokenizer) -> tuple[bytes, ...]:
    """What each id stands for, by the kind of the vocabulary; nothing for special tokens."""
    added = tokenizer.get_added_tokens_decoder()
    vocabulary = tokenizer.get_vocab(with_added_tokens=True)
    spell = _piece_bytes if getattr(tokenizer.model, "byte_fallback", False) else _letter_bytes
    table = [b""] * (max(vocabulary.values(), default=-1) + 1)
    for text, index in vocabulary.items():
        if index not in added:
            table[index] = spell(text)
        elif not added[index].special:
            table[index] = text.encode("utf-8", "replace")
    return tuple(table)


_ALPHABET = {ord(letter): byte for letter, byte in byte_alphabet().items()}
_OUTSIDE_ALPHABET = re.compile(f"[^{re.escape(''.join(map(chr, _ALPHABET)))}]")


def _letter_bytes(token: str) -> bytes:
    """The bytes of a token written in GPT-2's alphabet."""
    if _OUTSIDE_ALPHABET.search(token):
        return token.encode("utf-8", "replace")
    # By whole strings, since this is a good part of the time that a model takes to load.
    return token.translate(_ALPHABET).encode("latin-1")


def _piece_bytes(token: str) -> bytes:
    """The bytes of a SentencePiece piece, or of a byte token."""
    if byte := _BYTE_TOKEN.fullmatch(token):
        return bytes([int(byte[1], 16)])
    return token.replace(_SPACE, " ").encode("utf-8", "replace")


def _any_of(letters: Iterable[str]) -> str:
    return "|".join(map(re.escape, letters)) or r"(?!)"
