"""Carry out a fault: the answer that stands instead of the real one, or what spoils it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from . import refusals
from .calls import BY_NAME, Label
from .faults import Fault, FaultKind
from .limits import registrant_error
from .listener import Cut
from .wire import reply

if TYPE_CHECKING:
    from .server import Simulator

_PAGE = (
    "<html>\r\n<head><title>{status} {title}</title></head>\r\n<body>\r\n"
    "<center><h1>{status} {title}</h1></center>\r\n</body>\r\n</html>\r\n"
)
_TITLES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}


def instead(sim: Simulator, fault: Fault, call: str, request: Request) -> Response:
    """Return the answer to a request that is not carried out.

    :raises Cut: for CUT_BEFORE, and for HANG after its silence.
    """
    label: Label = BY_NAME[call].label if call in BY_NAME else "Light"
    now, behaviour = sim.clock.now(), sim.behaviour
    match fault.kind:
        case FaultKind.RATE_SECOND:
            return sim.limits.second_error(label, now, behaviour).response()
        case FaultKind.RATE_DAY:
            return sim.limits.day_error(label, now, behaviour).response()
        case FaultKind.RATE_REGISTRANT:
            kind = "meeting" if "/meetings/" in request.path else "webinar"
            email = _first_email(request)
            return registrant_error(call, kind, email, now, behaviour).response()
        case FaultKind.UNAUTHORIZED:
            return refusals.token_expired().response()
        case FaultKind.SERVER_ERROR | FaultKind.CODE_IN_BODY:
            return _error(fault)
        case FaultKind.HANG:
            sim.wait(fault.seconds)
            raise Cut
        case _:
            raise Cut


def after(sim: Simulator, fault: Fault, response: Response) -> Response:
    """Return what the client gets of the answer to a request that was carried out.

    :raises Cut: for CUT_AFTER, and for HANG after its silence.
    """
    match fault.kind:
        case FaultKind.SERVER_ERROR | FaultKind.CODE_IN_BODY:
            return _error(fault)
        case FaultKind.GARBAGE:
            body = b'{"registrants":[{"registrant_id":"\xff\xfe\x00'
            return Response(body, response.status_code, content_type="application/json")
        case FaultKind.EMPTY:
            return Response(b"", 200, content_type="application/json")
        case FaultKind.TRUNCATED:
            whole = response.get_data()
            cut = Response(whole[: len(whole) // 2], response.status_code)
            cut.headers = response.headers
            # Announces the whole: the listener hangs up where the half ends.
            cut.headers["Content-Length"] = str(max(len(whole), 1))
            cut.automatically_set_content_length = False
            return cut
        case FaultKind.HANG:
            sim.wait(fault.seconds)
            raise Cut
        case _:
            raise Cut


def _error(fault: Fault) -> Response:
    if fault.kind == FaultKind.CODE_IN_BODY:
        return reply({"code": fault.code, "message": "The request could not be completed."})
    title = _TITLES.get(fault.status, "Error")
    if fault.html:
        page = _PAGE.format(status=fault.status, title=title)
        return Response(page, fault.status, content_type="text/html")
    return reply({"code": fault.status, "message": title}, fault.status)


def _first_email(request: Request) -> str:
    body = request.get_json(silent=True)
    rows = body.get("registrants", [body]) if isinstance(body, dict) else []
    first = rows[0] if isinstance(rows, list) and rows else {}
    return str(first.get("email", "")) if isinstance(first, dict) else ""
