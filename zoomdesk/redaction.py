"""Black out what is private, for everything that may be sent to support (DESIGN.md, promise 5)."""

from __future__ import annotations

import logging
import re

_PRIVATE = (
    (re.compile(r"[^\s@<>\"(]+@[^\s@<>\"')]+"), "<address>"),
    (re.compile(r"https?://[^\s\"'<>]+"), "<link>"),
    (re.compile(r"\b(?:eyJ[\w.\-]{8,}|[A-Za-z0-9_\-]{24,})"), "<secret>"),
)


def black_out(text: str) -> str:
    """Return a text without addresses, links and tokens."""
    for pattern, instead in _PRIVATE:
        text = pattern.sub(instead, text)
    return text


class PrivateFormatter(logging.Formatter):
    """Format records, tracebacks included, with everything private blacked out.

    A record's ``tracking`` is Zoom's own name for a call. It looks like a secret and is none.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as it stands in a log."""
        tracking = getattr(record, "tracking", "")
        return black_out(super().format(record)) + (f" {tracking}" if tracking else "")
