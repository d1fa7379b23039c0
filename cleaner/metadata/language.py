"""The language of a text as an ISO 639-1 code: by its script where that decides, else by turbohtml's trigrams."""

from __future__ import annotations

import re

# The first characters of the kept text are enough: trigram profiles settle within a few hundred.
SAMPLE = 600
_LEAST_LETTERS = 12
_LEAST_LETTERS_FOR_TRIGRAMS = 60

_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_LETTER = re.compile(r"[^\W\d_]")

# Names that turbohtml gives in ISO 639-3, of the languages that have a two-letter code.
_SHORT = {
    "cmn": "zh", "zho": "zh", "jpn": "ja", "kor": "ko", "eng": "en", "deu": "de", "fra": "fr", "spa": "es", "por": "pt",
    "ita": "it", "nld": "nl", "rus": "ru", "ukr": "uk", "pol": "pl", "ces": "cs", "slk": "sk", "slv": "sl", "hrv": "hr",
    "srp": "sr", "bul": "bg", "mkd": "mk", "bel": "be", "ron": "ro", "hun": "hu", "fin": "fi", "est": "et", "lav": "lv",
    "lit": "lt", "swe": "sv", "nob": "no", "dan": "da", "ell": "el", "tur": "tr", "ara": "ar", "heb": "he", "pes": "fa",
    "fas": "fa", "urd": "ur", "hin": "hi", "ben": "bn", "mar": "mr", "guj": "gu", "pan": "pa", "tam": "ta", "tel": "te",
    "kan": "kn", "mal": "ml", "sin": "si", "nep": "ne", "tha": "th", "khm": "km", "lao": "lo", "mya": "my", "vie": "vi",
    "ind": "id", "jav": "jv", "tgl": "tl", "kat": "ka", "hye": "hy", "aze": "az", "uzb": "uz", "tuk": "tk", "amh": "am",
    "epo": "eo", "lat": "la", "cat": "ca", "afr": "af", "zul": "zu", "sna": "sn", "aka": "ak", "yid": "yi", "ori": "or",
    "swa": "sw", "kaz": "kk", "isl": "is", "glg": "gl", "eus": "eu", "cym": "cy", "gle": "ga", "sqi": "sq", "msa": "ms",
}  # fmt: skip


def language_of(text: str, tag: str = "") -> str | None:
    """The language of the first 600 characters; `tag` is what the page says of itself.

    The tag holds where the text is too short to tell or agrees; a text whose script contradicts it wins.
    """
    sample = text[:SAMPLE]
    said = _primary(tag)
    letters = len(_LETTER.findall(sample))
    if letters < _LEAST_LETTERS:
        return said
    by_script = _by_script(sample, letters)
    if by_script:
        return by_script
    if letters < _LEAST_LETTERS_FOR_TRIGRAMS:
        return said
    if said in _COMMONEST and _is_confirmed(sample, said):
        return said
    from turbohtml.detect import detect_language  # loaded only for texts whose script leaves a choice

    match = detect_language(sample)
    found = _SHORT.get(match.language or "")
    if found is None or (said and match.confidence < 0.9):
        return said or found
    return found if match.confidence >= 0.5 or said is None else said


# The commonest words of languages: a text that is full of those of the language it claims needs no trigrams, which cost
# more than all else here. The words are of one language only among these.
_COMMONEST = {
    "en": frozenset(("the", "and", "of", "to", "is", "for", "with", "that", "this", "you", "are", "it")),
    "de": frozenset(("der", "die", "und", "das", "den", "ist", "nicht", "mit", "auf", "ein", "eine", "von")),
    "fr": frozenset(("le", "et", "les", "des", "du", "est", "une", "dans", "pour", "sur", "qui", "pas")),
    "es": frozenset(("el", "los", "las", "y", "una", "por", "con", "para", "su", "se", "más", "del")),
}
# Share of words; English running text has .25 to .35 of these, other languages below .05.
_CONFIRMING_SHARE = 0.15
_LEAST_WORDS = 20


def _is_confirmed(sample: str, language: str) -> bool:
    words = sample.lower().split()
    common = _COMMONEST[language]
    return len(words) >= _LEAST_WORDS and sum(word in common for word in words) >= _CONFIRMING_SHARE * len(words)


def _by_script(sample: str, letters: int) -> str | None:
    """Scripts that one language alone is written in, by their share of the letters."""
    kana, hangul, han = len(_KANA.findall(sample)), len(_HANGUL.findall(sample)), len(_HAN.findall(sample))
    if hangul > 0.3 * letters:
        return "ko"
    if kana > 0.1 * (han + kana) and kana + han > 0.3 * letters:
        return "ja"
    if han > 0.3 * letters:
        return "zh"
    if len(_THAI.findall(sample)) > 0.3 * letters:
        return "th"
    return None


def _primary(tag: str) -> str | None:
    """`zh` of `zh-Hans-CN`; None for what is no language tag."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)", tag)
    if not match:
        return None
    code = match[1].lower()
    return {"cn": "zh", "jp": "ja", "kr": "ko", "nb": "no", "nn": "no"}.get(code) or _SHORT.get(code, code)
