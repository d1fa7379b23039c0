"""The public API as its users write it: mypy reads this file, nothing runs it."""

from __future__ import annotations

from typing import assert_type

import cleaner

options = cleaner.Options(level="strict", keep=frozenset({cleaner.Category.BYLINE}), links=False)
document = cleaner.clean(b"<p>text</p>", url="https://example.org/a", name="a.html", options=options)
assert_type(document, cleaner.Document)
assert_type(cleaner.clean("text"), cleaner.Document)
assert_type(cleaner.clean(b"text", declared="gb18030"), cleaner.Document)
assert_type(cleaner.convert("text", options=options), cleaner.Document)

assert_type(document.to_markdown(), str)
assert_type(document.to_text(), str)
assert_type(document.to_json(), str)
assert_type(document.to_html(), str)

assert_type(document.metadata, cleaner.Metadata)
assert_type(document.metadata.title, str | None)
assert_type(document.metadata.date, str | None)
assert_type(document.metadata.keywords, str | None)
assert_type(document.metadata.evidence, dict[str, str])
assert_type(document.sureness, float)
assert_type(document.encoding.name, str)
assert_type(document.encoding.sureness, float)
assert_type(document.encoding.lost, int)
for invisible in document.encoding.invisible:
    assert_type(invisible.kind, str)
    assert_type(invisible.count, int)
for removal in document.removed:
    assert_type(removal.category, cleaner.Category)
    assert_type(removal.rule, str)
    assert_type(removal.score, float)
    assert_type(removal.line, int)
    assert_type(removal.text, str)
assert_type(document.explain(), cleaner.Explanation)
assert_type(document.explain().to_json(), str)
for passage in document.explain().passages:
    assert_type(passage.kept, bool)
    assert_type(passage.category, cleaner.Category | None)
    if passage.weighing is not None:
        assert_type(passage.weighing.reasons[0].words, str)
        assert_type(passage.weighing.reasons[0].weight, float)
for passage in document.explain().removed():
    assert_type(passage.rule, str)
for finding in document.findings:
    assert_type(finding.message, str)

assert_type(cleaner.read_rules("house-rules.toml"), tuple[cleaner.UserRule, ...])
assert_type(cleaner.Options(rules=(cleaner.UserRule("a", cleaner.Category.USER, terms=("x",)),)), cleaner.Options)

assert_type(cleaner.decode(b"text", declared="gb18030"), cleaner.Decoded)
assert_type(cleaner.decode(b"text").text, str)
assert_type(cleaner.repair("text"), cleaner.Repaired)
assert_type(cleaner.repair("text").text, str)

try:
    cleaner.clean(b"%PDF-1.7")
except cleaner.CleanerError as error:
    assert_type(error.message, str)
    assert_type(error.hint, str)

profile = cleaner.learn([(b"<p>text</p>", "https://example.org/a"), ("text", None)])
assert_type(profile, cleaner.Profile)
cleaner.write_profile(profile, "site.profile")
assert_type(cleaner.read_profile("site.profile"), cleaner.Profile)
cleaner.clean("text", options=cleaner.Options(profile=profile, model=("news.npz",)))

# What can't be asked for is refused by the type checker.
cleaner.Options(level="most")  # type: ignore[arg-type]
cleaner.Options(keep=frozenset({"byline"}))  # type: ignore[arg-type]
