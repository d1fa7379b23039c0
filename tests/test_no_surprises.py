"""Reading somebody's page touches nothing else: no network, no other files, no code in data."""

from __future__ import annotations

import builtins
import io
import os
import socket
from pathlib import Path

import pytest

import cleaner
from cleaner.options import Options

SENTENCE = "<p>The county council met on Tuesday and agreed to rebuild the old stone bridge before winter.</p>"
PAGE = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "{"z" * 50}">]>
<html><head><base href="http://example.org/"><link rel=stylesheet href=a.css><script src=b.js></script>
<style>@import url(http://example.org/c.css);</style></head><body><h1>Bridge</h1>{SENTENCE * 5}<p>&x; &y;</p>
<img src=file:///etc/hostname alt=a><iframe src=http://example.org/></iframe><object data=/etc/hostname></object>
<p>[x](file:///etc/hostname) ![y](../secret.txt)</p></body></html>"""
KINDS = ("html", "text", "markdown")


def outputs(kind: str, engine: str) -> str:
    document = cleaner.clean(
        PAGE, url="http://example.org/p", options=Options(input_kind=kind, engine=engine, front_matter="yaml")
    )
    return f"{document.to_markdown()}{document.to_html()}{document.to_text()}{document.to_json()}"


@pytest.mark.parametrize("engine", ["blocks", "readability"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_connection_is_opened(kind: str, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    assert "stone bridge" in outputs(kind, engine)


@pytest.mark.parametrize("engine", ["blocks", "readability"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_file_beside_the_package_is_opened(kind: str, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs(kind, engine)  # everything is loaded now
    opened: list[str] = []
    really_open, really_os_open = io.open, os.open

    def see(path: object, *arguments: object, **named: object) -> object:
        opened.append(str(path))
        return really_open(path, *arguments, **named)  # type: ignore[call-overload]

    def see_system(path: object, *arguments: object, **named: object) -> object:
        opened.append(str(path))
        return really_os_open(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", see)
    monkeypatch.setattr(io, "open", see)
    monkeypatch.setattr(os, "open", see_system)
    outputs(kind, engine)
    assert opened == []


def test_entities_of_a_document_type_are_not_expanded() -> None:
    text = outputs("html", "blocks")
    assert "z" * 50 not in text
    hostname = Path("/etc/hostname")
    if hostname.is_file() and len(name := hostname.read_text().strip()) > 5:
        assert name not in text
