"""Turn a cell's text into XML, and character data of the XML into text.

A cell's text passes two escapes on its way out: Excel's ``_xHHHH_`` for what XML cannot hold
(ECMA-376-1 22.9.2.19; a text that looks like such an escape has its underscore escaped, as
``_x005F_``), and XML's own (``&amp;``). The way in for plain text is in :mod:`.xml_text`.
"""

from __future__ import annotations

import re

from zoomdesk.workbook.markup.xml_text import unescape

_SECTION = re.compile(r"<!\[CDATA\[(.*?)\]\]>|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN = re.compile(r"[!-%'-;=?-~\u00a1-\u1fff]++(?: [!-%'-;=?-~\u00a1-\u1fff]++)*+")
"""Words of many scripts between single blanks: nothing to escape but a look-alike."""
_EDGE_SPACE = re.compile(r"^\s|\s$|\n|\t|  ")


def character_data(raw: bytes) -> str:
    """Return the characters of UTF-8 markup without child elements; CDATA and comments are taken.

    Excel's own escapes stay: ``undo_escapes`` of :mod:`.xml_text` is the next step for a text.
    """
    text = raw.decode("utf-8", "replace")
    if "<" not in text:
        return unescape(text)
    parts, at = [], 0
    for match in _SECTION.finditer(text):
        parts += [unescape(text[at : match.start()]), match[1] or ""]
        at = match.end()
    return "".join([*parts, unescape(text[at:])])


def escape_text(text: str) -> bytes:
    r"""Return cell text as the UTF-8 content of ``<t>``, both escapes applied.

    >>> escape_text("R&D _x000D_\r")
    b'R&amp;D _x005F_x000D__x000D_'
    """
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return text.encode()


def escape_attribute(text: str) -> bytes:
    """Return ``text`` for an attribute in double quotes, line breaks as Excel escapes."""
    escaped = escape_text(text).replace(b'"', b"&quot;")
    return escaped.replace(b"\n", b"_x000a_").replace(b"\t", b"_x0009_")


def text_element(text: str, prefix: bytes = b"") -> bytes:
    """Return ``<t>`` with ``text``, kept from being trimmed where blanks matter."""
    if "_x" not in text and _PLAIN.fullmatch(text):
        return b"<%bt>%b</%bt>" % (prefix, text.encode(), prefix)
    keep = b' xml:space="preserve"' if _EDGE_SPACE.search(text) else b""
    return b"<%bt%b>%b</%bt>" % (prefix, keep, escape_text(text), prefix)
