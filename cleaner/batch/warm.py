"""Everything that cleaning needs, imported and used once.

A worker process that is copied from one that has imported this module starts at once, and shares the judges' weights
with the others.
"""

from __future__ import annotations

from cleaner.pipeline import clean
from cleaner.writers import WRITERS, write

_SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes. "

for _page in (f"<title>Bridge</title><h1>Bridge</h1><p>{_SENTENCE * 3}</p>", _SENTENCE, f"# Bridge\n\n{_SENTENCE}\n"):
    for _form in WRITERS:
        write(clean(_page.encode()), _form)
