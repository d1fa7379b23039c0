"""Builds the tables that say what the letters of a language cost: `cleaner/data/encoding/*.bin`.

    python -m cleaner.training.encoding_tables

Word frequencies come from the package `wordfreq` (data CC BY-SA 4.0), Traditional Chinese from its Chinese list through
`opencc`, and languages that have no list there from the names of languages, territories, currencies and dates in the
Unicode CLDR (package `babel`, Unicode licence); Thai from the counts of the Thai National Corpus (package `pythainlp`,
CC0). None of them is needed to run `cleaner`.

`letters.bin` holds, for each alphabetic language, what a letter costs after another one; `characters.bin` holds what a
character of Chinese, Japanese and Korean costs. Costs are bytes: 16 to the bit for letters, 10 for characters.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TARGET = Path(__file__).parents[1] / "data" / "encoding"
# Letters cost up to 16 bits after others, ideographs up to 24.
LETTER_UNITS, CHARACTER_UNITS = 16, 10
RAREST_CHARACTER = 23.0

FROM_WORD_LISTS = {
    "latin": (
        "en de fr es pt it pl cs sk hu tr sv da nb nl fi lt lv ro vi ca sl sh is id fil"  # codes of ISO 639
    ),
    "cyrillic": "ru uk bg mk",
    "greek": "el",
    "hebrew": "he",
    "arabic": "ar fa ur",
}
FROM_LOCALES = {
    "latin": "et ga cy mt eu sq gl af eo br gd fo lb az",
    "cyrillic": "be sr kk",
}
FROM_THAI_LISTS = {"thai": "th"}
IDEOGRAPHIC = ("zh", "zht", "ja", "ko")

# Weight of the smoothing: how many letters of the language's overall distribution stand behind each letter's own
# followers, where a word list counts as a million letters and a locale's names as what they are.
LIST_LETTERS = 1_000_000
PRIOR_LETTERS = 20
MOST_LETTERS = 110
UNSPACED = ("thai",)
WORDS_A_SPACE = 6
RAREST = 1.5e-6
RAREST_WORD = 3e-8


def words_of_list(code: str) -> dict[str, float]:
    """Words with their frequencies, composed; languages of the Serbo-Croatian list are in Latin letters."""
    wordfreq = import_module("wordfreq")
    return {
        unicodedata.normalize("NFC", word): frequency
        for word, frequency in wordfreq.get_frequency_dict(code, "best").items()
        if frequency >= RAREST_WORD
    }


def words_of_locale(code: str) -> dict[str, float]:
    """Words of a locale's names, each weighted by how often it occurs."""
    locale = import_module("babel").Locale(code)
    names: list[str] = [*locale.languages.values(), *locale.territories.values(), *locale.currencies.values()]
    for calendar in (locale.days, locale.months):
        names.extend(name for widths in calendar.values() for forms in widths.values() for name in forms.values())
    counts = Counter(word for name in names for word in _words(unicodedata.normalize("NFC", name.lower())))
    return {word: float(count) for word, count in counts.items()}


def with_cedillas(words: dict[str, float]) -> dict[str, float]:
    """Romanian words in both spellings: charsets older than Unicode 3.0 have the comma letters with cedillas only."""
    cedillas = str.maketrans("șț", "şţ")
    return {word: weight / 2 for word, weight in words.items()} | {
        word.translate(cedillas): weight / 2 if word != word.translate(cedillas) else weight
        for word, weight in words.items()
    }


# The word lists are case-folded, which makes `ss` of the German sharp s and loses the final form of sigma.
SHARP_S = re.compile(
    "(gro|grö|stra|spa|fu|sü|hei|wei|rei|bei|lie|nie|hie|sto|stö|flo|mä|bu|bü|grü|au|äu|mei|flei|schei|rie|^da|^mu)ss"
)
OLD_SPELLING = 0.1


def with_sharp_s(words: dict[str, float]) -> dict[str, float]:
    """German words as they are spelt, `dass` and `muss` partly in the spelling of before 1996."""
    spelt: dict[str, float] = {}
    for word, weight in words.items():
        sharp = SHARP_S.sub("\\1ß", word)
        share = OLD_SPELLING if word in {"dass", "muss", "musste"} else 1.0
        spelt[sharp] = spelt.get(sharp, 0.0) + share * weight
        spelt[word] = spelt.get(word, 0.0) + (1 - share) * weight
    return spelt


def with_final_sigma(words: dict[str, float]) -> dict[str, float]:
    """Greek words with the form that sigma has at their end."""
    return {f"{word[:-1]}ς" if word.endswith("σ") else word: weight for word, weight in words.items()}


RESPELLED = {"ro": with_cedillas, "de": with_sharp_s, "el": with_final_sigma}


def words_of_thai_list(_code: str) -> dict[str, float]:
    """Thai words with their counts. Thai is written without spaces, so that words join to a few long ones."""
    counts = import_module("pythainlp.corpus.tnc").unigram_word_freqs()
    return {word: float(count) for word, count in counts.items()}


def _words(name: str) -> Iterator[str]:
    """Stretches of letters and their marks."""
    word = ""
    for character in f"{name} ":
        if unicodedata.category(character)[0] in "LM":
            word += character
        elif word:
            yield word
            word = ""


def letter_table(words: dict[str, float], script: str, letters: float) -> tuple[str, bytes]:
    """The alphabet, and the costs of its letters: by themselves, then each after each other.

    Index 0 is what is no letter, 1 a letter that is not in the alphabet, then the alphabet in order; the cost of `b`
    after `a` stands at `(a + 1) * size + b`.
    """
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    for word, weight in words.items():
        lowered = "".join(character if belongs(character, script) else " " for character in word.lower())
        for pair in zip(f" {lowered}", f"{lowered} ", strict=True):
            pairs[pair] += weight
    if script in UNSPACED:
        pairs = joined(pairs)
    scale = letters / sum(pairs.values())
    singles: dict[str, float] = defaultdict(float)
    for (_, second), weight in pairs.items():
        singles[second] += weight * scale
    alphabet = "".join(
        sorted(
            letter
            for letter, count in sorted(singles.items(), key=_by_weight)[:MOST_LETTERS]
            if letter != " " and count > letters * RAREST
        )
    )
    symbols = [" ", "\0", *alphabet]
    share = {symbol: (singles[symbol] + 0.05) / (letters + 0.05 * len(symbols)) for symbol in symbols}
    costs = bytearray(as_byte(-math.log2(share[symbol])) for symbol in symbols)
    for first in symbols:
        total = sum(pairs[first, second] * scale for second in symbols)
        for second in symbols:
            seen = pairs[first, second] * scale
            costs.append(as_byte(-math.log2((seen + PRIOR_LETTERS * share[second]) / (total + PRIOR_LETTERS))))
    return alphabet, bytes(costs)


def _by_weight(item: tuple[str, float]) -> float:
    return -item[1]


def joined(pairs: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The pairs of a script that is written without spaces: the end of a word is followed by the start of another."""
    starts = {second: weight for (first, second), weight in pairs.items() if first == " "}
    ends = {first: weight for (first, second), weight in pairs.items() if second == " "}
    total = sum(starts.values())
    without = defaultdict(
        float, {pair: weight / WORDS_A_SPACE if " " in pair else weight for pair, weight in pairs.items()}
    )
    for end, of_end in ends.items():
        for start, of_start in starts.items():
            without[end, start] += of_end * of_start / total * (1 - 1 / WORDS_A_SPACE)
    return without


SCRIPT_RANGES = {
    "latin": ((0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xDF, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1EFF)),
    "greek": ((0x370, 0x3FF),),
    "cyrillic": ((0x400, 0x52F),),
    "hebrew": ((0x5D0, 0x5EA),),
    "arabic": ((0x621, 0x64A), (0x66E, 0x6D3)),
    "thai": ((0xE01, 0xE4E),),
}


def belongs(character: str, script: str) -> bool:
    """Whether the lower-case character is a letter (in Thai also a vowel or tone mark) of the script."""
    return any(first <= ord(character) <= last for first, last in SCRIPT_RANGES[script])


def as_byte(bits: float) -> int:
    """The cost of a letter as it is stored."""
    return min(255, max(0, round(bits * LETTER_UNITS)))


def character_costs(code: str) -> dict[str, int]:
    """The cost of each non-ASCII letter of an ideographic or syllabic language among all of its non-ASCII letters."""
    convert = None
    if code == "zht":
        convert = import_module("opencc").OpenCC("s2tw").convert
    counts: dict[str, float] = defaultdict(float)
    for word, frequency in words_of_list("zh" if code == "zht" else code).items():
        for character in convert(word) if convert else word:
            if character > "\x7f" and character.isalpha():
                counts[character] += frequency
    total = sum(counts.values())
    bits = {character: -math.log2(count / total) for character, count in counts.items()}
    return {character: round(CHARACTER_UNITS * cost) for character, cost in bits.items() if cost < RAREST_CHARACTER}


def letters_file() -> bytes:
    """All alphabetic languages."""
    languages: list[dict[str, str]] = []
    matrices = bytearray()
    for words_of, scripts in (
        (words_of_list, FROM_WORD_LISTS),
        (words_of_locale, FROM_LOCALES),
        (words_of_thai_list, FROM_THAI_LISTS),
    ):
        for script, codes in scripts.items():
            for code in codes.split():
                words = words_of(code)
                words = RESPELLED[code](words) if code in RESPELLED else words
                letters: float = LIST_LETTERS
                if words_of is words_of_locale:
                    letters = sum(len(word) * count for word, count in words.items())
                alphabet, costs = letter_table(words, script, letters)
                languages.append({"language": code, "script": script, "alphabet": alphabet})
                matrices += costs
    return packed(languages, bytes(matrices))


def characters_file() -> bytes:
    """Chinese in both scripts, Japanese and Korean."""
    languages: list[dict[str, str]] = []
    columns = bytearray()
    for code in IDEOGRAPHIC:
        costs = dict(sorted(character_costs(code).items()))
        languages.append({"language": code, "characters": "".join(costs)})
        columns += bytes(costs.values())
    return packed(languages, bytes(columns))


def packed(header: Iterable[dict[str, str]], costs: bytes) -> bytes:
    """One line of JSON, then the costs of its entries one after the other, compressed."""
    line = json.dumps(list(header), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(line.encode() + b"\n" + costs, 9)


def main() -> None:
    """Write both files."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, content in (("letters.bin", letters_file()), ("characters.bin", characters_file())):
        (TARGET / name).write_bytes(content)


if __name__ == "__main__":
    main()
