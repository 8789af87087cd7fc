"""Hold what a call's handler needs: the request, the world, the time, who is asking."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request

from . import refusals
from .behaviour import Behaviour
from .model import Event, Grant, Kind
from .wire import ZoomError, invalid
from .world import World

if TYPE_CHECKING:
    from .paging import PageTokens

PLURAL: dict[str, Kind] = {"webinars": "webinar", "meetings": "meeting"}


@dataclass
class Exchange:
    """Carry one request through its handler.

    A handler runs with the world's lock held, so that what it reads stays true until it is done.
    """

    request: Request
    world: World
    behaviour: Behaviour
    now: datetime
    pages: PageTokens
    grant: Grant | None = None
    emails: list[str] = field(default_factory=list)
    """The addresses that the request names; a handler fills it for the ledger."""

    @property
    def today(self) -> str:
        """Return the UTC day, in which the registrants' allowances are counted."""
        return self.now.date().isoformat()

    def event(self, plural: str, event_id: str) -> Event:
        """Return the webinar or meeting of the path.

        :raises ZoomError: 300 for an ID that is none, 3001 for one that the account has not.
        """
        kind = PLURAL[plural]
        if not event_id.isdigit():
            raise ZoomError(400, 300, f"Invalid {kind} id.")
        event = self.world.events.get(event_id)
        if event is None or event.kind != kind:
            raise refusals.no_event(kind, event_id)
        return event

    def json_object(self) -> dict[str, Any]:
        """Return the body as a JSON object.

        :raises ZoomError: 300 for any other body.
        """
        try:
            body = json.loads(self.request.get_data(as_text=True))
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise ZoomError(400, 300, "Request Body should be a valid JSON object.")
        return body

    def whole_number(self, name: str, default: int, most: int) -> int:
        """Return a query parameter between 1 and ``most``.

        :raises ZoomError: 300 for anything else.
        """
        text = self.request.args.get(name, "")
        if not text:
            return default
        if not text.isdigit() or not 1 <= int(text) <= most:
            raise invalid(name)
        return int(text)
