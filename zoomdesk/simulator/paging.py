"""Cut lists into pages, with Zoom's page tokens that live for 15 minutes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from .exchange import Exchange
from .wire import ZoomError

T = TypeVar("T")

TOKEN_LIFE = timedelta(minutes=15)


@dataclass(frozen=True)
class _Place:
    list: str
    offset: int
    until: datetime


class PageTokens:
    """Remember which token stands for which place of which list. Used under the world's lock."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}

    def issue(self, name: str, offset: int, now: datetime) -> str:
        """Return a token for a place of the list ``name``."""
        self._places = {key: place for key, place in self._places.items() if place.until > now}
        token = secrets.token_urlsafe(24)
        self._places[token] = _Place(name, offset, now + TOKEN_LIFE)
        return token

    def offset(self, token: str, name: str, now: datetime) -> int:
        """Return the place of a token.

        :raises ZoomError: 300 for one that is too old or was given for another list.
        """
        place = self._places.get(token)
        if place is None or place.until <= now or place.list != name:
            raise ZoomError(400, 300, "The next page token is invalid or expired.")
        return place.offset


def page(
    exchange: Exchange, name: str, rows: Sequence[T], show: Callable[[T], dict[str, Any]]
) -> dict[str, Any]:
    """Return the page of ``rows`` that the query asks for, under the key ``name``.

    Only the rows of the page are passed through ``show``.
    """
    size = exchange.whole_number("page_size", 30, 300)
    filters = sorted(
        (key, value)
        for key, value in exchange.request.args.items()
        if key not in ("page_size", "page_number", "next_page_token")
    )
    list_name = f"{exchange.request.path}?{filters}"
    token = exchange.request.args.get("next_page_token", "")
    if token:
        offset = exchange.pages.offset(token, list_name, exchange.now)
    else:
        offset = size * (exchange.whole_number("page_number", 1, 1_000_000) - 1)
    end = offset + size
    more = end < len(rows)
    totals = {"total_records": len(rows)} if exchange.behaviour.list_totals else {}
    return totals | {
        "next_page_token": exchange.pages.issue(list_name, end, exchange.now) if more else "",
        "page_count": -(-len(rows) // size),
        "page_number": offset // size + 1,
        "page_size": size,
        name: [show(row) for row in rows[offset:end]],
    }
