"""Name a webinar or a meeting, and find its number in whatever a person pastes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from zoomdesk.errors import UsageError


class EventKind(StrEnum):
    """Tell webinars from meetings; they share one shape of calls but not one path."""

    WEBINAR = "webinar"
    MEETING = "meeting"

    @property
    def path(self) -> str:
        """Return the word in the API's paths."""
        return f"{self.value}s"


@dataclass(frozen=True, slots=True)
class EventRef:
    """Point at one event. ``id`` is text: a spreadsheet makes floats of such numbers."""

    kind: EventKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Reference(NamedTuple):
    """Hold what a pasted text says; ``kind`` is None where it does not tell."""

    kind: EventKind | None
    id: str


_DIGITS = range(10, 13)  # zoom/README.md section 2: integers of 10 to 12 digits
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|(?:[\w-]+\.)+[a-z]{2,}/)\S+", re.IGNORECASE)
_PATHS: tuple[tuple[re.Pattern[str], EventKind | None], ...] = (
    (re.compile(r"/w/(\d+)(?:/|$)"), EventKind.WEBINAR),
    (re.compile(r"/webinar/(?:register/)?(\d+)(?:/|$)"), EventKind.WEBINAR),
    (re.compile(r"/meeting/(?:register/)?(\d+)(?:/|$)"), EventKind.MEETING),
    # Webinars, too, have /j/ links: the one in their details, and those of hosts and panelists.
    (re.compile(r"/(?:j|s)/(\d+)(?:/|$)"), None),
    (re.compile(r"/launch/jc/(\d+)(?:/|$)"), None),
    (re.compile(r"/wc/(?:join/|start/)?(\d+)(?:/|$)"), None),
)
_LABEL = re.compile(r"(?:(webinar|meeting)[\s-]*)?(?:\bid\b)?\s*[:#]?\s*(.*)", re.IGNORECASE)
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?e[+]?\d+", re.IGNORECASE)
_LABELLED = re.compile(r"(?:(webinar|meeting)\s+)?\bid\s*:\s*(\d[\d -]{8,}\d)", re.IGNORECASE)

_HINT = "Copy the ID or the join link from Zoom’s page of the event and paste it here."


def parse_reference(text: str) -> Reference:
    """Find an event's number in a pasted number, link or invitation.

    Takes ``812 3456 7890``, ``812-3456-7890``, ``Webinar ID: 812 3456 7890`` and links such as
    ``https://x.zoom.us/j/81234567890?pwd=...``, ``/w/``, ``/s/``, ``/wc/join/``, ``/webinar/`` and
    ``zoommtg://...?confno=``. Raises UsageError in plain words for anything else.
    """
    plain = _plain(text)
    if not plain:
        raise UsageError("The ID of the webinar or meeting is missing.", hint=_HINT)
    links: list[str] = _LINK.findall(plain)
    for link in links:
        if found := _from_link(link):
            return found
    labelled = _LABELLED.search(plain)
    if labelled:
        return Reference(_kind(labelled[1]), _checked(re.sub(r"\D", "", labelled[2])))
    if links:
        raise _link_without_number(links[0])
    return _from_number(plain)


def _plain(text: str) -> str:
    """Return the text with one kind of space, hyphen and digit, and nothing invisible."""
    shown = (
        " "
        if unicodedata.category(c).startswith(("Z", "Cc"))
        else "-"
        if unicodedata.category(c) == "Pd"
        else ""
        if unicodedata.category(c) == "Cf"
        else str(unicodedata.digit(c))
        if unicodedata.category(c) == "Nd"
        else c
        for c in unicodedata.normalize("NFKC", text)
    )
    return "".join(shown).strip().strip("<>\"'“”„’").strip()


def _from_link(link: str) -> Reference | None:
    try:
        parts = urlsplit(link if "://" in link else f"https://{link}")
    except ValueError:
        return None
    for number in parse_qs(parts.query).get("confno", []):
        if number.isdigit():
            return Reference(None, _checked(number))
    path = parts.path.rstrip(".,;:)>\"'")
    for pattern, kind in _PATHS:
        match = pattern.search(path)
        if match and len(match[1]) in _DIGITS:
            return Reference(kind, match[1])
    return None


def _link_without_number(link: str) -> UsageError:
    if "/register/" in link:
        return UsageError("A registration link does not hold the number of the event.", hint=_HINT)
    if "/my/" in link:
        return UsageError("A personal link does not hold the number of an event.", hint=_HINT)
    return UsageError("That link does not lead to a Zoom webinar or meeting.", hint=_HINT)


def _from_number(plain: str) -> Reference:
    match = _LABEL.fullmatch(plain)
    kind, rest = (_kind(match[1]), match[2]) if match else (None, plain)
    if _EXPONENT.fullmatch(rest.replace(" ", "")):
        raise UsageError(
            f"“{rest}” is a number that a spreadsheet has shortened: its last digits are lost.",
            hint="Copy the ID from Zoom itself, or format the cell as text.",
        )
    digits = re.sub(r"[\s-]", "", re.sub(r"[.,]0$", "", rest))
    if not digits.isdigit():
        raise UsageError(f"“{plain[:60]}” is not the ID of a Zoom event.", hint=_HINT)
    return Reference(kind, _checked(digits))


def _checked(digits: str) -> str:
    if len(digits) not in _DIGITS:
        raise UsageError(
            f"An event’s ID has 10 to 12 digits, but {digits[:40]} has {len(digits)}.", hint=_HINT
        )
    return digits


def _kind(word: str | None) -> EventKind | None:
    return EventKind(word.lower()) if word else None
