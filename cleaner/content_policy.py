"""The content security policy of pages that cleaner writes: they load nothing, and obey only what stands in them."""

from __future__ import annotations

import base64
import hashlib


def content_policy(*, style: str, script: str = "") -> str:
    """The policy that lets a page's own style element, and its own script if there is one, do what they do."""
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return f"default-src 'none'; style-src '{_digest(style)}'; {scripts}base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
