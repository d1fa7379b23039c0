"""Bytes of any charset become the text they were written as."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.decoding import decode, decode_as

RUSSIAN = "Совет собрался во вторник и решил восстановить старый каменный мост до зимы."
GREEK = "Το συμβούλιο συνεδρίασε την Τρίτη και αποφάσισε να ξαναχτίσει την παλιά γέφυρα."
SIMPLIFIED = "县里召开会议，研究部署今年的防汛工作，要求各乡镇认真落实责任，确保群众安全。"
TRADITIONAL = "縣府召開會議，研究今年的防汛工作，要求各鄉鎮認真落實責任，確保民眾安全。"
JAPANESE = "町は火曜日に会議を開き、古い石橋を冬までに直すことを決めた。"
KOREAN = "군의회는 화요일에 회의를 열고 겨울이 오기 전에 낡은 돌다리를 다시 짓기로 했다."
CASES = [
    ("gb18030", SIMPLIFIED, "gb18030"),
    ("gb18030", TRADITIONAL, "gb18030"),
    ("big5", TRADITIONAL, "big5"),
    ("cp932", JAPANESE, "shift_jis"),
    ("euc_jp", JAPANESE, "euc-jp"),
    ("cp949", KOREAN, "euc-kr"),
    ("cp1251", RUSSIAN, "windows-1251"),
    ("koi8-r", RUSSIAN, "koi8-r"),
    ("cp866", RUSSIAN, "ibm866"),
    ("iso8859-7", GREEK, "windows-1253"),
    ("cp1253", GREEK, "windows-1253"),
    ("cp1255", "המועצה התכנסה ביום שלישי והחליטה לבנות מחדש את גשר האבן הישן.", "windows-1255"),
    ("cp1256", "اجتمع المجلس يوم الثلاثاء وقرر إعادة بناء الجسر الحجري القديم قبل الشتاء.", "windows-1256"),
    ("cp874", "สภาประชุมในวันอังคารและตัดสินใจสร้างสะพานหินเก่าขึ้นใหม่ก่อนฤดูหนาว", "windows-874"),
    ("cp1252", "Der Rat hat beschlossen, die alte Brücke vor dem Winter für alle zu öffnen.", "windows-1252"),
    ("cp1252", "Le conseil a décidé de rebâtir le vieux pont de pierre où l’été s’achève.", "windows-1252"),
    ("cp1250", "Rada zdecydowała, że stary kamienny most zostanie odbudowany jeszcze przed zimą.", "windows-1250"),
    ("iso8859-2", "Zastupitelé rozhodli, že starý kamenný most bude před zimou znovu postaven.", "iso-8859-2"),
    (
        "cp1254",
        "Belediye meclisi eski taş köprünün kıştan önce yeniden yapılmasına karar verdi; iş başlıyor.",
        "windows-1254",
    ),
    ("cp1257", "Taryba nusprendė, kad senasis akmeninis tiltas bus atstatytas iki žiemos pradžios.", "windows-1257"),
    ("utf-16", SIMPLIFIED, "utf-16le"),
    ("utf-16-le", SIMPLIFIED, "utf-16le"),
    ("utf-16-be", SIMPLIFIED, "utf-16be"),
    ("utf-16-le", "The council met on Tuesday.", "utf-16le"),
    ("utf-32-le", SIMPLIFIED, "utf-32le"),
    ("utf-32", "The council met.", "utf-32le"),
    ("iso2022_jp", JAPANESE, "iso-2022-jp"),
    ("utf-8-sig", SIMPLIFIED, "utf-8"),
]


@pytest.mark.parametrize(("codec", "text", "name"), CASES)
def test_text_comes_back_without_a_declaration(codec: str, text: str, name: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (text, name, 0)


@pytest.mark.parametrize(("codec", "text", "name"), CASES)
def test_text_comes_back_out_of_a_page(codec: str, text: str, name: str) -> None:
    page = f"<html><head><title>t</title></head><body><p>{text}</p><p>{text}</p></body></html>"
    assert decode(page.encode(codec)).text == page


@pytest.mark.parametrize("lie", ["utf-8", "iso-8859-1", "gb2312", "big5", "x-nope", "utf-16"])
@pytest.mark.parametrize(("codec", "text"), [("gb18030", SIMPLIFIED), ("utf-8", SIMPLIFIED), ("cp1251", RUSSIAN)])
def test_a_lying_declaration_is_overruled(codec: str, text: str, lie: str) -> None:
    page = f'<html><head><meta charset="{lie}"></head><body><p>{text}</p><p>{text}</p></body></html>'
    assert text in decode(page.encode(codec)).text
    assert text in decode(page.encode(codec), declared=lie).text


def test_an_unknown_declared_charset_is_ignored_and_told() -> None:
    decoded = decode("très".encode(), declared="x-nope")
    assert decoded.text == "très"
    assert "x-nope" in decoded.evidence


def test_a_declaration_decides_between_equal_readings() -> None:
    assert decode(b"\xe5", declared="windows-1256").text == "ه"
    assert decode(b"\xe5", declared="windows-1252").text == "å"


def test_candidates_carry_their_costs() -> None:
    weighed = decode(RUSSIAN.encode("koi8-r")).candidates
    assert weighed[0][0] == "koi8-r"
    assert weighed[0][1] < weighed[1][1]


def test_what_was_declared_is_told() -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset=GB2312"><p>{SIMPLIFIED}</p>'
    assert decode(page.encode("gb18030")).declared == "gb2312"
    assert decode(page.encode()).declared == "gb2312"
    assert decode(page.encode(), declared="big5").declared == "big5"
    assert decode(SIMPLIFIED.encode()).declared is None


def test_sureness_falls_where_readings_are_about_equal() -> None:
    assert decode(SIMPLIFIED.encode("gb18030")).sureness > 0.99
    assert decode(SIMPLIFIED.encode()).sureness == 1
    assert decode(b"\xe5").sureness < 0.9


def test_places_of_bytes_that_are_no_character_are_told() -> None:
    data = f"{SIMPLIFIED}\n{SIMPLIFIED}".encode()
    decoded = decode(data[:30] + b"\xff" + data[30:-2])
    assert decoded.places == ((1, 11), (2, len(SIMPLIFIED)))
    assert decode(data).places == ()


def test_cut_utf8_loses_only_the_cut_characters() -> None:
    decoded = decode(SIMPLIFIED.encode()[1:-1])
    assert decoded.encoding == "utf-8"
    assert SIMPLIFIED[1:-1] in decoded.text
    assert decoded.replaced > 0


def test_one_bad_byte_costs_one_character() -> None:
    data = SIMPLIFIED.encode()
    decoded = decode(data[:30] + b"\xff" + data[30:])
    assert decoded.text == SIMPLIFIED[:10] + "\ufffd" + SIMPLIFIED[10:]
    assert decoded.replaced == 1


def test_quotes_of_windows_1252_inside_utf8_are_read() -> None:
    assert decode(SIMPLIFIED.encode() + b"\nit\x92s \x93quoted\x94").text.endswith("it’s “quoted”")


@pytest.mark.parametrize(("codec", "text"), [("gb18030", SIMPLIFIED), ("big5", TRADITIONAL), ("cp949", KOREAN)])
def test_a_lost_byte_spoils_only_its_own_character(codec: str, text: str) -> None:
    line = text + text
    data = line.encode(codec)
    decoded = decode(data[:20] + data[21:])
    assert text[12:] in decoded.text


def test_a_file_cut_inside_its_first_character_is_read_from_the_second() -> None:
    assert SIMPLIFIED[1:] in decode((SIMPLIFIED * 2).encode("gb18030")[1:]).text


def test_lines_in_different_charsets_are_each_read_right() -> None:
    data = "\n".join([SIMPLIFIED] * 4).encode("gb18030") + f"\n{RUSSIAN}\n{SIMPLIFIED}".encode()
    assert RUSSIAN in decode(data).text
    assert decode(data).text.count(SIMPLIFIED) == 5


def test_ordinary_utf8_needs_neither_detector_nor_tables() -> None:
    script = (
        "import sys; from cleaner.decoding import decode, repair, normalize_characters\n"
        f"text = decode({SIMPLIFIED.encode()!r}).text\n"
        "normalize_characters(text)\n"
        "heavy = {'turbohtml', 'ftfy', 'numpy', 'cleaner.decoding.languages', 'cleaner.decoding.costs'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


@given(st.binary(max_size=400))
def test_any_bytes_give_some_text(data: bytes) -> None:
    decoded = decode(data)
    assert isinstance(decoded.text, str)
    assert decoded.evidence


@given(st.text(max_size=200))
def test_utf8_always_comes_back(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if b"\0" not in data and not data.startswith((b"\xef\xbb\xbf",)) and b"\x1b" not in data and b"~{" not in data:
        assert decode(data).text.encode() == data


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_declared_name_is_harmless(data: bytes, name: str) -> None:
    assert isinstance(decode(data, declared=name).text, str)


def test_a_charset_that_was_asked_for_is_obeyed() -> None:
    assert decode_as("天下".encode("big5"), "Big5").text == "天下"
    with pytest.raises(LookupError):
        decode_as(b"x", "no-such-charset")


@pytest.mark.parametrize(
    "text", ["The council met\0 on Tuesday.\n\nAnd agreed.\n", "青河新桥\0昨日通车。\n", "Line\0 one\n" * 20]
)
def test_zero_bytes_in_utf8_do_not_make_it_utf16(text: str) -> None:
    assert decode(text.encode()).encoding == "utf-8"


@pytest.mark.parametrize("text", ["Мост через реку открыт", "あいうえおかきくけこ\n\n", "Η γέφυρα άνοιξε\n"])
def test_utf16_of_other_rows_is_still_told(text: str) -> None:
    assert decode(text.encode("utf-16-le")).encoding == "utf-16le"
