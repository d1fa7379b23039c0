"""The judge for HTML finds the story in any language: it goes by shape and place more than by words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleaner.judging.blocks import judge
from cleaner.options import Options
from cleaner.readers.html import read

STORIES = tomllib.loads(Path(__file__).with_name("stories.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", sorted(STORIES))
def test_the_story_stays_and_the_menu_goes(language: str) -> None:
    story = STORIES[language]
    headline, paragraphs, menu, footer = (story[key] for key in ("headline", "paragraphs", "menu", "footer"))
    links = "".join(f"<li><a href='/{number}'>{name}</a></li>" for number, name in enumerate(menu))
    body = "".join(f"<p>{text}</p>" for text in paragraphs * 2)
    markup = (
        f"<html lang={language}><head><title>{headline}</title></head><body>"
        f"<div class=header><ul class=menu>{links}</ul></div>"
        f"<div class=main><h1>{headline}</h1><div class=text>{body}</div></div>"
        f"<div class=footer><p>{footer}</p></div></body></html>"
    )
    page = read(markup, None).page
    judgement = judge(page, Options())
    kept = [text for text, verdict in zip(page.text, judgement.verdicts, strict=True) if verdict.keep]
    assert kept[-6:] == paragraphs * 2
    assert not set(menu) & set(kept)
    assert footer not in kept
