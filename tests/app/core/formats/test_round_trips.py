"""Out to another format and back: text exactly, structure as docs/formats.md lists it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from app.core.formats.exporting import READER, Source, prepare, written
from app.core.formats.importing import read_document
from app.core.formats.kinds import format_named
from app.core.formats.pandoc import Pandoc, find_pandoc, own_folder
from app.core.formats.tree import loads, nodes

PANDOC = Pandoc(find_pandoc())
OFFICE = ("docx", "odt", "html", "epub")

CORPUS = {
    "headings": "# One\n\nText.\n\n## Two\n\n### Three\n\n#### Four\n\nEnd.\n",
    "nested lists": "- a\n- b\n  - c\n    - d\n  - e\n- f\n",
    "numbers": "1. one\n2. two\n   1. inner\n   2. more\n3. three\n",
    "mixed lists": "1. one\n   - dot\n   - dash\n2. two\n",
    "tasks": "- [ ] open\n- [x] done\n",
    "table": "| Name | Year |\n|------|------|\n| Lamp | 1901 |\n| Glass | *1922* |\n",
    "footnotes": "One[^1] and two[^2].\n\n[^1]: First *note*.\n\n[^2]: Second note.\n",
    "links": "See [the coast](https://example.org/a_b?c=d&e=f) and <https://example.org>.\n",
    "code": 'Call `f(x_1, *y)` so:\n\n```\ndef f(x):\n    if x:\n\n        return "$1"\n```\n',
    "one line of code": "Type:\n\n```\nls -l\n```\n",
    "emphasis in words": "un*frigging*believable and **ab**solute and ~~old~~ new.\n",
    "emphasis and Chinese": "灯塔**看守人**每天，*晚上*都在。**他**说：“好。”\n",
    "quotes": "> First line of it.\n>\n> Second paragraph.\n\nAfter.\n",
    "maths": "Mass $E=mc^2$, $a_1 * b_1 * c$ and\n\n$$\\int_0^1 x^2 dx$$\n\nbut $5 and $6.\n",
    "Chinese": "# 灯塔\n\n看守人说：“今天的风很大。”——他关上了窗。《海》\n",
    "right to left": "שלום עולם, זה משפט.\n\nمرحبا بالعالم، هذه جملة.\n",
    "marks that mean nothing": "2 * 3 * 4, a_b_c, #no, 1) x, [x], <y>, &amp; &lt; ~ ^ | \\ done.\n",
    "line breaks": "One line\\\nand another.\n",
    "other marks": "H<sub>2</sub>O, x<sup>2</sup> and <u>under</u>.\n",
    "punctuation": "“So” – it’s ‘so’… it—is -- a \"test\" 'here'...\n",
    "Japanese and Korean": "灯台守は毎晩、階段を上った。\n\n등대지기는 매일 밤 계단을 올랐다.\n",
    "emoji": "A smile \U0001f600, a flag \U0001f1ef\U0001f1f5, :smile: typed.\n",
}
STRUCTURE = frozenset(
    (
        "Header BulletList OrderedList Table Note Link Code CodeBlock Emph Strong Strikeout "
        "BlockQuote Math Superscript Subscript LineBreak"
    ).split()
)
"""What every format keeps, but for what ``LOST`` names."""
LOST = {("odt", "Emph"): "underlined words come back as emphasis"}


def _there_and_back(text: str, ending: str, tmp_path: Path) -> str:
    target = format_named(ending)
    assert target is not None
    file = tmp_path / f"text{target.suffix}"
    file.write_bytes(written(prepare(Source(text, "text"), target, PANDOC), target, PANDOC))
    return read_document(file, PANDOC, tmp_path / "pictures").text


@cache
def _tree(text: str) -> dict:
    with own_folder() as folder:
        return loads(PANDOC.convert(["-f", READER, "-t", "json"], text.encode(), folder, "text"))


def _words(text: str) -> str:
    parts = []
    for node in nodes(_tree(text)["blocks"]):
        if node["t"] == "Str":
            parts.append(node["c"])
        elif node["t"] in ("Code", "CodeBlock"):
            parts.append(node["c"][1])
        elif node["t"] == "Math":
            parts.append("$" + re.sub(r"\s", "", node["c"][1]) + "$")
        else:
            parts.append(" ")
    return re.sub(r"\s+", "", "".join(parts))


def _structure(text: str, ending: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in nodes(_tree(text)["blocks"]):
        if node["t"] == "Header":
            found[f"Header {node['c'][0]}"] += 1
        elif node["t"] in STRUCTURE and (ending, node["t"]) not in LOST:
            found[node["t"]] += 1
    return found


@pytest.mark.parametrize("name", CORPUS)
@pytest.mark.parametrize("ending", OFFICE)
def test_text_and_structure_come_back(name: str, ending: str, tmp_path: Path):
    text = CORPUS[name]
    back = _there_and_back(text, ending, tmp_path)
    assert _words(back) == _words(text)
    assert _structure(back, ending) == _structure(text, ending)


@pytest.mark.parametrize("ending", ["docx", "html", "epub"])
def test_title_author_and_language_go_along(ending: str, tmp_path: Path):
    text = "---\ntitle: The Light\nauthor:\n- Ann Bee\n- 王小明\nlang: de-DE\n---\n\nText.\n"
    back = _there_and_back(text, ending, tmp_path)
    assert "title: The Light\n" in back
    assert "Ann Bee" in back
    assert "王小明" in back
    if ending != "docx":
        assert "lang: de-DE\n" in back
    assert back.endswith("\n\nText.\n")


@pytest.mark.parametrize("ending", OFFICE)
def test_pictures_go_in_and_come_out_the_same(ending: str, tmp_path: Path):
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
        "cfc000000301010018dd8db00000000049454e44ae426082"
    )
    (tmp_path / "red.png").write_bytes(png)
    target = format_named(ending)
    assert target is not None
    source = Source("![Red](red.png) and ![gone](gone.png)\n", "text", tmp_path)
    prepared = prepare(source, target, PANDOC)
    assert [loss.count for loss in prepared.losses if loss.kind == "missing pictures"] == [1]
    file = tmp_path / f"text{target.suffix}"
    file.write_bytes(written(prepared, target, PANDOC))
    imported = read_document(file, PANDOC, tmp_path / "pictures")
    assert [path.read_bytes() for path in imported.pictures] == [png]
    assert str(imported.pictures[0]) in imported.text
    assert "[gone]" in imported.text.replace("\\", "")


def test_plain_text_keeps_every_word(tmp_path: Path):
    target = format_named("txt")
    assert target is not None
    for text in (CORPUS["headings"], CORPUS["nested lists"], CORPUS["Chinese"], CORPUS["maths"]):
        data = written(prepare(Source(text, "text"), target, PANDOC), target, PANDOC)
        plain = re.sub(r"[\s$#*-]", "", data.decode())
        assert plain == re.sub(r"[\s$#*-]", "", text)


def test_a_web_page_loads_nothing(tmp_path: Path):
    target = format_named("html")
    assert target is not None
    text = "![x](https://example.org/x.png) <script src='https://example.org/x.js'></script>\n"
    page = written(prepare(Source(text, "text"), target, PANDOC), target, PANDOC).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page
