"""Reporters and outlets at either end of a body, and what a name in Han characters is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.metadata.dispatches import read_dispatch, read_masthead, read_reporters, read_signature
from cleaner.metadata.han_names import is_han_name, only_names


def _said(found: list) -> dict[str, str]:  # type: ignore[type-arg]
    return {one.field: one.value for one in found}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本报记者 邓小阳", {"author": "邓小阳"}),
        ("青河社记者邹为、唐诗、丁小乐", {"author": "邹为, 唐诗, 丁小乐"}),
        ("◎ 記者林和平/採訪報導", {"author": "林和平"}),
        ("欣青社╱記者丁彥文／台北報導 2012-01-17 17:03", {"author": "丁彥文", "source": "欣青社"}),
        ("文丨青评特约评论员 韩知秋", {"author": "韩知秋"}),
        ("作者 王之文 高小然", {"author": "王之文, 高小然"}),
        ("Tom Linqiao 于 2023-03-12 13:08:03 发布", {"author": "Tom Linqiao"}),
        ("最新推荐文章 于 2023-09-04 17:53:10 发布", {}),
        ("记者从交通局获悉", {}),
        ("记者 昨天在桥头看到", {}),
        ("文化 王府井", {}),
        ("作者单位", {}),
    ],
)
def test_a_line_of_reporters_names_them_and_a_sentence_does_not(text: str, said: dict[str, str]) -> None:
    assert _said(read_reporters(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("青河社北京5月19日电（刘文、杨吉）专家在会上介绍", {"author": "刘文, 杨吉"}),
        ("青河社北京5月19日电（来源待核）专家在会上介绍", {}),
        ("本报讯（记者 李明 通讯员 王芳）老桥", {"author": "李明, 王芳"}),
    ],
)
def test_a_wire_names_its_reporters(text: str, said: dict[str, str]) -> None:
    assert _said(read_dispatch(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("〔青央社〕春節連假", {"source": "青央社"}),
        ("[世青财讯]公司公布业绩", {"source": "世青财讯"}),
        ("【中青新聞／陳奕帆】", {"source": "中青新聞", "author": "陳奕帆"}),
        ("【台青新生報／記者蘇湘文／台北報導】", {"source": "台青新生報", "author": "蘇湘文"}),
        ("青河社柳湾5月9日电 题：桥", {"source": "青河社"}),
        ("楚青都市報訊 （記者嚴龍）", {"source": "楚青都市報"}),
        ("摘自青河晚报", {"source": "青河晚报"}),
        ("本报讯（记者 李明）", {}),
        ("【紧急通知】", {}),
        ("社会各界5月9日电话咨询", {}),
    ],
)
def test_the_head_of_a_body_names_its_outlet(text: str, said: dict[str, str]) -> None:
    assert _said(read_masthead(text)) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("桥就在那里。（作者韩知秋系江州大学研究员）", {"author": "韩知秋"}),
        ("（作者：林小满）", {"author": "林小满"}),
        ("（作者系江州大学教授）", {}),
        ("（作者单位：江州大学）", {}),
    ],
)
def test_the_end_of_an_essay_presents_its_author(text: str, said: dict[str, str]) -> None:
    assert _said(read_signature(text)) == said


@pytest.mark.parametrize("name", ["李明", "欧阳雪", "司徒美玲", "陳奕帆", "梅里克·加兰"])
def test_a_surname_and_a_given_name_are_a_name(name: str) -> None:
    assert is_han_name(name)


@pytest.mark.parametrize("other", ["李", "今天", "央行", "李明明明", "夕阳无限好", "Li Ming", ""])
def test_other_words_are_no_name(other: str) -> None:
    assert not is_han_name(other)


@given(st.text(alphabet="李王明 、记者文a（", max_size=40))
def test_only_names_holds_nothing_but_names(text: str) -> None:
    assert all(is_han_name(name) for name in only_names(text))
