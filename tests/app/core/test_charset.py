"""Encodings are found from how usual a text's characters are."""

from __future__ import annotations

import pytest

from app.core.charset import decoded_html, guesses

SIMPLIFIED = "灯塔看守人每天晚上都爬上楼梯，三十年来一直如此。他给弟弟写信谈天气，没有别人愿意听。"
TRADITIONAL = "燈塔看守人每天晚上都爬上樓梯，三十年來一直如此。他給弟弟寫信談天氣，沒有別人願意聽。"
JAPANESE = "灯台守は毎晩、三十年のあいだそうしてきたように階段を上り、弟に天気のことを書いた。"
KOREAN = "등대지기는 삼십 년 동안 매일 밤 그랬듯이 계단을 올라 동생에게 날씨 이야기를 썼다."
RUSSIAN = "Смотритель маяка каждый вечер поднимался по лестнице и писал брату письмо о погоде."
GERMAN = (
    "Der Wärter stieg jeden Abend die Treppe hinauf – schön früh – und schrieb über das Wetter."
)
POLISH = (
    "Latarnik każdego wieczoru wchodził po schodach i pisał list do brata o pogodzie, źle śpiąc."
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "gb18030"),
        (TRADITIONAL, "big5hkscs"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "cp949"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (GERMAN, "cp1252"),
        (POLISH, "cp1250"),
        (SIMPLIFIED, "utf-8"),
        (GERMAN, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
    ],
)
def test_running_text_is_read_in_its_encoding(text: str, encoding: str):
    found = guesses(text.encode(encoding))
    assert (found[0].encoding, found[0].text) == (encoding, text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_settles_it(encoding: str):
    found = guesses(GERMAN.encode(encoding))
    assert [(each.text, each.score) for each in found] == [(GERMAN, 1.0)]


def test_bytes_of_no_text_have_no_guess():
    assert guesses(bytes(range(256)) * 4) == []


@pytest.mark.parametrize(
    "page",
    [
        f'<meta charset="gb2312"><p>{SIMPLIFIED}</p>'.encode("gb18030"),
        f'<meta http-equiv="Content-Type" content="text/html; charset=GBK">{SIMPLIFIED}'.encode(
            "gb18030"
        ),
        f"<p>{SIMPLIFIED}</p>".encode("gb18030"),
        f"<p>{SIMPLIFIED}</p>".encode(),
    ],
)
def test_a_page_says_its_encoding_or_it_is_guessed(page: bytes):
    assert SIMPLIFIED in decoded_html(page)
