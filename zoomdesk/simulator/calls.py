"""List the API's calls with their path, rate label and scopes (zoom/README.md section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Label = Literal["Light", "Medium", "Heavy"]

_EVENT = "/v2/<any(webinars, meetings):plural>/<event_id>"
_PEOPLE = f"{_EVENT}/registrants"


@dataclass(frozen=True)
class Call:
    """Describe one call. ``{kind}`` in a scope stands for webinar or meeting."""

    name: str
    method: str
    path: str
    label: Label
    classic: str
    granular: str

    def scopes(self, kind: str, style: Literal["classic", "granular"]) -> tuple[str, str]:
        """Return the scope in one of its two namings: for oneself and account-wide."""
        scope = (self.classic if style == "classic" else self.granular).format(kind=kind)
        return scope, f"{scope}:admin"

    def allowed_by(self, kind: str, scopes: tuple[str, ...]) -> bool:
        """Return whether a token with these scopes may make the call."""
        accepted = {*self.scopes(kind, "classic"), *self.scopes(kind, "granular")}
        return not accepted.isdisjoint(scopes)


CALLS = (
    Call("me", "GET", "/v2/users/<user_id>", "Light", "user:read", "user:read:user"),
    Call(
        "list_events",
        "GET",
        "/v2/users/<user_id>/<any(webinars, meetings):plural>",
        "Medium",
        "{kind}:read",
        "{kind}:read:list_{kind}s",
    ),
    Call("event", "GET", _EVENT, "Light", "{kind}:read", "{kind}:read:{kind}"),
    Call(
        "questions",
        "GET",
        f"{_PEOPLE}/questions",
        "Light",
        "{kind}:read",
        "{kind}:read:list_registration_questions",
    ),
    Call(
        "batch",
        "POST",
        f"{_EVENT}/batch_registrants",
        "Heavy",
        "{kind}:write",
        "{kind}:write:batch_registrants",
    ),
    Call("register", "POST", _PEOPLE, "Light", "{kind}:write", "{kind}:write:registrant"),
    Call(
        "list_registrants", "GET", _PEOPLE, "Medium", "{kind}:read", "{kind}:read:list_registrants"
    ),
    Call(
        "get_registrant",
        "GET",
        f"{_PEOPLE}/<registrant_id>",
        "Light",
        "{kind}:read",
        "{kind}:read:registrant",
    ),
    Call(
        "delete_registrant",
        "DELETE",
        f"{_PEOPLE}/<registrant_id>",
        "Light",
        "{kind}:write",
        "{kind}:delete:registrant",
    ),
    Call(
        "status",
        "PUT",
        f"{_PEOPLE}/status",
        "Medium",
        "{kind}:write",
        "{kind}:update:registrant_status",
    ),
)

BY_NAME = {call.name: call for call in CALLS}

ALL_SCOPES = tuple(
    sorted({call.scopes(kind, "granular")[0] for call in CALLS for kind in ("webinar", "meeting")})
)
"""Every granular scope; what the practice apps are given."""
