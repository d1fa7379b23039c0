"""Names of outputs: what an input's name becomes, in letters and lengths that every system can hold."""

from __future__ import annotations

import hashlib
import os
import unicodedata

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})

# What Windows does not allow in names, besides controls (Microsoft, "Naming Files, Paths, and Namespaces").
_FORBIDDEN = frozenset('<>:"|?*\\/')
_DEVICES = frozenset(
    {
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"),
    }
)
# Letters that show a name otherwise than it is: ends of lines, and what turns the direction of writing (UAX #9).
_MISLEADING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NAMELESS = "page"
# Bytes of UTF-8 in one name: the limit of ext4, APFS and most others; NTFS counts fewer.
_LONGEST = 255
# What is longer than any suffix in use, twice, is a part of the name.
_LONGEST_SUFFIX = 40


def output_name(name: str, suffix: str) -> str:
    """The output's name for an input's: a suffix that tells the kind of page is replaced, others stay."""
    stem, old = os.path.splitext(name)
    return (stem if old.lower() in HTML_SUFFIXES | TEXT_SUFFIXES else name) + suffix


def safe_path(path: str) -> str:
    """A path below a folder, of which every part is a name that Windows, macOS and Linux can hold.

    Most come back as they are. Forbidden letters and undecodable bytes become `%XX`, and so does the last dot of `..`;
    names of devices get an underscore; what is too long is cut and marked with a hash of the whole. Parts without a
    name go, so that an absolute path is one below the folder as well.
    """
    return os.sep.join(_safe(part) for part in path.split(os.sep) if part) or _NAMELESS


def marked(path: str, mark: str) -> str:
    """The path with a hash of `mark` before its suffix: `a.md` → `a~1f3870be.md`."""
    folder, name = os.path.split(path)
    stem, suffix = _split(name)
    return os.path.join(folder, _cut(f"{stem}~{_hash(mark)}", suffix))


def folded(path: str) -> str:
    """What two paths have in common if some system takes them for one: neither case nor composition counts."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _safe(name: str) -> str:
    if not (name.isascii() and name.isalnum()):  # most names need no more than this
        name = "".join(_escaped(letter) if _is_unsafe(letter) else letter for letter in name)
    if name.endswith((".", " ")):
        name = name[:-1] + _escaped(name[-1])
    stem, dot, rest = name.partition(".")
    if stem.rstrip(" ").lower() in _DEVICES:
        name = f"{stem}_{dot}{rest}"
    if len(name.encode()) <= _LONGEST:
        return name
    stem, suffix = _split(name)
    return _cut(f"{stem}~{_hash(name)}", suffix)


def _split(name: str) -> tuple[str, str]:
    """A name without its suffix, and that."""
    stem, suffix = os.path.splitext(name)
    return (stem, suffix) if len(suffix.encode()) <= _LONGEST_SUFFIX else (name, "")


def _is_unsafe(letter: str) -> bool:
    return (
        letter in _FORBIDDEN
        or letter < " "
        or "\x7f" <= letter <= "\x9f"
        or "\ud800" <= letter <= "\udfff"
        or letter in _MISLEADING
    )


def _escaped(letter: str) -> str:
    errors = "surrogateescape" if "\udc80" <= letter <= "\udcff" else "surrogatepass"
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", errors))


def _cut(stem: str, suffix: str) -> str:
    """A name of at most the greatest length, cut before the mark at the stem's end."""
    beginning, mark = stem[:-9], stem[-9:]
    room = _LONGEST - len(mark) - len(suffix.encode())
    return beginning.encode()[:room].decode("utf-8", "ignore") + mark + suffix


def _hash(name: str) -> str:
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
