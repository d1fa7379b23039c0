"""What becomes of pictures, video and sound, and of pages within the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from turbohtml import Element
from turbohtml import Text as TextNode

from cleaner.building import images, math, runs
from cleaner.building.html_walk import SKIP
from cleaner.building.inline_rules import formula, is_out
from cleaner.document import Image, Link, Text

if TYPE_CHECKING:
    from cleaner.building.html_walk import Answer, Rule, Walk

# Frames that hold advertisements, buttons of social networks, tests for people, or nothing.
_NO_CONTENT = re.compile(
    r"^(?:about|javascript|data):|/ads?[/.?]|[/.]ads?\.|facebook\.com/(?:v\d{1,2}\.\d{1,2}/)?plugins"
    r"|//[^/]{0,100}(?:doubleclick|googlesyndication|googletagmanager|recaptcha|adservice|adserver|amazon-adsystem"
    r"|taboola|outbrain|criteo|scupio)|/widgets/(?:tweet_button|follow_button|like)",
    re.IGNORECASE,
)
_ADVERTISEMENT = re.compile(r"\b(?:3rd party )?ad(?:vert\w{0,10})?s?\b|광고|广告|廣告|広告", re.IGNORECASE)


def _image(walk: Walk, element: Element) -> Answer:
    found = math.image_formula(element)
    if found is not None:
        return SKIP if is_out(walk, element) else formula(walk, found)
    if walk.images and not is_out(walk, element):
        run = images.image_run(element, walk.marks, walk.addresses)
        if run is not None:
            walk.frame.runs.append(run)
    return SKIP


def _noscript(walk: Walk, element: Element) -> Answer:
    """The fallback of an image that a script loads is the same image; others are text for readers without scripts."""
    image = element.find("img")
    if image is None:
        return None
    if not _follows_image(element):
        return SKIP if images.stands_in_for(image, _next_element(element)) else None
    if not walk.images:
        return SKIP
    run = images.image_run(image, walk.marks, walk.addresses)
    if type(run) is not Image:
        return SKIP
    collected = walk.frame.runs
    while collected and type(collected[-1]) is Text and not collected[-1].text.strip():
        collected.pop()
    last = collected[-1] if collected else None
    if type(last) is Image:
        collected[-1] = Image(run.src, last.alt or run.alt, last.title or run.title, last.marks)
    else:
        collected.append(run)
    return SKIP


def _follows_image(element: Element) -> bool:
    before = element.previous_sibling
    while before is not None and type(before) is not Element and not (type(before) is TextNode and before.data.strip()):
        before = before.previous_sibling
    return type(before) is Element and (before.tag == "img" or before.find("img") is not None)


def _next_element(element: Element) -> Element | None:
    after = element.next_sibling
    while after is not None and type(after) is not Element and not (type(after) is TextNode and after.data.strip()):
        after = after.next_sibling
    return after if type(after) is Element else None


def _embed(walk: Walk, element: Element) -> Answer:
    """Video, sound, or a page within the page: a link to it, without text of its own."""
    if not walk.links or is_out(walk, element) or images.is_pixel(element):
        return SKIP
    source = element.attr("src") or element.attr("data-src") or ""
    if not source:
        inner = element.find("source")
        source = inner.attr("src") or "" if inner is not None else ""
    title = runs.collapsed(element.attr("title") or element.attr("aria-label") or "")
    if not source or _NO_CONTENT.search(source) or _ADVERTISEMENT.search(title):
        return SKIP
    address = walk.addresses.resolved(source)
    if address:
        walk.frame.runs.append(Text("", (Link(address, title),)))
    return SKIP


def _youtube(walk: Walk, element: Element) -> Answer:
    """A player that a script builds."""
    video = element.attr("videoid") or ""
    if walk.links and video and not is_out(walk, element):
        title = runs.collapsed(element.attr("title") or element.attr("playlabel") or "")
        walk.frame.runs.append(Text("", (Link(f"https://www.youtube.com/watch?v={quote(video)}", title),)))
    return SKIP


RULES: dict[str, Rule] = {
    **dict.fromkeys(("iframe", "video", "audio", "embed"), _embed),
    "img": _image,
    "lite-youtube": _youtube,
    "noscript": _noscript,
}
