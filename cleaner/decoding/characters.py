"""Characters that carry no text: controls, terminal escapes, invisible and direction-changing characters.

What a script or an emoji needs stays: joiners in Arabic, Persian and Indic words, the word breaks of Thai and Khmer,
one variation selector after a character that has variants, the tag characters of the three flags that use them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.document import Invisible

if TYPE_CHECKING:
    from collections.abc import Sequence

# Scripts whose letters change shape or meaning with a joiner between them: Arabic, Syriac, N'Ko, Mandaic, the Indic
# scripts, Tibetan, Myanmar, Khmer, Mongolian, Arabic presentation forms.
_JOINING = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
# Scripts written without spaces, in which a zero-width space marks where a line may break between words.
_UNSPACED = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaa7f"
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_MONGOLIAN = "\u1800-\u180a\u1810-\u18af"

_LINE_ENDS = frozenset("\r\x0b\x0c\x85\u2028\u2029")

# Everything that is ever changed.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ANY = re.compile(f"[\r\x0b\x0c\x85\u2028\u2029\ud800-\udfff{_INVISIBLE}]")
# More different ones than this are found by one pattern.
_FEW = 32
# The bytes of UTF-8 that are never part of it.
_PLAIN_BYTES = bytes((0x09, 0x0A, *range(0x20, 0x7F)))

# Terminal sequences (ECMA-48). The one-character C1 forms count only where the character before isn't one that a
# misread UTF-8 sequence would put there, and an operating system command only with its number: `”` read as Latin-1
# ends in the same U+009D. A string without its end loses its introducer only, so that it can't swallow the document.
_ESCAPE = re.compile(
    r"\x1b\[[0-?]{0,256}+[ -/]{0,16}+[@-~]"
    r"|(?<![\x80-\xff])\x9b[0-?]{0,256}+[ -/]{0,16}+[@-~]"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]*+(?:\x07|\x1b\\|\x9c)"
    r"|(?<![\x80-\xff])\x9d\d{1,4};[^\x07\x1b\x9c\x9d\n]*+(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]{1,16}+[0-~]"
    r"|\x1b[0-Z\\^-~]"
)

_FLAG = "\U0001f3f4(?:{})\U000e007f".format(
    "|".join("".join(chr(0xE0000 + ord(letter)) for letter in region) for region in ("gbeng", "gbsct", "gbwls"))
)
_FLAG_OR_INVISIBLE = re.compile(f"{_FLAG}|[{_INVISIBLE}]")
# An invisible character where its script or an emoji needs it.
_NEEDED = re.compile(
    f"(?<=[{_JOINING}])[\u200c\u200d](?![\u200c\u200d])"
    f"|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])"
    f"|(?<=[{_UNSPACED}])\u200b(?=[{_UNSPACED}])"
    f"|(?<=[{_HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]"
    f"|(?<=[#*0-9{_EMOJI}\u2000-\u2bff])[\ufe00\ufe0e\ufe0f]"
    f"|(?<=[{_MONGOLIAN}])[\u180b-\u180f]"
    f"|(?<=[\u0590-\u05ff])\u034f"
    f"|[\u115f\u1160](?=[\u1160-\u11ff])|(?<=[\u1100-\u115f])\u1160"
    f"|(?<=[{_RIGHT_TO_LEFT} -/:-@\\[-`{{-~0-9])[\u200e\u200f\u061c](?![\u200e\u200f\u061c])"
)


# The names under which removed characters are counted; what no range holds is a control character.
_KINDS = (
    ("soft hyphens", "\xad"),
    ("direction controls", "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"),
    ("zero-width characters", "\u034f\u180e\u200b-\u200d\u2060-\u2065\ufeff"),
    ("variation selectors", "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"),
    ("blank letters", "\u115f\u1160\u17b4\u17b5\u3164\uffa0"),
    ("tag characters", "\U000e0000-\U000e00ff"),
    ("control characters", "\x00-\U0010ffff"),
)
_KIND = re.compile("|".join(f"([{characters}])" for _, characters in _KINDS))
_ESCAPES = "terminal escapes"


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text without characters that a reader never sees, and what they were, the kinds in alphabetical order."""

    text: str
    invisible: tuple[Invisible, ...] = ()


def normalize_characters(text: str) -> Normalized:
    """The text with line feeds as its only line ends, and without characters that a reader never sees.

    Carriage returns, form feeds and the Unicode line and paragraph separators become line feeds. Removed are NUL and
    the other controls but the tab, whole terminal escape sequences, tag characters, direction overrides and isolates,
    zero-width characters, soft hyphens, and variation selectors where they can't select anything. Surrogate pairs
    are joined; a lone surrogate becomes U+FFFD.
    """
    text = text.replace("\r\n", "\n")
    found = _changing(text)
    if not found:
        return Normalized(text)
    if any("\ud800" <= character <= "\udfff" for character in found):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    for end in found & _LINE_ENDS:
        text = text.replace(end, "\n")
    invisible: list[Invisible] = []
    if not found.isdisjoint("\x1b\x9b\x9d") and (first := _ESCAPE.search(text)):
        line = text.count("\n", 0, first.start()) + 1
        text, count = _ESCAPE.subn("", text)
        invisible.append(Invisible(_ESCAPES, count, line))
    gone = _unneeded(text, found - _LINE_ENDS)
    if not gone:
        return Normalized(text, tuple(invisible))
    kept = "".join(text[start + 1 : end] for start, end in zip([-1, *gone], [*gone, len(text)], strict=True))
    return Normalized(kept, together(invisible, _counted(text, gone)))


def together(one: Sequence[Invisible], other: Sequence[Invisible]) -> tuple[Invisible, ...]:
    """Two accounts of what was removed as one: counts are added up, the first line of each kind is kept."""
    known: dict[str, Invisible] = {}
    for found in (*one, *other):
        before = known.get(found.kind)
        known[found.kind] = (
            Invisible(found.kind, before.count + found.count, min(before.line, found.line)) if before else found
        )
    return tuple(sorted(known.values(), key=lambda found: found.kind))


def _changing(text: str) -> set[str]:
    """The characters of the text that are ever changed.

    A pattern looks at every character in turn; here most bytes of most texts are put aside at once, at a tenth of the
    cost.
    """
    rare = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN_BYTES)
    return set(_ANY.findall(rare.decode("utf-8", "surrogatepass"))) if rare else set()


def _unneeded(text: str, found: set[str]) -> list[int]:
    """Where the invisible characters stand in the text that nothing needs, in order."""
    needed = _NEEDED.match
    if len(found) > _FEW or any(character >= "\U00010000" or "\ud800" <= character <= "\udfff" for character in found):
        places = (match.start() for match in _FLAG_OR_INVISIBLE.finditer(text) if match.end() - match.start() == 1)
        return [at for at in places if not needed(text, at)]
    gone: list[int] = []
    for character in found:
        at = text.find(character)
        while at >= 0:
            if not needed(text, at):
                gone.append(at)
            at = text.find(character, at + 1)
    gone.sort()
    return gone


def _counted(text: str, gone: list[int]) -> list[Invisible]:
    """How many characters of each kind are gone, with the line of the first."""
    counts = Counter(map(text.__getitem__, gone))
    # Later entries of a dict replace earlier ones, so that from the end the first place of each is left.
    first = dict(zip(map(text.__getitem__, reversed(gone)), reversed(gone), strict=True))
    kinds: dict[str, tuple[int, int]] = {}
    for character, count in counts.items():
        kind = _kind(character)
        total, place = kinds.get(kind, (0, len(text)))
        kinds[kind] = total + count, min(place, first[character])
    return [Invisible(kind, count, text.count("\n", 0, place) + 1) for kind, (count, place) in kinds.items()]


def _kind(character: str) -> str:
    match = _KIND.match(character)
    return _KINDS[match.lastindex - 1][0] if match and match.lastindex else _KINDS[-1][0]
