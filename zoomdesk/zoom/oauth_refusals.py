"""Say in an office's words why Zoom did not let somebody sign in (zoom/README.md section 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from zoomdesk.errors import (
    AccountError,
    AnswerLost,
    SignInFailed,
    SignInRequired,
    ZoomUnreachable,
)
from zoomdesk.zoom.transport import Reply

HandedIn = Literal["code", "refresh", "account", "revoke"]
"""What was handed in at the token endpoint for tokens, or a token to be ended."""

_ADMIN = "Ask your Zoom administrator to check the app: "
_AGAIN = "Start again, and do not leave the browser’s page open for long."

_SENTENCES: dict[str, tuple[str, str]] = {
    "4700": (
        "The app at Zoom does not allow the browser to come back to this computer.",
        _ADMIN + "its redirect address must be http://127.0.0.1/callback. If Zoom insists on a "
        "port, enter it there and in the settings here.",
    ),
    "4702": ("Zoom does not know the client ID.", _ADMIN + "the client ID must be copied exactly."),
    "4704": (
        "Zoom does not accept the client ID, or the secret that goes with it.",
        _ADMIN + "both must be copied exactly, and the app must be active.",
    ),
    "4733": ("The browser’s answer came too late.", _AGAIN),
    "4734": ("Zoom did not accept the browser’s answer.", _AGAIN),
}
_SENTENCES["4709"] = _SENTENCES["4700"]
_ACCOUNT = (
    "Zoom does not know the account ID, or the app is not a Server-to-Server app.",
    _ADMIN + "the account ID, client ID and secret stand together on its page.",
)
_OTHER = ("Zoom did not let you sign in.", "Try again, or ask your Zoom administrator.")
_BY_ERROR = {
    "invalid_client": "4704",
    "unauthorized_client": "4704",
    "invalid_grant": "4734",
}
_ENDED = frozenset({"4711", "4741"})
_CODE = re.compile(r"\b4[67]\d\d\b")


def error_for(reply: Reply, handing_in: HandedIn) -> AccountError | ZoomUnreachable:
    """Return what to raise for an answer of the token endpoint that holds no tokens."""
    if reply.body is None or reply.http >= 500 or reply.http == 429:
        return trouble(reply)
    body = {name: value for name, value in reply.body.items() if isinstance(value, str | int)}
    code, error = _code(body), str(body.get("error", ""))
    reason = str(body.get("reason") or body.get("error_description") or error).strip()
    unnamed = not code and error in ("invalid_grant", "invalid_request")
    if handing_in == "refresh" and (code in _ENDED or unnamed):
        return SignInRequired("Zoom ended the session of this computer.")
    if handing_in == "account" and (code == "4700" or unnamed):
        return _failed(_ACCOUNT, reason)
    return _failed(_SENTENCES.get(code or _BY_ERROR.get(error, ""), _OTHER), reason)


def trouble(reply: Reply) -> ZoomUnreachable:
    """Return what to raise for an answer that says neither yes nor no."""
    if reply.http == 429:
        return ZoomUnreachable(
            "Zoom’s sign-in takes no more requests at present (HTTP 429).",
            hint="Wait some minutes, then try again: nothing is lost.",
        )
    return AnswerLost(f"Zoom’s sign-in has trouble of its own (HTTP {reply.http}).")


def from_redirect(query: Mapping[str, str]) -> SignInFailed:
    """Return what to raise for an error that the browser brought back."""
    reason = query.get("error_description") or query.get("error", "")
    code = _code(query) or _BY_ERROR.get(query.get("error", ""), "")
    return _failed(_SENTENCES.get(code, _OTHER), reason)


def _failed(sentence: tuple[str, str], reason: str) -> SignInFailed:
    message, hint = sentence
    said = f" Zoom says: “{reason}”." if reason else ""
    return SignInFailed(message + said, hint=hint)


def _code(body: Mapping[str, object]) -> str:
    for name in ("errorCode", "error_code", "code"):
        if found := _CODE.fullmatch(str(body.get(name, ""))):
            return found[0]
    # Some answers have the code in their words only, as in "Invalid redirect (4,700)".
    words = f"{body.get('reason', '')} {body.get('error_description', '')}".replace(",", "")
    found = _CODE.search(words)
    return found[0] if found else ""
