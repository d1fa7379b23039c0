"""Names of people and outlets as bylines write them, made clean."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cleaner.metadata.han_names import is_han_name, without_office
from cleaner.metadata.tables import labels, names

# Four names of four words; what is longer is a sentence.
_MOST_LETTERS = 120
_MOST_WORDS = 5
_MOST_HAN = 6
# An office or an outlet at most; what is longer is a sentence.
_MOST_HAN_PART = 12

_HAN = re.compile(r"[\u3400-\u9fff]")
# A part of four words that begins in lower case shows that all of it is a sentence: By May, the river had risen.
_SENTENCE = re.compile(r"\s*[a-zà-ÿа-я\d]\S*(?:\s+\S+){3}")
_LATIN_OR_OTHER = re.compile(r"[^\W\d_]")
# An office that only style sets apart from the name: Mateusz HabernyFounder at Oakywood.
_OFFICE = re.compile(
    r"(?<=[a-zß-ÿ]{3})(?:Founder|Co-?[Ff]ounder|Editor|Writer|Author|Senior|Staff|Contributor|CEO|Managing|Director|Head|Chief|Freelance)\b.*"
)
# A date that only style sets apart from the name before it: Conor AllisonJanuary 14.
_MONTH = re.compile(
    r"(?<=[a-zß-ÿ])(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?\.?\s{0,2}(?:\d.*)?$"
)
# What leads from a name to where or for whom it writes: Mahua Das in Project Management.
_WHEREIN = re.compile(r"^([A-ZÀ-Þ]\S*(?:\s[A-ZÀ-Þ]\S*){1,3})\s(?:in|for|at|from|on)\s.*$")
# Degrees and licences after a name: MD, Ph.D., DACVB, CPT-L1.
_DEGREE = re.compile(r"(?:[A-Z]\.?-?){2,8}\d?|Ph\.?D\.?|Psy\.?D\.?|Ed\.?D\.?|[A-Z]{1,3}[a-z][A-Z]{1,3}")
# A word that leads on to the date, and the number of an editor on a news portal: 李曦_NN2587.
_TRAILING = re.compile(r"\s于$|_?(?<![A-Za-z])[A-Z]{1,2}\d{3,5}$")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]{0,60}(?:[)）\]】]|$)")
# A label inside the value, as where the head's field holds the whole line: 本文来源于青河日报.
_SAID_AGAIN = re.compile(r"^(?:本文)?(?:来源|來源|稿源|原创|原創|转自|转载自)(?:[:：]|[于於自])\s?")
_NUMBERED = re.compile(r"\d{3}\b.*\s|\s.*\d{3}|^\d+$")
_EDGES = '+ \t\u3000\xa0,，、;；:：|｜/／·•—–-_*#"“”「」『』()（）[]【】《》<>〔〕=.。・'


# The same value comes from several places of a page, and is asked for again when candidates are compared.
@lru_cache(maxsize=256)
def read_people(value: str) -> str | None:
    """The people in a byline's value, as `Jane Doe, John Roe` or `李明, 王芳`; None if it names nobody."""
    value = value.strip()[: 2 * _MOST_LETTERS]
    if not value or "://" in value or value.lower() in names().not_people or value.lower() in names().outlets:
        return None
    value = _OFFICE.sub(" , ", value)
    value = _BRACKETED.sub(" , ", value)
    people: list[str] = []
    parts = _splitter().split(value)
    # Among offices and departments, or in a sentence, only what has a surname is a name.
    wordy = any(len(part) > _MOST_HAN_PART and _HAN.search(part) for part in parts)
    for part in parts:
        if people and " " in people[0] and _adds_to_name(part.strip(_EDGES)):
            continue
        if _SENTENCE.match(part):
            return None
        person = _person(part)
        if person and wordy and not is_han_name(person):
            continue
        if person and person not in people:
            people.append(person)
    return ", ".join(people)[:_MOST_LETTERS] if people else None


def read_outlet(value: str) -> str | None:
    """An outlet's or office's name, as in 来源：云南日报; None if the value can't be one."""
    value = _SAID_AGAIN.sub("", " ".join(value.split()).strip(_EDGES))
    if not 2 <= len(value) <= 60 or "://" in value or value.lower() in names().not_people:
        return None
    return value if _LATIN_OR_OTHER.search(value) else None


def ends_like_outlet(value: str) -> bool:
    """Whether a name ends as the names of outlets and offices do."""
    endings = names().outlet_endings
    return value.lower() in names().outlets or (
        2 <= len(value) <= 20 and value not in endings and value.endswith(endings)
    )


_LEADING = re.compile(
    r"^(?:by|von|par|por|di|door|written by|posted by|(?:view |see |read )?(?:all|more) (?:\w{1,12} )?(?:by|from))\s",
    re.IGNORECASE,
)


@cache
def _splitter() -> re.Pattern[str]:
    joiners = "|".join(re.escape(word) for word in names().joiners)
    return re.compile(rf"\s{{1,4}}(?:{joiners})\s{{1,4}}|[,，、;；/／|｜·•⋅]|\s[-–—]\s|\s{{2,}}|\n|\t", re.IGNORECASE)


@cache
def _roles() -> re.Pattern[str]:
    roles = "|".join(re.escape(word) for word in sorted(names().roles, key=len, reverse=True))
    return re.compile(rf"(?:^|\s)(?:{roles})$", re.IGNORECASE)


def _person(part: str) -> str | None:
    part = " ".join(part.split()).strip(_EDGES)
    part = _LEADING.sub("", part).strip()
    part = _without_degrees(_WHEREIN.sub(r"\1", _MONTH.sub("", part))) if " " in part else part
    part = _TRAILING.sub("", _roles().sub("", part)).strip(_EDGES)
    if (
        not part
        or part.lower() in names().not_people
        or part.lower() in names().outlets
        or part.lower() in labels().bare
        or "@" in part
        or part.count(".") > 1 > part.count(" ")
        or part.endswith((" ago", " read", "...", "…"))
        or _NUMBERED.search(part)
    ):
        return None
    if not _LATIN_OR_OTHER.search(part):
        return None
    han = len(_HAN.findall(part))
    if han:
        return _han_person(part) if han >= len(part) // 2 else part
    return part if len(part) >= 2 and len(part.split()) <= _MOST_WORDS else None


def _adds_to_name(part: str) -> bool:
    """Whether a part after a person's name tells more of them: MD; 4 years of covering software."""
    return bool(_DEGREE.fullmatch(part)) or part[:1].isdigit() or part[:1].islower()


def _without_degrees(part: str) -> str:
    """A name of two words or more without the degrees after it; in a name of capitals alone nothing tells them."""
    words = part.split(" ")
    while len(words) > 2 and not words[0].isupper() and _DEGREE.fullmatch(words[-1].strip(",")):
        words.pop()
    return " ".join(words)


def _is_no_han_name(piece: str) -> bool:
    return piece in names().not_people or piece in names().outlets or piece.endswith(names().han_offices)


def _han_person(part: str) -> str | None:
    """A name in Han characters, or several with single spaces between them; a sentence isn't one."""
    pieces = [without_office(piece) for piece in part.split()]
    pieces = [piece for piece in pieces if not _is_no_han_name(piece)] or pieces
    people = [piece for piece in pieces if 2 <= len(piece) <= _MOST_HAN]
    if len(people) == len(pieces):
        return ", ".join(people)
    # 李 明: short names are set wide
    return part.replace(" ", "") if all(len(piece) == 1 for piece in pieces) and 2 <= len(pieces) <= 4 else None


_PARTICLES = frozenset(
    {"de", "da", "di", "van", "von", "der", "den", "del", "la", "le", "el", "al", "bin", "ibn", "dos", "du", "y", "e"}
)


def looks_like_name(people: str) -> bool:
    """Whether the first of the people is written as names are; one word may be a user's, who writes as they like."""
    first = people.partition(", ")[0]
    if " " not in first:
        return True
    return all(word[:1].isupper() or not word[:1].isascii() or word in _PARTICLES for word in first.split())


_TEAM = re.compile(
    r"\b(?:team|staff|editors?|editorial|desk|contributors?|group|inc|llc|ltd|gmbh|agency|company)\b", re.IGNORECASE
)
_USER = re.compile(r"[a-z0-9_.\-]+")


@lru_cache(maxsize=256)
def name_signals(people: str) -> tuple[str, ...]:
    """What a name looks like: several people, a team, a user's name, one word, or a person's two to four words."""
    first = people.partition(", ")[0]
    found = ["several people"] if first != people else []
    if _TEAM.search(first):
        found.append("name of a team")
    elif ends_like_outlet(first):
        found.append("name of an outlet")
    elif _HAN.search(first):
        found.append("han name")
        found.append("with a surname" if is_han_name(first) else "without a surname")
    elif _USER.fullmatch(first):
        found.append("name of a user")
    elif " " not in first:
        found.append("name of one word")
    elif all(word[:1].isupper() for word in first.split()):
        found.append("full name")
    if not names().not_in_names.isdisjoint(first.lower().split()):
        found.append("word of no name")
    if any(character.isdigit() for character in first):
        found.append("digits in the name")
    return tuple(found)
