"""Injected spam is found by its words, its shape and its place; what a page writes about is left alone."""

import pytest

from cleaner.judging.disguise import disguises, undisguise
from cleaner.judging.spam import find_spam

# Clean texts and what is injected into them, by language. The brands marked with * are made up: no list knows them.
CLEAN = {
    "zh": ("县图书馆本月起延长开放时间，周末开到晚上九点。", "主办单位：清河县人民政府办公室", "清河县图书馆_通知公告"),
    "en": ("The town library will stay open until nine in the evening.", "Contact: Town Library", "Town Library"),
    "id": ("Perpustakaan kota buka sampai pukul sembilan malam.", "Alamat: Jalan Melati 5", "Perpustakaan Kota"),
    "th": ("ห้องสมุดประชาชนเปิดให้บริการถึงเวลาสามทุ่ม", "ที่อยู่: ถนนกลาง", "ห้องสมุดประชาชน"),
    "vi": ("Thư viện huyện mở cửa đến chín giờ tối.", "Địa chỉ: số 5 đường Lê Lợi", "Thư viện huyện"),
    "ko": ("군립 도서관은 밤 아홉 시까지 문을 연다.", "주소: 중앙로 5", "군립 도서관"),
    "ja": ("町立図書館は夜九時まで開いています。", "住所：中央通り5番地", "町立図書館"),
    "ru": ("Городская библиотека открыта до девяти вечера.", "Адрес: улица Мира, 5", "Городская библиотека"),
    "pt": (
        "A biblioteca municipal fica aberta até as nove da noite.",
        "Endereço: Rua das Flores, 5",
        "Biblioteca Municipal",
    ),
    "tr": ("İlçe kütüphanesi akşam dokuza kadar açık kalacak.", "Adres: Çiçek Sokak 5", "İlçe Kütüphanesi"),
}
BRANDS = {
    "zh": ("bet356体育在线", "新葡京娱乐官网", "六合彩开奖", "xq7788娱乐", "海豚湾棋牌官网"),
    "en": ("best online casino", "buy viagra online", "payday loans", "essay writing service"),
    "id": ("slot gacor", "situs judi online", "bandar togel", "rajaslot777"),
    "th": ("สล็อตเว็บตรง", "บาคาร่าออนไลน์", "เว็บพนันออนไลน์"),
    "vi": ("nhà cái uy tín", "game bài đổi thưởng", "tài xỉu online"),
    "ko": ("카지노사이트", "토토사이트", "먹튀검증"),
    "ja": ("オンラインカジノ", "入金不要ボーナス", "スーパーコピー"),
    "ru": ("казино онлайн", "1xbet зеркало", "купить диплом"),
    "pt": ("cassino online", "casas de apostas", "fortune tiger"),
    "tr": ("deneme bonusu", "canlı bahis siteleri", "casino siteleri"),
}


def injected(language, brand, shape):
    """A page with the brand in it; the block it stands in, and the block as it was."""
    body, footer, title = CLEAN[language]
    if shape == "title":
        return [f"{title}_{brand}", body, footer], 0, title
    if shape == "footer":
        label, _, name = footer.replace("：", ": ").partition(": ")
        return [title, body, f"{label}: {brand} | {name}"], 2, f"{label}: {name}"
    if shape == "row":
        return [title, body, footer, " | ".join([brand] * 3)], 3, ""
    return [title, f"{brand} | {body}", footer], 1, body


def cut(texts, block):
    text = texts[block]
    for span in reversed([span for span in find_spam(texts) if span.block == block and span.removable]):
        text = text[: span.cut_start] + text[span.cut_end :]
    return text


@pytest.mark.parametrize("shape", ["title", "footer", "row", "sentence"])
@pytest.mark.parametrize(("language", "brand"), [(lang, brand) for lang, brands in BRANDS.items() for brand in brands])
def test_what_was_injected_is_taken_out_and_nothing_else(language, brand, shape):
    texts, block, clean = injected(language, brand, shape)
    assert cut(texts, block).strip() == clean
    assert {span.block for span in find_spam(texts)} == {block}


@pytest.mark.parametrize("language", CLEAN)
def test_clean_pages_are_clean(language):
    assert find_spam(CLEAN[language]) == []


def test_a_replaced_name_in_an_operator_line():
    line = "主办单位:bet356体育在线:办公厅 运行维护:某某网"
    (span,) = find_spam([line])
    assert line[: span.cut_start] + line[span.cut_end :] == "主办单位:办公厅 运行维护:某某网"


def test_a_name_that_no_list_knows_is_found_by_its_place():
    line = "主办：碧水湾娱乐：湿地管理中心"
    (span,) = find_spam([line])
    assert line[span.start : span.end].startswith("碧水湾娱乐")


def test_a_real_sponsor_in_front_of_its_office_stays():
    assert (
        find_spam(
            ["主办单位：清河县人民政府：办公室", "技术支持：清河信息中心：网络科", "制作单位：某某网 版权所有：某某网"]
        )
        == []
    )


def test_an_unknown_brand_is_found_wherever_it_comes_back():
    texts = [
        "图书馆通知_海豚湾棋牌官网_县图书馆",
        "本月起延长开放时间，周末开到晚上九点。",
        "版权所有 县图书馆 海豚湾棋牌 技术支持",
    ]
    assert {span.block for span in find_spam(texts)} == {0, 2}


@pytest.mark.parametrize(
    ("disguised", "brand"),
    [
        ("通知_b\u200be\u200bt\u200b365体育投注", "bet365体育投注"),
        ("通知_b e t 3 6 5体育", "bet365体育"),
        ("通知_ｂｅｔ３６５体育投注", "bet365体育投注"),
        ("通知_bеt365体育投注", "bet365体育投注"),
        ("通知_六 合 彩", "六合彩"),
        ("通知_𝐛𝐞𝐭𝟑𝟔𝟓体育", "bet365体育"),
    ],
)
def test_disguised_words_are_found_at_their_place(disguised, brand):
    assert brand in undisguise(disguised).text
    (span,) = find_spam([disguised])
    assert disguised[: span.cut_start] + disguised[span.cut_end :] == "通知"


@pytest.mark.parametrize(
    "texts",
    [
        ["警方通报：六合彩平台被查", "警方查处网络赌博平台，涉案赌资上千万元，抓获赌博团伙成员三十人。"],
        ["The online casino market grew by 5% last year, the commission on gambling said in its report."],
        ["Online casino", "The casino licence was granted in May. Gambling law had been changed a year before."],
        ["俱乐部与赞助商续约", "球队胸前广告由某博彩公司赞助，博彩业赞助足球引发争议。"],
        ["他说“澳门赌场官网”是一个骗局。"],
        ["皇冠假日酒店官网"],
        ["中国福利彩票发行管理中心"],
        ["A specialist in socialist cialisque"],
        ["Payday loans", "Lenders must tell borrowers the interest rate of a loan before they sign, the law says."],
        [
            "Казино закрыли",
            "Полиция закрыла подпольное казино, где стояли игровые автоматы, сообщили в азартной комиссии.",
        ],
        ["Achieved 830K users for an online casino"],
        ["真人秀节目官网", "大发展 | 金沙江 | 银河系"],
    ],
)
def test_pages_about_the_matter_are_left_alone(texts):
    assert not [span for span in find_spam(texts) if span.removable]


def test_a_lure_goes_with_what_it_sells():
    line = "代开发票加微信abc12345 | 清河县农业局"
    (span,) = find_spam([line])
    assert line[span.cut_end :] == "清河县农业局"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("报名时间：5月3日（代办学位证加V信kz20481可验证，周日除外）。", "报名时间：5月3日（周日除外）。"),
        ("图书馆本月延长开放时间的通知-云雀谷游戏(集团)官网", "图书馆本月延长开放时间的通知"),
        (
            "Thư viện mở cửa đến tối tải app nổ hũ đổi thưởng nhận ngay code 100k, trừ chủ nhật.",
            "Thư viện mở cửa đến tối, trừ chủ nhật.",
        ),
        ("Daftar sekarang di RAJA8000 dan nikmati bonus new member 100%, deposit pulsa, RTP live 97%.", ""),
        ("займы на карту без отказа | Городская библиотека", "Городская библиотека"),
    ],
)
def test_a_way_of_selling_is_cut_from_the_line_it_was_put_into(line, left):
    assert cut([line], 0) == left


@pytest.mark.parametrize(
    "line",
    [
        "学历证书办理流程及学位证补办说明，咨询QQ群12345678。",
        "西门子(中国)官方网站",
        "国外学历学位认证",
        "Prednisone side effects",
        "Заказать справку онлайн",
        "Lịch thể thao hôm nay",
        "서울 강남 오피스텔 분양",
    ],
)
def test_what_offices_and_shops_write_is_no_spam(line):
    assert not [span for span in find_spam([line]) if span.removable]


def test_a_phrase_behind_the_last_sentence_is_a_stretch_of_its_own():
    line = "어린이실은 야간에 열지 않습니다. 카지노사이트 추천"
    (span,) = find_spam([line])
    assert line[: span.cut_start].rstrip() == "어린이실은 야간에 열지 않습니다."


def test_offsets_count_from_the_block():
    text = "第一行\n通知_新葡京娱乐官网"
    (span,) = find_spam(["前一块", text])
    assert (span.block, text[span.start : span.end]) == (1, "新葡京娱乐官网")
    assert text[span.cut_start : span.cut_end] == "_新葡京娱乐官网"


def test_there_is_nothing_in_nothing():
    assert find_spam([]) == []
    assert find_spam(["", "\n", " "]) == []
    assert disguises("") == []
