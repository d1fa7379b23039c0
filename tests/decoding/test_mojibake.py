"""Mojibake is turned back; clean text, and what can't be restored, is left alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.decoding import repair, replay

FRENCH = "Le café où l’été s’achève, près du vieux château."
GERMAN = "Die Brücke wird für alle geöffnet, sagte der Bürgermeister."
POLISH = "Rada zdecydowała, że stary kamienny most zostanie odbudowany przed zimą."
RUSSIAN = "Совет собрался во вторник и решил восстановить старый мост."
GREEK = "Το συμβούλιο αποφάσισε να ξαναχτίσει την παλιά γέφυρα."
SIMPLIFIED = "今天由于上交所发布，县里召开会议，研究部署今年的防汛工作。"
TRADITIONAL = "縣府召開會議，研究今年的防汛工作，要求各鄉鎮認真落實責任。"
JAPANESE = "町は火曜日に会議を開き、古い石橋を冬までに直すことを決めた。"
KOREAN = "군의회는 화요일에 회의를 열고 낡은 돌다리를 다시 짓기로 했다."


def misread(text: str, right: str, wrong: str) -> str:
    """The text in its right charset, read in the wrong one; bytes that have no character there as controls."""
    data = text.encode(right)
    return (
        "".join(data[place : place + 1].decode(wrong, "ignore") or chr(data[place]) for place in range(len(data)))
        if wrong.startswith(("cp125", "latin", "iso", "mac", "koi8", "cp866", "cp437"))
        else data.decode(wrong)
    )


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (FRENCH, "utf-8", "cp1252"),
        (FRENCH, "utf-8", "latin-1"),
        (GERMAN, "utf-8", "mac-roman"),
        (RUSSIAN, "utf-8", "iso8859-15"),
        (SIMPLIFIED, "utf-8", "iso8859-15"),
        (FRENCH, "mac-roman", "latin-1"),
        (GERMAN, "utf-8", "cp1251"),
        (POLISH, "utf-8", "cp1250"),
        (RUSSIAN, "utf-8", "cp1251"),
        (RUSSIAN, "utf-8", "latin-1"),
        (GREEK, "utf-8", "cp1252"),
        (SIMPLIFIED, "utf-8", "cp1252"),
        (SIMPLIFIED, "utf-8", "latin-1"),
        (JAPANESE, "utf-8", "cp1252"),
        (KOREAN, "utf-8", "latin-1"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "koi8-r", "cp1251"),
        (RUSSIAN, "cp1251", "koi8-r"),
        (GREEK, "cp1253", "cp1252"),
        (POLISH, "cp1250", "cp1252"),
        (SIMPLIFIED, "gb18030", "cp1252"),
        (SIMPLIFIED, "gb18030", "latin-1"),
        (TRADITIONAL, "big5", "latin-1"),
        (JAPANESE, "cp932", "latin-1"),
        (JAPANESE, "euc_jp", "cp1252"),
        (KOREAN, "cp949", "latin-1"),
        (KOREAN, "cp949", "gb18030"),
    ],
)
def test_one_misreading_is_undone(text: str, right: str, wrong: str) -> None:
    assert repair(misread(text, right, wrong)).text == text


def test_a_double_misreading_is_undone() -> None:
    assert repair(misread(misread(FRENCH, "utf-8", "latin-1"), "utf-8", "latin-1")).text == FRENCH


def test_only_the_misread_lines_change() -> None:
    lines = [SIMPLIFIED, misread(SIMPLIFIED, "gb18030", "latin-1"), FRENCH, GERMAN]
    assert repair("\n".join(lines)).text == f"{SIMPLIFIED}\n{SIMPLIFIED}\n{FRENCH}\n{GERMAN}"


def test_steps_say_what_was_done_and_replay() -> None:
    source = "\n".join([SIMPLIFIED, misread(SIMPLIFIED, "gb18030", "latin-1"), misread(FRENCH, "utf-8", "cp1252")])
    repaired = repair(source)
    assert replay(source, repaired.steps) == repaired.text
    assert any("GB18030 that was read as Windows-1252, on 1 line" in str(step) for step in repaired.steps)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII",
        FRENCH,
        GERMAN,
        POLISH,
        RUSSIAN,
        GREEK,
        SIMPLIFIED,
        TRADITIONAL,
        JAPANESE,
        KOREAN,
        "他说：“你好，世界！”（2024年）；共１２３人～ＡＢＣ ﾊﾝｶｸ ﬁ",
        "It cost £20 or €15, at 30 °C; “so they said” — n’est-ce pas…",
        "Ã is a letter of the Portuguese alphabet, as is Â.",
        "┌──┬──┐\n│▒▓│░░│\n└──┴──┘",
        "АО «Мост» и ООО «Река» подписали договор № 5.",
        "Reykjavík, Þórshöfn, Ísafjörður og Vestmannaeyjar",
        "Chữ Quốc ngữ là hệ chữ viết thống nhất của tiếng Việt.",
        "The glyph Ã© is often seen where an encoding was mixed up; the letter é was meant.",
        "锟斤拷锟斤拷 and ????? and \ufffd\ufffd\ufffd",
        "App下载、Wi-Fi信号、iPhone手机，T恤与卡拉OK。",
    ],
)
def test_what_is_right_or_lost_is_returned_as_it_is(text: str) -> None:
    repaired = repair(text)
    assert repaired.text == text
    assert repaired.steps == ()


def test_a_rare_name_among_lines_that_are_right_is_no_misreading() -> None:
    for name in ("贾磊磊", "潦潦草草", "高瓔瓔", "柳絮飘飘", "粥饭桶", "林俊杰", "邱毅"):
        text = f"{SIMPLIFIED}\n{name}\n{SIMPLIFIED}"
        assert repair(text).text == text


def test_what_is_right_in_a_line_with_mojibake_stays() -> None:
    wrong = misread(RUSSIAN, "utf-8", "cp1251")
    line = f"<meta title='{wrong}'><meta content='{RUSSIAN}'>"
    assert repair(line).text == line.replace(wrong, RUSSIAN)
    assert repair(line + f"<p>{RUSSIAN}</p>" * 90).text == line.replace(wrong, RUSSIAN) + f"<p>{RUSSIAN}</p>" * 90
    assert repair(f"<p>…</p><p>{misread(FRENCH, 'utf-8', 'cp1252')}</p>").text == f"<p>…</p><p>{FRENCH}</p>"


def test_what_is_lost_is_counted_and_stays() -> None:
    text = "锟斤拷锟斤拷 and ???? and \ufffd\ufffd\ufffd, really? Really???"
    repaired = repair(text)
    assert repaired.text == text
    assert (repaired.lost.reread, repaired.lost.question_marks, repaired.lost.replaced) == (2, 4, 3)
    assert repair("What???").lost.total == 0


def test_clean_text_needs_no_ftfy() -> None:
    script = (
        "import sys; from cleaner.decoding import repair\n"
        f"repair({SIMPLIFIED + FRENCH + RUSSIAN!r})\n"
        "print('ftfy' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "False"


@settings(deadline=None)
@given(st.text(max_size=120))
def test_steps_of_any_text_replay(text: str) -> None:
    repaired = repair(text)
    assert replay(text, repaired.steps) == repaired.text
    assert repaired.text.count("\n") == text.count("\n")


@settings(deadline=None)
@given(st.lists(st.sampled_from([SIMPLIFIED, JAPANESE, RUSSIAN, GREEK, KOREAN]), min_size=1, max_size=4))
def test_lines_read_as_latin_1_come_back(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert repair(misread(text, "utf-8", "latin-1")).text == text
