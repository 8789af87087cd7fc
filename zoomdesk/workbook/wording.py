"""Put what a file holds into a sentence, however long and odd it is."""

from __future__ import annotations

_LONGEST = 60


def quoted(text: str | bytes, longest: int = _LONGEST) -> str:
    r"""Return ``text`` in quotes, cut to ``longest`` characters, on one line.

    >>> quoted("a\nb" * 3, 5)
    '“a\ufffdba\ufffd…”'
    """
    return f"“{clipped(text, longest)}”"


def clipped(text: str | bytes, longest: int = _LONGEST) -> str:
    """Return the first ``longest`` characters, those that cannot be shown replaced."""
    if isinstance(text, bytes):
        text = text[: 4 * longest + 4].decode("utf-8", "replace")
    shown = text[:longest] + ("…" if len(text) > longest else "")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in shown)
