"""What the declarations of a style say of the text inside: whether it can be seen, in which colour, on what ground."""

from __future__ import annotations

import colorsys
import re

_WATCHED = frozenset(
    """
    display visibility opacity font font-size text-indent clip clip-path position left top right bottom inset
    margin-left margin-top height max-height width max-width overflow overflow-x overflow-y transform scale zoom filter
    color -webkit-text-fill-color background background-color background-image background-clip -webkit-background-clip
    content-visibility animation animation-name animation-fill-mode transition will-change translate rotate
    letter-spacing line-height mask mask-image mask-size -webkit-mask -webkit-mask-image -webkit-mask-size
    """.split()
)
ENTRANCES = frozenset(("animation", "animation-name", "transition", "transform", "will-change"))
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|([^0-9a-f\n]))")
_COMMENT = re.compile(r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/|\Z)")
_ZERO = re.compile(r"[-+]?0{0,9}(?:\.0{1,9})?(?:px|em|rem|pt|%|vh|vw|ch|ex|mm|cm)?", re.ASCII)
# A calculation of nothing but noughts, or that multiplies by one.
_NOUGHT = re.compile(
    r"(?:calc|min|max|clamp)\((?:[-+\s,]{0,9}(?<![\d.])0{1,9}(?:\.0{1,9})?(?![\d.])(?:[a-z]{2,4}|%)?){1,3}+\s{0,9}\)",
    re.ASCII,
)
_TIMES_NOUGHT = re.compile(r"calc\((?:\s{0,9}0\s{0,9}\*[^()]{1,60}|[^()*]{1,60}\*\s{0,9}0\s{0,9})\)")
_FAINT = re.compile(r"0{0,9}\.00\d{0,9}|0?\.\d{1,9}%", re.ASCII)
# Letters of a pixel or a point are dots.
_TINY = re.compile(
    r"(?:0{0,9}\.\d{1,9}|1(?:\.\d{1,9})?)(?:px|pt)|2px|0{0,9}\.(?:0\d{0,9}|1)r?em|[0-9](?:\.\d{1,9})?%", re.ASCII
)
_SIZE_OF_FONT = re.compile(r"(?:^|\s)([\d.]{1,9}(?:px|pt|em|rem|%)?)(?=[\s/])", re.ASCII)
_DOT = re.compile(r"[+]?[01](?:\.\d{1,9})?px|0(?:\.\d{1,9})?[a-z]{2,3}", re.ASCII)
_PUSHED_OUT = re.compile(r"100%|\d{4,9}px|\d{3,9}r?em", re.ASCII)
_FAR = re.compile(r"(?:calc\(\s{0,9})?-(\d{1,9})(?:\.\d{0,9})?(px|em|rem|vw|vh|%|pt|cm|in)?", re.ASCII)
_MOVED = re.compile(r"translate(?:3d|x|y)?\([^)]{0,40}?-(\d{1,9})(?:\.\d{0,9})?(px|r?em|vw|vh|%)", re.ASCII)
_MOVED_BY = re.compile(r"[^-]{0,40}-(\d{1,9})(?:\.\d{0,9})?(px|r?em|vw|vh|%)", re.ASCII)
_SCALED_AWAY = re.compile(
    r"scale(?:3d|x|y)?\(\s{0,9}(?:0{0,9}\.00\d{0,9}|0{1,9}(?:\.0{0,9})?|\.0)\s{0,9}[,)]|rotate[xy]\(\s{0,9}-?(?:90|270)deg|matrix\(\s{0,9}0\s{0,9},\s{0,9}0[\s,]"
)
_TURNED_AWAY = re.compile(r"[xy]\s{1,9}-?(?:90|270)deg")
# Gradients in which nothing but directions and colours that nobody sees are left.
_CLEAR = re.compile(r"transparent|rgba\([^)]{0,40}[,/]\s{0,9}0(?:\.0{1,9})?%?\s{0,9}\)|#0000(?:0000)?\b")
_DIRECTION = re.compile(r"to|left|right|top|bottom|circle|ellipse|at|center|[\d.]{1,9}(?:deg|turn|rad|%|px)|[\s,()]")
_GRADIENT = re.compile(r"(?:repeating-)?(?:linear|radial|conic)-gradient\((.{0,200})\)")
_CLIPPED = re.compile(
    r"rect\(\s{0,9}[01](?:px)?[\s,]{1,9}[01](?:px)?[\s,]{1,9}[01](?:px)?[\s,]{1,9}[01](?:px)?\s{0,9}\)"
)
_CUT_AWAY = re.compile(
    r"inset\(\s{0,9}(?:[5-9]\d|100)%\s{0,9}(?:round[^)]{0,40})?\)|inset\((?:[^)]{0,40}\s)?100%|rect\((?:\s{0,9}0(?:px|%)?){4}\s{0,9}\)|xywh\([^)]{0,40}\s0(?:px|%)?\s|"
    r"(?:circle|ellipse)\(\s{0,9}0|polygon\((?:[\s,0]|(?<=0)(?:px|%)){1,99}\)"
)
_FILTERED = re.compile(r"opacity\(\s{0,9}0{1,9}(?:\.0{1,9})?%?\s{0,9}\)")
_RGB = re.compile(
    r"rgba?\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})(?:[\s,/]{1,9}(\d{0,3}(?:\.\d{1,9})?)%?)?\s{0,9}\)"
)
_HSL = re.compile(
    r"hsla?\(\s{0,9}(\d{1,3})(?:deg)?[\s,]{1,9}(\d{1,3})%[\s,]{1,9}(\d{1,3})%"
    r"(?:[\s,/]{1,9}(\d{0,3}(?:\.\d{1,9})?)%?)?\s{0,9}\)"
)
# The colours that HTML 4 names, and the names of near-whites.
_NAMED_COLORS = {
    "aqua": "#00ffff",
    "black": "#000000",
    "blue": "#0000ff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "green": "#008000",
    "grey": "#808080",
    "ivory": "#fffff0",
    "lime": "#00ff00",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "purple": "#800080",
    "red": "#ff0000",
    "silver": "#c0c0c0",
    "snow": "#fffafa",
    "teal": "#008080",
    "white": "#ffffff",
    "whitesmoke": "#f5f5f5",
    "yellow": "#ffff00",
}
_COLOR = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^)]{1,60}\)|[a-z]{3,20}")
_HEX = re.compile(r"(?:[0-9a-f]{3,4}){1,2}")
# A shift that takes text out of any window, in the unit's own measure.
_FAR_ENOUGH = {"px": 500, "pt": 500, "em": 60, "rem": 60, "vw": 100, "vh": 100, "%": 100, "cm": 20, "in": 10, "": 500}
# A box moved by more than twice its own size, or further than any window, is out of it.
_FAR_BY_TRANSFORM = {"px": 9000, "em": 600, "rem": 600, "vw": 100, "vh": 100, "%": 200}  # carousels go some way
# Letters that are put over each other.
_FAR_BETWEEN_LETTERS = {"px": 10, "em": 1, "rem": 1, "pt": 10}
# Columns are laid out with negative margins, and carousels moved by their whole length: only more than those hides.
_FAR_IN_FLOW = {"px": 3000, "em": 200, "rem": 200}
# Colours whose channels differ by no more can't be told apart on a screen.
_SAME = 8


def declarations(style: str) -> dict[str, str]:
    """The watched properties of a style attribute or a rule's body, lower-cased; `!important` is kept in the value."""
    style = style.lower()
    if "/*" in style:
        style = _COMMENT.sub("", style)
    if "\\" in style:
        style = _ESCAPE.sub(_unescaped, style)
    found = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        name = name.strip()
        if colon and name in _WATCHED:
            value = value.strip()
            found[name] = _without_noughts(value) if "(" in value else value
    if "font" in found and (size := _SIZE_OF_FONT.search(found["font"])):
        found.setdefault("font-size", size[1])
    if "inset" in found:
        found.setdefault("top", found["inset"].partition(" ")[0])
    return found


def hiding(style: dict[str, str], *, moving: bool = True) -> str:
    """Why text inside an element of this style can't be seen; "" if it can, as far as the style alone tells.

    `moving` is whether anything on the page could let text in later that its style only hides at first.
    """
    get = style.get
    if get("display", "").startswith("none"):
        return "display:none"
    if get("animation") == "vanishes":
        return "animation"
    entering = moving and not style.keys().isdisjoint(ENTRANCES)  # a script fades it in
    if get("visibility", "").startswith(("hidden", "collapse")) and not entering:
        return "visibility:hidden"
    if (is_zero(get("opacity")) or _matches(_FAINT, get("opacity"))) and not entering:
        return "opacity:0"
    if "filter" in style and _FILTERED.search(style["filter"]):
        return "opacity:0"
    if get("content-visibility", "").startswith("hidden"):
        return "content-visibility:hidden"
    if _is_far(get("text-indent")) or (_is_clipped(style) and _PUSHED_OUT.match(get("text-indent", ""))):
        return "text-indent"
    if _is_far(get("letter-spacing"), _FAR_BETWEEN_LETTERS):
        return "letter-spacing"
    return _moved_away(style, entering=entering) or _made_small(style) or _masked(style) or _transparent(style)


def size_of_text(style: dict[str, str]) -> str:
    """The size's name if the letters are too small to be seen, "readable" if a size of its own is set, else ""."""
    size = style.get("font-size")
    if is_zero(size):
        return "font-size:0"
    if _matches(_TINY, size):
        return "font-size:1px"
    return (
        "readable" if size and not size.startswith(("inherit", "var")) and "em" not in size.replace("rem", "") else ""
    )


def color_of(value: str | None) -> str:
    """A colour as #rrggbb or `transparent`; "" for what is not a plain colour."""
    if not value:
        return ""
    value = value.removesuffix("!important").strip()
    if value in _NAMED_COLORS:
        return _NAMED_COLORS[value]
    if value.startswith("#"):
        digits = value[1:]
        if not _HEX.fullmatch(digits):
            return ""
        if len(digits) in (3, 4):
            digits = "".join(digit * 2 for digit in digits)
        return "transparent" if len(digits) == 8 and digits.endswith("00") else f"#{digits[:6]}"
    if value.startswith("transparent"):
        return "transparent"
    match = _RGB.match(value) or _HSL.match(value)
    if not match:
        return ""
    first, second, third, alpha = match.groups()
    if alpha and float(alpha) == 0:
        return "transparent"
    channels = (int(first), int(second), int(third))
    if value.startswith("hsl"):
        hue, saturation, lightness = channels
        shares = colorsys.hls_to_rgb(hue % 360 / 360, min(lightness, 100) / 100, min(saturation, 100) / 100)
        channels = (round(shares[0] * 255), round(shares[1] * 255), round(shares[2] * 255))
    return "#" + "".join(f"{min(channel, 255):02x}" for channel in channels)


def background_of(style: dict[str, str]) -> str:
    """The plain colour that text stands on; "image" for a picture or gradient, which no colour compares with."""
    value = style.get("background-color") or style.get("background") or ""
    if "url(" in value or "gradient" in value or style.get("background-image", "none") != "none":
        return "image"
    color = color_of(value)
    if not color:
        match = _COLOR.search(value)
        color = color_of(match.group()) if match else ""
    return "" if color == "transparent" else color


def is_same(color: str, background: str) -> bool:
    """Whether nobody can tell two colours (#rrggbb) apart; never true of anything else."""
    if color == background:
        return color.startswith("#")
    if not (color.startswith("#") and background.startswith("#")):
        return False
    pairs = zip(bytes.fromhex(color[1:]), bytes.fromhex(background[1:]), strict=True)
    return all(abs(one - other) <= _SAME for one, other in pairs)


def is_zero(value: str | None) -> bool:
    """Whether a length or number is none."""
    return bool(value) and _matches(_ZERO, value)


def _is_clipped(style: dict[str, str]) -> bool:
    """Whether what doesn't fit into the box is cut off."""
    return any(style.get(name, "").startswith(("hidden", "clip")) for name in ("overflow", "overflow-x", "overflow-y"))


def _moved_away(style: dict[str, str], *, entering: bool) -> str:
    get = style.get
    if get("position", "").startswith(("absolute", "fixed")):
        if any(_is_far(get(side)) for side in ("left", "top", "right", "bottom")):
            return "off-screen"
        if _CLIPPED.search(get("clip", "")):
            return "clip"
    elif any(_is_far(get(side), _FAR_IN_FLOW) for side in ("left", "top", "margin-left", "margin-top")):
        return "off-screen"
    moved = _MOVED.search(get("transform", "")) or _MOVED_BY.match(get("translate", ""))
    if moved and int(moved[1]) >= _FAR_BY_TRANSFORM[moved[2]]:
        return "off-screen"
    return "clip" if _CUT_AWAY.match(get("clip-path", "")) and not entering else ""


def _made_small(style: dict[str, str]) -> str:
    get = style.get
    if _SCALED_AWAY.search(get("transform", "")) or is_zero(get("scale")) or is_zero(get("zoom")):
        return "transform:scale(0)"
    if _TURNED_AWAY.match(get("rotate", "")):
        return "transform:scale(0)"
    if _is_clipped(style):
        for side in ("height", "max-height", "width", "max-width"):
            if is_zero(get(side)):
                return f"{side}:0"
            if _matches(_DOT, get(side)):
                return "1px box"
        if is_zero(get("line-height")):
            return "line-height:0"
    return ""


def _masked(style: dict[str, str]) -> str:
    for name in ("mask", "mask-image", "-webkit-mask", "-webkit-mask-image"):
        gradient = _GRADIENT.match(style.get(name, ""))
        if gradient and _CLEAR.search(gradient[1]) and not _DIRECTION.sub("", _CLEAR.sub("", gradient[1])):
            return "mask"
    sizes = (style.get("mask-size"), style.get("-webkit-mask-size"))
    return "mask" if any(size and is_zero(size.partition(" ")[0]) for size in sizes) else ""


def _transparent(style: dict[str, str]) -> str:
    get = style.get
    if "transparent" not in (color_of(get("color")), color_of(get("-webkit-text-fill-color"))):
        return ""
    if "text" in get("background-clip", "") + get("-webkit-background-clip", ""):
        return ""  # the letters are cut out of a picture
    return "" if background_of(style) == "image" else "transparent"


def _without_noughts(value: str) -> str:
    """The value with "0" for calculations that come to nothing."""
    return _TIMES_NOUGHT.sub("0", _NOUGHT.sub("0", value))


def _unescaped(match: re.Match[str]) -> str:
    if not match[1]:
        return match[2]
    code = int(match[1], 16)
    return chr(code).lower() if 0 < code < 0xD800 else "\ufffd"


def _matches(pattern: re.Pattern[str], value: str | None) -> bool:
    return value is not None and pattern.fullmatch(value.removesuffix("!important").strip()) is not None


def _is_far(value: str | None, enough: dict[str, int] = _FAR_ENOUGH) -> bool:
    match = _FAR.match(value) if value else None
    return match is not None and int(match[1]) >= enough.get(match[2] or "", 10**9)
