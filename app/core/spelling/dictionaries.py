"""Hunspell dictionaries: which there are, which fits a language, and importing another."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.files import replace_file
from app.core.marks import QT_TRANSLATE_NOOP
from app.core.messages import Telling, reason
from app.core.spelling.encodings import declared_encoding, python_encoding

LARGEST_FILE = 64 << 20
"""Bytes of an affix file or a word list; the largest known are about 15 MB."""
_MOST_LISTED = 300
_NAME = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,16}){0,3}")


class DictionaryError(Telling):
    """A dictionary cannot be imported or removed."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """``folder`` holds ``name``.aff and ``name``.dic; ``name`` is a language's, as in "en_GB"."""

    name: str
    folder: Path
    imported: bool = False

    @property
    def language(self) -> str:
        """The language alone, in lower case: "en"."""
        return re.split("[_-]", self.name, maxsplit=1)[0].lower()


def find_dictionaries(
    imported: Path, bundled: Path, env: Mapping[str, str]
) -> tuple[Dictionary, ...]:
    """All dictionaries by name; of two of a name, the imported one, then the bundled one."""
    found: dict[str, Dictionary] = {}
    for folder in (imported, bundled, *system_folders(env)):
        for name in _names(folder):
            if name not in found and len(found) < _MOST_LISTED:
                found[name] = Dictionary(name, folder, folder == imported)
    return tuple(found[name] for name in sorted(found))


def system_folders(env: Mapping[str, str]) -> tuple[Path, ...]:
    """Where programs of this system keep Hunspell dictionaries, the person's own first."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or Path.home())
    named = [Path(part) for part in env.get("DICPATH", "").split(os.pathsep) if part]
    if sys.platform == "darwin":
        usual = [home / "Library/Spelling", Path("/Library/Spelling")]
        usual += [Path("/opt", "homebrew/share/hunspell"), Path("/usr/local/share/hunspell")]
    elif sys.platform == "win32":
        usual = [home / "AppData/Roaming/hunspell"]
        for root in filter(None, (env.get("ProgramFiles"), env.get("ProgramFiles(x86)"))):
            usual += sorted(Path(root).glob("LibreOffice*/share/extensions/dict-*"))
    else:
        data = Path(env.get("XDG_DATA_HOME") or home / ".local/share")
        shared = (env.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
        usual = [data / "hunspell", *(Path(part) / "hunspell" for part in shared if part)]
        usual += [Path("/usr/share/myspell"), Path("/usr/share/myspell/dicts")]
    return (*named, *usual)


def best_for(language: str, dictionaries: Sequence[Dictionary]) -> Dictionary | None:
    """The dictionary for a language as systems and documents name it ("en-GB", "de_AT.UTF-8").

    English of a country that has none is read by the British one, and so is English within Chinese,
    Japanese or Korean by the American one; any other language by one of its own or by none.
    """
    wanted = re.sub(r"[.@].*", "", language).replace("-", "_").lower()
    by_name = {each.name.replace("-", "_").lower(): each for each in dictionaries}
    if wanted in by_name:
        return by_name[wanted]
    code = wanted.split("_", maxsplit=1)[0]
    if code in ("zh", "ja", "ko", "c", "posix") and not _of(code, dictionaries):
        code, wanted = "en", "en_us"
    usual = f"{code}_{code}" if code != "en" else "en_us" if wanted in ("en", "en_us") else "en_gb"
    own = _of(code, dictionaries)
    return by_name.get(usual) or next(iter(own), None)


def import_dictionary(path: Path, folder: Path) -> Dictionary:
    """Copy the .aff and .dic pair that ``path`` is one of into ``folder`` and return it.

    Both are checked first: their size, their encoding, and that they look like what they should be.
    One of the same name that was imported before is replaced. Raises ``DictionaryError``.
    """
    name = path.stem
    files = {suffix: path.with_suffix(suffix) for suffix in (".aff", ".dic")}
    if path.suffix.lower() not in files:
        raise DictionaryError(
            QT_TRANSLATE_NOOP(
                "Errors",
                "{name} is no Hunspell dictionary. Nothing was changed. Choose the .dic file of a "
                "pair like en_GB.dic and en_GB.aff.",
            ),
            name=path.name,
        )
    if not _NAME.fullmatch(name):
        raise DictionaryError(
            QT_TRANSLATE_NOOP(
                "Errors",
                "The name {name} does not say which language the dictionary is for. Nothing was "
                "changed. Rename both files after the language, like de_AT.dic and de_AT.aff.",
            ),
            name=path.name,
        )
    data = {suffix: _read(file) for suffix, file in files.items()}
    encoding = python_encoding(declared_encoding(data[".aff"].splitlines()))
    if not encoding:
        raise _damaged(files[".aff"])
    for suffix, content in data.items():
        _check_content(files[suffix], content, encoding)
    _check_list(files[".dic"], data[".dic"])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, content in data.items():
            replace_file(folder / f"{name}{suffix}", content)
    except OSError as error:
        raise DictionaryError(
            QT_TRANSLATE_NOOP("Errors", "The dictionary {name} could not be copied: {reason}."),
            name=name,
            reason=reason(error),
        ) from error
    return Dictionary(name, folder, imported=True)


def remove_dictionary(dictionary: Dictionary) -> None:
    """Delete the files of an imported dictionary. Raises ``DictionaryError``."""
    if not dictionary.imported:
        raise DictionaryError(
            QT_TRANSLATE_NOOP(
                "Errors", "{name} was not imported into Inkling, so it is not removed."
            ),
            name=dictionary.name,
        )
    try:
        for suffix in (".dic", ".aff"):
            (dictionary.folder / f"{dictionary.name}{suffix}").unlink(missing_ok=True)
    except OSError as error:
        raise DictionaryError(
            QT_TRANSLATE_NOOP("Errors", "The dictionary {name} could not be removed: {reason}."),
            name=dictionary.name,
            reason=reason(error),
        ) from error


def _names(folder: Path) -> Iterator[str]:
    try:
        files = sorted(folder.glob("*.dic"))
    except OSError:
        return
    for file in files:
        # Word lists for hyphenation lie beside them and have no affix file.
        if _NAME.fullmatch(file.stem) and file.with_suffix(".aff").is_file():
            yield file.stem


def _of(code: str, dictionaries: Sequence[Dictionary]) -> list[Dictionary]:
    return [each for each in dictionaries if each.language == code]


def _read(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size <= LARGEST_FILE and file.is_file():
            with file.open("rb") as stream:
                return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise DictionaryError(
            QT_TRANSLATE_NOOP(
                "Errors",
                "{path} cannot be read: {reason}. Nothing was changed. A dictionary is a pair of "
                "files with the same name, ending in .dic and .aff.",
            ),
            path=file,
            reason=reason(error),
        ) from error
    raise DictionaryError(
        QT_TRANSLATE_NOOP(
            "Errors",
            "{path} is too large for a dictionary, or no ordinary file. Nothing was changed. "
            "Files may have up to {most} MB.",
        ),
        path=file,
        most=LARGEST_FILE >> 20,
    )


def _check_content(file: Path, content: bytes, encoding: str) -> None:
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(file) from error
    if "\0" in text:
        raise _damaged(file)


def _check_list(file: Path, content: bytes) -> None:
    """The first line of a word list says how many follow; Hunspell makes room for as many."""
    first, _, rest = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    count = re.match(rb"\s*(\d{1,9})\b", first)
    lines = rest.count(b"\n") + 1
    if count is None or not lines or int(count.group(1)) > 2 * lines + 1000:
        raise _damaged(file)


def _damaged(file: Path) -> DictionaryError:
    return DictionaryError(
        QT_TRANSLATE_NOOP(
            "Errors",
            "{path} is damaged, no Hunspell dictionary, or in an encoding that is not known. "
            "Nothing was changed.",
        ),
        path=file,
    )
