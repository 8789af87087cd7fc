"""Know Zoom's refusals: whom each concerns, and what a person can do about it.

The table is zoom/README.md section 1, keyed by HTTP status and the ``code`` of the body. Zoom's own
words are always what is shown; the sentence here is the hint below them. Where one pair stands for
several things, a part of Zoom's words tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zoomdesk.errors import EventUnusable, MissingScope, ZoomRefused
from zoomdesk.zoom.faults import Refusal


@dataclass(frozen=True, slots=True)
class Rule:
    """Say what a refusal means. ``error`` is None where it concerns a person, not the run.

    ``words`` is a part of Zoom's message, in lower case, that must be there; ``""`` fits all.
    """

    http: int
    code: int
    error: type[ZoomRefused] | None
    hint: str
    words: str = ""


_WRONG_TYPE = (
    "Only scheduled events that do not repeat take batches. Choose another event, or register "
    "these people one by one."
)
_OFF = "Turn registration on for this event in Zoom, then try again."
_OVER = "Choose an event that is still to come."
_FULL = "Ask the host for more places, then go on with the run."
_MISSING = "Check the ID, and that it belongs to the account that is signed in."

RULES = (
    Rule(
        400,
        200,
        EventUnusable,
        "Ask your Zoom administrator to give the host a webinar licence.",
    ),
    Rule(400, 300, EventUnusable, _WRONG_TYPE, words="scheduled webinars"),
    Rule(400, 300, EventUnusable, _MISSING, words="invalid webinar id"),
    Rule(400, 300, EventUnusable, _MISSING, words="invalid meeting id"),
    Rule(
        400,
        300,
        ZoomRefused,
        "If the setting for the older multipart form is on, turn it off and try again.",
        words="valid json",
    ),
    Rule(400, 300, None, "Zoom does not accept something that is written in this row."),
    Rule(400, 303, EventUnusable, _WRONG_TYPE),
    Rule(400, 3000, EventUnusable, _OFF, words="registration not enabled"),
    Rule(400, 3000, EventUnusable, _FULL, words="limit for the number of attendees"),
    Rule(
        400,
        3000,
        EventUnusable,
        "Zoom registers paying guests on its own page only.",
        words="paid registration",
    ),
    Rule(400, 3000, None, "Ask the host whether this person may come."),
    Rule(400, 3027, None, "This person hosts the event and needs no registration."),
    Rule(400, 3034, None, "Ask this person for a work address: the event takes no private ones."),
    Rule(400, 3035, EventUnusable, _FULL),
    Rule(400, 3038, EventUnusable, _OVER),
    Rule(
        400,
        3161,
        ZoomRefused,
        "Ask your Zoom administrator to allow this account to host and schedule.",
    ),
    Rule(404, 404, EventUnusable, _OFF),
    Rule(404, 1001, ZoomRefused, "Sign in again with an account that is still active."),
    Rule(404, 3000, None, "This person is not on the event’s list any more."),
    Rule(404, 3001, EventUnusable, _MISSING),
    Rule(404, 3043, EventUnusable, _FULL),
)

_UNKNOWN = "Zoomdesk does not know this answer. Zoom’s support can say what it means."
_SCOPES = re.compile(r"scopes?:?\s*\[([^\]]*)\]", re.IGNORECASE)
_MISSING_SCOPE = 4711
_ABOUT_ROWS = frozenset({400, 404, 409, 422})


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what Zoom's error said: its status, code and words, and the paths in ``errors[]``."""

    http: int
    code: int
    message: str
    fields: tuple[str, ...] = ()


def error_for(said: Said, about: type[Refusal] | None) -> ZoomRefused | Refusal:
    """Return what to raise for an error.

    ``about`` is RowRefused for a call that concerns one person, BatchRefused for a batch, None for
    all others: of these, everything concerns the run. A pair that nobody documented concerns the
    people if its status may, so that one odd row does not hold up all others; it is marked as not
    known.
    """
    if said.code == _MISSING_SCOPE:
        return _missing_scope(said)
    rule = _find(said)
    hint = rule.hint if rule else _UNKNOWN
    if about and _concerns_people(said, rule):
        return about(
            said.message,
            http=said.http,
            zoom_code=said.code,
            hint=hint,
            known=rule is not None,
            fields=said.fields,
        )
    error = (rule.error if rule else None) or ZoomRefused
    return error(said.message, http=said.http, zoom_code=said.code, hint=hint)


def _concerns_people(said: Said, rule: Rule | None) -> bool:
    if rule is None:
        return said.http in _ABOUT_ROWS or said.http < 300
    return rule.error is None


def _find(said: Said) -> Rule | None:
    words = said.message.lower()
    for rule in RULES:
        # An error can come under HTTP 2xx (zoom/README.md section 1): then its code alone tells.
        if (
            said.code == rule.code
            and (said.http == rule.http or said.http < 300)
            and rule.words in words
        ):
            return rule
    return None


def _missing_scope(said: Said) -> MissingScope:
    found = _SCOPES.search(said.message)
    scopes = [name.strip() for name in found[1].split(",") if name.strip()] if found else []
    hint = None
    if scopes:
        some = "one of the permissions" if len(scopes) > 1 else "the permission"
        hint = (
            f"Ask your Zoom administrator to add {some} {', '.join(scopes)} to the app in Zoom’s "
            "marketplace, then sign in again."
        )
    return MissingScope(said.message, http=said.http, zoom_code=said.code, hint=hint)
