"""Check the address of a hyperlink and bring it into the form that Excel takes without repair."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from zoomdesk.errors import WriteRefused

LONGEST = 2_079
"""Letters of an address that Excel takes."""
_SCHEMES = ("https://", "http://", "mailto:")
_NOT_IN_URIS = re.compile(r"""[ "<>\\^`{|}\[\]]""")
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Address(NamedTuple):
    """Where a link leads: ``target`` outside, ``location`` in there or in this workbook."""

    target: str
    location: str

    def __str__(self) -> str:
        return self.target + (f"#{self.location}" if self.location else "")


def parse_address(text: str, cell: str) -> Address:
    """Return the address that ``text`` is; ``cell`` is for the message.

    Only addresses of the web and of mail are taken, and places in the workbook, ``#List!A1``: a
    link that runs a program or a script is nothing that this program should put into a workbook.
    Letters that no address may hold (RFC 3986) are escaped. Raises WriteRefused.
    """
    target, _, location = text.strip().partition("#")
    is_address = target.casefold().startswith(_SCHEMES) or (not target and location)
    if not is_address or _CONTROL.search(text.strip()):
        raise WriteRefused(
            f"The link for {cell} is no address: it must begin with https://, http:// or mailto:.",
            hint="Write it as plain text. Nothing was changed.",
        )
    target = _NOT_IN_URIS.sub(lambda match: quote(match[0], safe=""), target)
    if len(target) + len(location) > LONGEST:
        raise WriteRefused(
            f"The link for {cell} is longer than the {LONGEST:,} letters that Excel takes.",
            hint="Write it as plain text. Nothing was changed.",
        )
    return Address(target, location)


def attribute_text(text: str) -> bytes:
    """Return ``text``, which holds no control characters, for an attribute in double quotes."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").encode()
