"""A made-up site of thirty pages: articles of their own inside a template in words that no rule knows."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = 30
TOPICS = (
    "orchard", "ferry", "quarry", "library", "beehive", "lighthouse", "vineyard", "canal", "observatory", "mill",
    "harbour", "meadow", "tannery", "pottery", "greenhouse", "railway", "chapel", "market", "dam", "archive",
    "bakery", "foundry", "nursery", "museum", "windmill", "forest", "brewery", "theatre", "clinic", "bridge",
)  # fmt: skip
_SUBJECTS = ("The keeper", "A neighbour", "The owner", "An old photograph", "Her brother", "The second winter")
_VERBS = ("remembers how", "proved that", "never doubted that", "was the reason why", "told us how", "explains why")
_ENDS = (
    "the roof had to be rebuilt before the rain came",
    "nobody wanted to leave the valley that year",
    "the work took twice as long as anyone had planned",
    "children still ask about the sound it used to make",
    "the money was found at the very last moment",
    "a visitor from the coast paid for the first repairs",
)
HEAD = ("Hollow Lantern Quarterly", "Slow letters for people who stay up late", "Under the stairs", "The long table")
FOOT = (
    "Hollow Lantern is folded and stitched by hand in an upstairs room above the rope maker's yard.",
    "We answer every postcard that arrives with a drawing on its back.",
    "Paper from the Ashdown mill, thread from nowhere in particular.",
)
COLUMN = "From the window seat"
DISCLAIMER = "Our writer stayed as a guest of the family and paid for the supper without being asked."
CHINESE_HEAD = ("灯下慢读", "给睡得晚的人写的信", "楼梯下面")
CHINESE_FOOT = ("本刊由绳匠院子楼上的小屋手工折页装订，寄往各地愿意等待的人。", "凡背面画了图的明信片，我们都会回信。")
CHINESE_DISCLAIMER = "作者在主人家住了三天，晚饭的钱是自己付的。"


def sentences(number: int, count: int) -> list[str]:
    """Sentences of a page's own, no two pages alike."""
    draw = random.Random(number)
    topic = TOPICS[number % len(TOPICS)]
    return [
        f"{draw.choice(_SUBJECTS)} of the {topic} {draw.choice(_VERBS)} {draw.choice(_ENDS)}, in the {topic} of {year}."
        for year in draw.sample(range(1820, 1990), count)
    ]


def article(number: int) -> list[str]:
    """Title, paragraphs; on every third page a disclaimer, on every other a column's title above the second part."""
    said = sentences(number, 12)
    paragraphs = [" ".join(said[start : start + 3]) for start in range(0, 12, 3)]
    if number % 2:
        paragraphs.insert(2, COLUMN)
    if number % 3 == 0:
        paragraphs.insert(3, DISCLAIMER)
    return [f"The {TOPICS[number % len(TOPICS)]} that waited", *paragraphs]


def html_page(number: int) -> str:
    """A page whose markup names nothing: the template is made of plain paragraphs."""
    title, *paragraphs = article(number)
    head = "".join(f"<div><p>{line}</p></div>" for line in (*HEAD, f"Sheet {number + 1} of the pile"))
    body = "".join(f"<h3>{text}</h3>" if text == COLUMN else f"<p>{text}</p>" for text in paragraphs)
    foot = "".join(f"<div><p>{line}</p></div>" for line in FOOT)
    return (
        f"<!doctype html><html lang=en><title>{title}</title><link rel=canonical "
        f"href='https://lantern.example/{number}'><body><div>{head}</div><div><h1>{title}</h1>{body}</div>"
        f"<div>{foot}</div></body></html>"
    )


def text_page(number: int) -> str:
    """The same as bare text."""
    return "\n\n".join((*HEAD, f"Sheet {number + 1} of the pile", *article(number), *FOOT)) + "\n"


_PLACES = "老渡口 石磨坊 旧书楼 养蜂场 灯塔 茶园 窑厂 盐田 油坊 竹林 马场 枣园 琴行 染坊 酒窖".split()
_PEOPLE = "摆渡的老人 守门的妇人 年轻的木匠 退休的教师 种菜的夫妻 从海边来的客人 养鹅的孩子".split()
_STORIES = (
    "那一年的水比往年都大，船被冲到下游的村子里，第二天才找回来",
    "修墙的工人发现过一封没有寄出的信，字迹还很清楚",
    "新主人没有换掉老树，他说那些树比村里所有的人都要年长",
    "孩子们都是在那里学会认字的，后来没有一个人忘记",
    "最后一笔钱是从很远的地方寄来的，寄信的人没有留下名字",
    "冬天最冷的时候，全村的人都到那里去取暖，谁也不肯先走",
    "为了搬那块石头，他们足足用掉了半个月，还请来了邻村的牛",
)


def chinese_page(number: int) -> str:
    """A page of bare text without spaces."""
    draw = random.Random(number)
    name, days = _PLACES[number % len(_PLACES)], "一二三四五六七八九十"
    told = [(draw.choice(_PEOPLE), story) for story in draw.sample(_STORIES, 4)]
    paragraphs = [f"{who}说起{name}的时候总是笑：{story}。说完又往{name}那边看。" for who, story in told]
    if number % 3 == 0:
        paragraphs.insert(2, CHINESE_DISCLAIMER)
    dated = f"第{days[number % 10]}叠 {days[(number + 3) % 10]}月{days[(number + 5) % 10]}日"
    title = f"{draw.choice(_PEOPLE)}和{name}"
    return "\n\n".join((*CHINESE_HEAD, dated, title, *paragraphs, *CHINESE_FOOT)) + "\n"


@dataclass(frozen=True, slots=True)
class MadeUpSite:
    """`page` writes the page of a number; `template` stands on all pages, `shared` inside the text of some."""

    page: Callable[[int], str]
    template: tuple[str, ...]
    shared: tuple[str, ...]

    def pages(self, count: int = PAGES) -> list[tuple[str, None]]:
        """All pages, without addresses beside them."""
        return [(self.page(number), None) for number in range(count)]


SITES = {
    "html": MadeUpSite(html_page, (*HEAD, *FOOT), (COLUMN, DISCLAIMER)),
    "text": MadeUpSite(text_page, (*HEAD, *FOOT), (COLUMN, DISCLAIMER)),
    "chinese": MadeUpSite(chinese_page, (*CHINESE_HEAD, *CHINESE_FOOT), (CHINESE_DISCLAIMER,)),
}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> MadeUpSite:
    """A site of each kind."""
    return SITES[request.param]


@pytest.fixture
def html_site() -> MadeUpSite:
    """The site in HTML."""
    return SITES["html"]


@pytest.fixture
def text_site() -> MadeUpSite:
    """The site as bare text."""
    return SITES["text"]
