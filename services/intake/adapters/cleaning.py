"""Senders' texts made safe: plain words without markup or controls, nothing else of them lost.

What comes out holds no markup for any parser, only characters that UTF-8, JSON and PostgreSQL can hold, and no
control that turns the direction of other people's text. `a < b` and `<3` stay as they are.

The scanner is our own, and every pattern in it takes time in proportion to the text: the standard library's
`html.parser` takes 20 seconds for 50 KB of unclosed tags.
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final

_BREAKS: Final = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
"""C0 and C1 without tab and line feed, byte order marks, and what embeds, overrides or isolates a direction:
letters have their own, so Arabic still reads from the right."""
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")

_COMMENT_END: Final = "-->"
_MARKUP: Final = re.compile(r"<!--|<[A-Za-z/!?][^<>]*>")
_NAME: Final = re.compile(r"</?([a-z][a-z0-9:-]*)(?=[\s/>])")
_SILENT_END: Final = {name: re.compile(rf"</{name}[\s/>]", re.IGNORECASE) for name in ("script", "style")}
_ADDRESS: Final = re.compile(r"<((?:https?://|mailto:)[^\s<>\"']+|[^\s<>@\"']+@[^\s<>@\"']+)>")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_OPENING: Final = re.compile(r"<(?=[A-Za-z/!?])")
_BLANK_ENDS: Final = re.compile(r"(?<![ \t])[ \t]+\n")
_GAPS: Final = re.compile(r"\n{3,}")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS: Final = _names(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol optgroup option p pre section select "
    "summary table tbody tfoot thead title tr ul"
)
_CELLS: Final = frozenset(("td", "th"))
_INLINE: Final = _names(
    "a abbr acronym animate applet area audio b base basefont bdi bdo bgsound big blink button canvas circle cite code "
    "col colgroup data datalist defs del dfn dir ellipse em embed font foreignobject frame frameset g i iframe image "
    "img input ins isindex kbd keygen label line link listing map mark marquee math menu menuitem meta meter mi mn mo "
    "mtext nobr noembed noframes noscript object o:p output param path picture plaintext polygon polyline portal "
    "progress q rect rp rt ruby s samp script search set slot small source span strike strong style sub sup svg "
    "template text textarea textpath time track tspan tt u use var video wbr xml xmp"
)
_DECLARATIONS: Final = ("<!doctype", "<?xml", "<?php")


def plain_text(text: str) -> str:
    """The words of a text of several lines; perhaps none.

    Lines end in LF, blocks of HTML become lines, the content of scripts and styles goes, character references are
    resolved once, and a `<` that could still begin a tag is followed by a space.
    """
    text = _scrubbed(text)
    words = _without_markup(text)
    if words != text:
        words = _GAPS.sub("\n\n", _BLANK_ENDS.sub("\n", words))
    words = _scrubbed(_ENTITY.sub(_character, words))
    return _OPENING.sub("< ", words).strip()


def one_line(text: str) -> str:
    """The same for a name, an address of one line or a title: blanks and breaks become single spaces."""
    return " ".join(plain_text(text).split())


def _scrubbed(text: str) -> str:
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _BREAKS.sub("\n", text)))


def _character(reference: re.Match[str]) -> str:
    """What `&eacute;` or `&#233;` stands for. A name that HTML doesn't know stays: `&copyright;` is no `©right;`."""
    whole = reference[0]
    return html.unescape(whole) if whole[1] == "#" else html5.get(whole[1:], whole)


def _without_markup(text: str) -> str:
    kept: list[str] = []
    position = 0
    last_end = {name: _last(end, text) for name, end in _SILENT_END.items()}
    last_comment_end = text.rfind(_COMMENT_END)
    while found := _MARKUP.search(text, position):
        kept.append(text[position : found.start()])
        position = found.end()
        if found[0] == "<!--":
            if position <= last_comment_end:
                position = text.index(_COMMENT_END, position) + len(_COMMENT_END)
            else:
                kept.append(found[0])
            continue
        name = _element(found[0])
        kept.append(_instead_of(found[0], name))
        if position <= last_end.get(name, -1) and not found[0].startswith("</"):
            end = _SILENT_END[name].search(text, position)
            position = end.start() if end else position
    kept.append(text[position:])
    return "".join(kept)


def _last(pattern: re.Pattern[str], text: str) -> int:
    last = -1
    for found in pattern.finditer(text):
        last = found.start()
    return last


def _element(markup: str) -> str:
    """The element's name, in lower case; empty for what is no tag of HTML."""
    found = _NAME.match(markup.lower())
    return found[1] if found else ""


def _instead_of(markup: str, name: str) -> str:
    if name == "li":
        return "\n- " if markup[1] != "/" else ""
    if name in _BLOCKS:
        return "\n"
    if name in _CELLS:
        return " "
    if name in _INLINE or markup.lower().startswith(_DECLARATIONS):
        return ""
    address = _ADDRESS.fullmatch(markup)
    return address[1] if address else markup
