"""Which parts of a line are looked up in a dictionary, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.spelling.words import lookup_form, words


def _found(line: str, language: str = "en_US", *, capitals: bool = False) -> list[str]:
    return [line[word.start : word.end] for word in words(line, language, capitals=capitals)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Two words, plainly.", "Two words plainly"),
        ("don't, don’t and 'quoted' ‘words’", "don't don’t and quoted words"),
        ("a well-known mother‑in‑law", "well known mother in law"),
        ("nai\u0308ve cafe\u0301 na\u00efve", "nai\u0308ve cafe\u0301 na\u00efve"),
        ("some\U0001f600word \U0001f44d\U0001f3fdok \u2764\ufe0fred", "some word ok red"),
        ("写作editor写作 and 中文", "editor and"),
        ("слово and λόγος", "and"),
        ("3rd 1990s H2O snake_case x86", ""),
        ("_emphasis_ __strong__ *both*", "emphasis strong both"),
        ("iPhone camelCase McDonald THere", "THere"),
        ("in NASA's USA", "in NASA's"),
        ("see `codee` and ``a ` b`` here", "see and here"),
        ("see https://exmaple.com/a,b. www.exmaple.org then", "see then"),
        ('[words](addres "titel") ![pictre](a/b.png)', "words pictre"),
        ("[wrod]: https://addres", ""),
        ("a footnote[^noet] here", "footnote here"),
        ("write to someone.else@exmaple.org or @handel #tagg", "write to or"),
        ("open notes.md, e.g. chapter-1.txt now", "open now"),
        ("in /usr/locl/bin or ~/.confg or src/edtor/main", "in or or"),
        (r"in C:\Usrs\me and \\servr\shre or \textbff", "in and or"),
        ("he/she and/or", "he she and or"),
        ('<div clas="x">text</div> <!-- commnt -->', "text"),
        ("fish&nbsp;chips", "fish chips"),
        ("```pyhton", ""),
        ("ex\u00adam\u00adple", "ex\u00adam\u00adple"),
        ("", ""),
    ],
)
def test_only_prose_is_looked_up(line: str, found: str) -> None:
    assert _found(line) == found.split()


def test_words_in_capitals_are_looked_up_on_request() -> None:
    assert _found("NASA and A and HELO", capitals=True) == ["NASA", "and", "and", "HELO"]


@pytest.mark.parametrize(
    ("language", "found"),
    [("ru_RU", "слово"), ("el_GR", "λόγος"), ("de_DE", "Größe"), ("xx", "Größe")],
)
def test_a_dictionary_judges_words_of_its_own_script(language: str, found: str) -> None:
    assert _found("Größe слово λόγος 中文", language) == [found]


def test_what_surrounds_a_word_can_make_it_right() -> None:
    (vis, second, goin, etc) = words("vis-à-vis goin’ etc.", "fr_FR")
    assert vis.wider == second.wider == ("vis-à-vis",)
    assert (goin.wider, etc.wider) == (("goin'",), ("etc.",))


def test_english_words_may_do_without_their_accents() -> None:
    (word,) = words("Zoë", "en_GB")
    assert word.wider == ("Zoe",)
    assert words("Größe", "de_DE")[0].wider == ()


def test_the_lookup_form_is_the_dictionaries_own() -> None:
    assert lookup_form("nai\u0308ve\u2019s ex\u00adample\u2011s") == "na\u00efve's example-s"


LINES = st.text(
    st.sampled_from(
        list("ab Z9_'’-‑.`<>/\\@#&[]()!:\u0308\u00e9\u4e2d\u0434\U0001f600\U0001f3fd\ufe0f")
    )
)


@settings(deadline=None)
@given(line=LINES, capitals=st.booleans())
def test_words_stand_in_order_where_they_say(line: str, capitals: bool) -> None:
    last = 0
    for word in words(line, "en_US", capitals=capitals):
        assert last <= word.start < word.end <= len(line)
        assert word.text == lookup_form(line[word.start : word.end])
        assert word.text[0].isalpha()
        assert "-" not in word.text
        assert not any(c.isdigit() or c == "_" or c.isspace() or c > "\uffff" for c in word.text)
        last = word.end


@settings(deadline=None)
@given(line=st.text())
def test_wild_text_is_no_error(line: str) -> None:
    words(line, "en_US")


@pytest.mark.parametrize(
    "piece", ["a", "中", "` ", "a.", "a/", "<a ", "a@", "[^", "-a", "_", "``a`"]
)
def test_the_work_on_a_long_line_does_not_grow_with_its_square(piece: str) -> None:
    """It would be minutes instead of a moment here."""
    found = words("begin " + piece * (60_000 // len(piece)), "en_US")
    assert found[0].text == "begin"
