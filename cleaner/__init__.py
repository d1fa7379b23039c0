"""The document inside scraped text or HTML, and an account of everything that was thrown away.

>>> import cleaner
>>> document = cleaner.clean(data, url="https://example.org/news/1")   # bytes or str
>>> document.to_markdown(), document.metadata.title, document.removed

Names are imported on first use, so that `import cleaner` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.decoding import Decoded, Repaired, decode, repair
    from cleaner.document import Document, Metadata
    from cleaner.errors import CleanerError
    from cleaner.explanation import Explanation
    from cleaner.options import Options, UserRule
    from cleaner.pipeline import clean, convert
    from cleaner.profile import Profile
    from cleaner.profiles.file import read_profile, write_profile
    from cleaner.profiles.learn import learn
    from cleaner.settings.rule_file import read_rules
    from cleaner.verdict import Category

__version__ = "0.1.0"

_HOMES = {
    "Category": "cleaner.verdict",
    "CleanerError": "cleaner.errors",
    "Decoded": "cleaner.decoding",
    "Document": "cleaner.document",
    "Explanation": "cleaner.explanation",
    "Metadata": "cleaner.document",
    "Options": "cleaner.options",
    "Profile": "cleaner.profile",
    "Repaired": "cleaner.decoding",
    "UserRule": "cleaner.options",
    "clean": "cleaner.pipeline",
    "convert": "cleaner.pipeline",
    "decode": "cleaner.decoding",
    "learn": "cleaner.profiles.learn",
    "read_profile": "cleaner.profiles.file",
    "read_rules": "cleaner.settings.rule_file",
    "repair": "cleaner.decoding",
    "write_profile": "cleaner.profiles.file",
}

__all__ = [
    "Category",
    "CleanerError",
    "Decoded",
    "Document",
    "Explanation",
    "Metadata",
    "Options",
    "Profile",
    "Repaired",
    "UserRule",
    "__version__",
    "clean",
    "convert",
    "decode",
    "learn",
    "read_profile",
    "read_rules",
    "repair",
    "write_profile",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
