"""Put placeholders in the place of people, so that a call can be shown to somebody outside.

What is known to name nobody is kept; everything else is replaced, so that a field which nobody
thought of cannot give somebody away. The same address becomes the same placeholder: a batch that
failed over a duplicate still shows it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from zoomdesk.redaction import black_out

NEXT_PAGE = "NEXT_PAGE_TOKEN"

_KEPT = frozenset(
    {"auto_approve", "registrants_confirmation_email", "action", "id", "language", "title"}
)
"""Keys whose values name nobody: switches, Zoom's own IDs, the event's own questions."""

_KEPT_QUERY = frozenset(
    {"status", "page_size", "occurrence_ids", "occurrence_id", "type", "region", "action"}
)
_SAMPLES = {
    "first_name": "Person",
    "country": "US",
    "phone": "5550100",
    "zip": "00000",
    "no_of_employees": "1-20",
    "purchasing_time_frame": "1-3 months",
    "role_in_purchase_process": "Influencer",
}
"""Values that Zoom's forms take, where not every text is one."""


class Placeholders:
    """Replace the people of one call; use one for its body and the answer to it."""

    def __init__(self) -> None:
        self._people: dict[str, int] = {}
        self._texts: dict[str, str] = {}

    def body(self, value: Any, key: str = "", number: int = 0) -> Any:
        """Return a JSON value of the same shape without anybody in it."""
        if isinstance(value, dict):
            number = self._number(value.get("email")) or number
            return {name: self.body(each, name, number) for name, each in value.items()}
        if isinstance(value, list):
            return [self.body(each, key, number) for each in value]
        if not isinstance(value, str) or not value.strip() or key in _KEPT:
            return value
        placeholder = self._placeholder(key, number)
        self._texts[value.strip()] = placeholder
        return placeholder

    def form(self, parts: list[tuple[str, tuple[None, str]]]) -> dict[str, Any]:
        """Return the fields of a multipart body as the JSON object that they stand for."""
        return {name: self.body(_value(text), name) for name, (_, text) in parts}

    def words(self, text: str) -> str:
        """Return Zoom's words with the people of the call, and whatever looks private, replaced."""
        for private, placeholder in sorted(self._texts.items(), key=lambda pair: -len(pair[0])):
            if len(private) > 1:
                whole = rf"(?<!\w){re.escape(private)}(?!\w)"
                text = re.sub(whole, placeholder, text, flags=re.IGNORECASE)
        # The placeholders are addresses, too: only what stands between them is looked through.
        pieces = re.split(r"(person\d+@example\.com)", text)
        return "".join(each if i % 2 else black_out(each) for i, each in enumerate(pieces))

    def _number(self, email: object) -> int:
        if not isinstance(email, str) or not email.strip():
            return 0
        return self._people.setdefault(email.strip().lower(), len(self._people) + 1)

    @staticmethod
    def _placeholder(key: str, number: int) -> str:
        if key == "email":
            return f"person{number}@example.com"
        if key == "last_name":
            return f"Number {number}"
        return _SAMPLES.get(key, "text")


def query(params: dict[str, str]) -> dict[str, str]:
    """Return query parameters without places in somebody's list, or anything unknown."""
    return {
        name: value if name in _KEPT_QUERY else (NEXT_PAGE if name == "next_page_token" else "text")
        for name, value in params.items()
    }


def path(text: str) -> str:
    """Return a path with its IDs, but without an address that stands in it."""
    return "/".join("person1@example.com" if "@" in each else each for each in text.split("/"))


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
