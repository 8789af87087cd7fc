"""Write answers as Zoom writes them: JSON bodies, errors, times."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from werkzeug.wrappers import Response


class ZoomError(Exception):
    """Answer the request with one of Zoom's errors (zoom/README.md section 1).

    ``errors`` are the ``(field, message)`` pairs of a validation error.
    """

    def __init__(
        self,
        http: int,
        code: int,
        message: str,
        *,
        errors: list[tuple[str, str]] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.http = http
        self.code = code
        self.message = message
        self.errors = errors
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """Return the error as an HTTP answer."""
        body: dict[str, Any] = {"code": self.code, "message": self.message}
        if self.errors is not None:
            body["errors"] = [{"field": name, "message": text} for name, text in self.errors]
        return reply(body, self.http, self.headers)


def reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, status, content_type="application/json;charset=UTF-8")
    response.headers.update(headers or {})
    return response


def no_content() -> Response:
    """Return the empty 204 of a change that proves nothing."""
    return Response(status=204)


def zoom_time(when: datetime) -> str:
    """Return a time as Zoom sends it: ``2026-03-22T05:59:09Z``."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def invalid(*names: str, message: str = "Invalid field.") -> ZoomError:
    """Return Zoom's validation error for the named fields."""
    return ZoomError(400, 300, "Validation Failed.", errors=[(name, message) for name in names])
