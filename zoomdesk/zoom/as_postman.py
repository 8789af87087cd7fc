"""Write failed calls as a Postman collection (v2.1), in the shape of Zoom's own published one.

The base address and the token are variables of the collection: whoever imports it fills in a token
and presses Send. Source: ../shared/zoom/batch_registrants.postman_collection.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from zoomdesk.zoom.as_curl import TOKEN
from zoomdesk.zoom.failed_call import FailedCall

SCHEMA = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_JSON = {"key": "Content-Type", "value": "application/json"}


def as_postman(calls: Iterable[FailedCall], name: str = "Calls to Zoom that failed") -> str:
    """Return the collection as JSON text."""
    listed = list(calls)
    base = listed[0].base if listed else ""
    collection = {
        "info": {
            "name": name,
            "description": (
                "Made by Zoomdesk without the token and without anybody’s name or address: fill in "
                "the variable “token”. A call that registers people does so when it is sent."
            ),
            "schema": SCHEMA,
        },
        "auth": _bearer(),
        "variable": [
            {"key": "baseUrl", "value": base, "type": "string"},
            {"key": "token", "value": "", "type": "string"},
        ],
        "item": [_item(call) for call in listed],
    }
    return json.dumps(collection, indent=1, ensure_ascii=False) + "\n"


def _bearer() -> dict[str, Any]:
    return {"type": "bearer", "bearer": [{"key": "token", "value": TOKEN, "type": "string"}]}


def _item(call: FailedCall) -> dict[str, Any]:
    said = [f"At {call.when}: {call.describe()}"]
    if call.tracking:
        said.append(f"x-zm-trackingid: {call.tracking}")
    request = _request(call)
    return {
        "name": f"{call.method} {call.path}",
        "request": request | {"description": "\n\n".join(said)},
        "response": [_response(call, request)] if call.http else [],
    }


def _request(call: FailedCall) -> dict[str, Any]:
    path = call.path.strip("/").split("/")
    raw = "{{baseUrl}}" + call.path
    url: dict[str, Any] = {"raw": raw, "host": ["{{baseUrl}}"], "path": path}
    if call.query:
        url["query"] = [{"key": name, "value": value} for name, value in call.query.items()]
        url["raw"] = raw + "?" + "&".join(f"{name}={value}" for name, value in call.query.items())
    request: dict[str, Any] = {"method": call.method, "header": [], "url": url}
    body = call.body or {}
    if call.form == "json":
        request["header"] = [_JSON]
        text = json.dumps(body, indent=1, ensure_ascii=False)
        request["body"] = {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}
    elif call.form == "multipart":
        parts = [{"key": key, "value": json.dumps(v), "type": "text"} for key, v in body.items()]
        request["body"] = {"mode": "formdata", "formdata": parts}
    return request


def _response(call: FailedCall, request: dict[str, Any]) -> dict[str, Any]:
    header = [_JSON]
    if call.tracking:
        header = [*header, {"key": "x-zm-trackingid", "value": call.tracking}]
    return {
        "name": f"HTTP {call.http}, code {call.code}",
        "originalRequest": request,
        "status": HTTPStatus(call.http).phrase if call.http in set(HTTPStatus) else "",
        "code": call.http,
        "_postman_previewlanguage": "json",
        "header": header,
        "cookie": [],
        "body": json.dumps(call.answer, indent=1, ensure_ascii=False),
    }
