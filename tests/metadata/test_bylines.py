"""Bylines in many languages: each is read for what it says, and nothing is made of running text."""

import pytest

from cleaner.metadata.bylines import read_byline


def read(text: str, *, sure: bool = True) -> dict[str, str]:
    return {candidate.field: candidate.value for candidate in read_byline(text, "day", sure=sure)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("来源:青河日报          2021-03-16 09:05:41 【字体:", {"source": "青河日报", "date": "2021-03-16T09:05:41"}),
        (
            "发布时间:2020-08-09来源:青河日报作者:李 明 浏览次数:12",
            {"date": "2020-08-09", "source": "青河日报", "author": "李明"},
        ),
        ("2024-03-12 09:10 青河网 字号：小 中 大", {"date": "2024-03-12T09:10", "source": "青河网"}),
        ("本报讯（记者 李明 通讯员 王芳）", {"author": "李明, 王芳"}),
        ("〔記者王小明／台北報導〕", {"author": "王小明"}),
        ("责任编辑：周琴", {"editor": "周琴"}),
        ("发布时间：２０２４年３月１２日　来源：青河日报", {"date": "2024-03-12", "source": "青河日报"}),
        ("记者：李明 报道", {"author": "李明"}),
        ("通讯员 李明 王芳 记者 赵六", {"author": "李明, 王芳, 赵六"}),
        ("来源：本文来源于青河日报", {"source": "青河日报"}),
        ("撰文：梁子晴", {"author": "梁子晴"}),
        (
            "出版：2023-08-14 06:30　更新：2023-08-14 15:02",
            {"date": "2023-08-14T06:30", "modified": "2023-08-14T15:02"},
        ),
        ("更新日:2024年3月1日", {"modified": "2024-03-01"}),
        ("입력 2024.03.01 09:12 수정 2024.03.02 10:00", {"date": "2024-03-01T09:12", "modified": "2024-03-02T10:00"}),
        ("한지우 기자", {"author": "한지우"}),
        (
            "By JANE DOE, Staff Writer | Updated 3:04 PM EST, March 3, 2023",
            {"author": "JANE DOE", "modified": "2023-03-03T15:04-05:00"},
        ),
        ("By Jane Doe and John Roe", {"author": "Jane Doe, John Roe"}),
        ("ByNina Farrow", {"author": "Nina Farrow"}),
        ("By **Enid Castellan** | May 2, 2019", {"author": "Enid Castellan", "date": "2019-05-02"}),
        ("June 21, 2020 by Lotte Farrow", {"date": "2020-06-21", "author": "Lotte Farrow"}),
        ("Von Katrin Ohlsen | Stand: 12.03.2024", {"author": "Katrin Ohlsen", "date": "2024-03-12"}),
        ("Publié le 12 mars 2024 par Jean Dupont", {"date": "2024-03-12", "author": "Jean Dupont"}),
        ("12 марта 2024, 14:05 | Автор: Ирина Соколова", {"date": "2024-03-12T14:05", "author": "Ирина Соколова"}),
        ("كتب: سامر الحداد | نشر في 12 مارس 2024", {"author": "سامر الحداد", "date": "2024-03-12"}),
        ("โดย สมหญิง ใจงาม เผยแพร่: 12 มีนาคม 2567", {"author": "สมหญิง ใจงาม", "date": "2024-03-12"}),
        ("Ngày đăng: 12/03/2024 | Tác giả: Lê Minh Hạnh", {"date": "2024-03-12", "author": "Lê Minh Hạnh"}),
        ("数据来源：国家统计局", {}),
        ("作者：佚名", {}),
        ("Posted by admin", {}),
    ],
)
def test_a_byline_is_read_for_what_it_says(text: str, said: dict[str, str]) -> None:
    assert read(text) == said


def test_a_date_that_is_a_part_of_a_line_of_parts_is_read_in_any_line() -> None:
    assert read("Aaron Ricard | Senior Writer | July 2, 2025", sure=False) == {"date": "2025-07-02"}
    assert read("Dec 26, 2025 • Mahua Dasgupta in Project Management", sure=False) == {"date": "2025-12-26"}


@pytest.mark.parametrize(
    "text",
    [
        "By May the river had risen over the meadow, and the cows were moved.",
        "记者从县政府获悉，新桥将于五月通车。",
        "活动时间：2024年4月20日至5月5日",
        "Date: 14 September 2021",
        "Next meeting: 12 October 2021, in the hut.",
        "The council met on 12 March 2024 to speak about the bridge and its price.",
        "Price list | valid from 12 March 2024 for all of the ferries to the islands",
    ],
)
def test_running_text_and_notices_of_events_are_no_bylines(text: str) -> None:
    assert read(text, sure=False) == {}
