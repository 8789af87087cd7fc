"""Route each request through faults, token, limits and scope to its call, and record it."""

from __future__ import annotations

import json
import logging
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import batch, control, events, oauth, refusals, register, registrants, strike, tokens
from .calls import BY_NAME, CALLS, Call
from .exchange import PLURAL, Exchange
from .faults import FaultKind
from .ledger import RequestRecord
from .listener import Cut
from .model import Grant
from .wire import ZoomError, reply

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from .server import Simulator

log = logging.getLogger(__name__)

_HANDLERS: dict[str, Callable[..., Response]] = {
    "me": events.me,
    "list_events": events.list_events,
    "event": events.detail,
    "questions": events.questions,
    "batch": batch.batch_register,
    "register": register.add_registrant,
    "list_registrants": registrants.list_registrants,
    "get_registrant": registrants.get_registrant,
    "delete_registrant": registrants.delete_registrant,
    "status": registrants.set_status,
}
_OAUTH: dict[str, Callable[[oauth.Desk], Response]] = {
    "authorize": oauth.authorize,
    "token": oauth.token,
    "revoke": oauth.revoke,
}

_URLS = Map(
    [
        *(Rule(call.path, methods=[call.method], endpoint=call.name) for call in CALLS),
        Rule("/oauth/authorize", methods=["GET", "POST"], endpoint="authorize"),
        Rule("/oauth/token", methods=["POST"], endpoint="token"),
        Rule("/oauth/revoke", methods=["POST"], endpoint="revoke"),
        *(
            Rule(path, methods=[method], endpoint=f"_sim/{name}")
            for method, path, name in control.ROUTES
        ),
    ],
    strict_slashes=False,
)


@dataclass
class _Visit:
    """Carry what the ledger wants to know of one request."""

    request: Request
    call: str = ""
    label: str = ""
    applied: bool = False
    emails: tuple[str, ...] = ()
    limits: dict[str, str] = field(default_factory=dict)
    over: ZoomError | None = None


class Application:
    """Be Zoom, as a WSGI application over one simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._sim = simulator

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request.

        :raises Cut: the connection is to be cut instead.
        """
        request = Request(environ)
        # Read now: the ledger wants the raw body, which parsing a form would consume.
        request.get_data(parse_form_data=False)
        arrived = time.monotonic()
        visit = _Visit(request)
        try:
            name, values = _URLS.bind_to_environ(environ).match()
        except HTTPException:
            response = refusals.unknown_endpoint().response()
            self._record(visit, arrived, response.status_code)
            return response(environ, start_response)
        if name.startswith("_sim/"):
            response = control.answer(self._sim, name, request)
            return response(environ, start_response)
        visit.call = name
        visit.label = BY_NAME[name].label if name in BY_NAME else ""
        try:
            response = self._with_faults(visit, values)
        except Cut:
            self._record(visit, arrived, None)
            raise
        self._record(visit, arrived, response.status_code)
        # The times in it are those of our clock; so must be the answer's own.
        response.date = self._sim.clock.now()
        response.headers["x-zm-trackingid"] = f"v=2.0;clid=practice;rid=WEB_{secrets.token_hex(16)}"
        return response(environ, start_response)

    def _with_faults(self, visit: _Visit, values: Mapping[str, Any]) -> Response:
        """Answer, unless a fault strikes before or after."""
        request = visit.request
        faults = self._sim.faults.draw(visit.call, visit.label, request.method, request.path)
        fault = next((each for each in faults if each.kind != FaultKind.LATENCY), None)
        if visit.call in BY_NAME:
            if fault is None or fault.is_applied:
                self._count(visit, BY_NAME[visit.call])
            self._sim.wait(self._sim.behaviour.latency_seconds)
        for each in faults:
            if each.kind == FaultKind.LATENCY:
                self._sim.wait(each.seconds)
        if fault is None:
            return self._answer(visit, values)
        if not fault.is_applied:
            return strike.instead(self._sim, fault, visit.call, request)
        return strike.after(self._sim, fault, self._answer(visit, values))

    def _count(self, visit: _Visit, call: Call) -> None:
        """Count a request against the limits as it arrives, as a gateway does: before any work."""
        now = self._sim.clock.now()
        try:
            self._grant(visit.request, now.timestamp())
            visit.limits = self._sim.limits.take(call.label, now, self._sim.behaviour)
        except ZoomError as error:
            # One without a good token is nobody's, and refused for that, once it is answered.
            visit.over = error if error.http == 429 else None

    def _answer(self, visit: _Visit, values: Mapping[str, Any]) -> Response:
        """Carry the request out."""
        sim = self._sim
        with sim.world.lock:
            try:
                if visit.call in _OAUTH:
                    desk = oauth.Desk(
                        visit.request,
                        sim.world,
                        sim.behaviour,
                        sim.clock.now().timestamp(),
                        sim.url,
                    )
                    response = _OAUTH[visit.call](desk)
                else:
                    response = self._call(visit, BY_NAME[visit.call], values)
            except ZoomError as error:
                response = error.response()
            except Exception:
                log.exception("the simulator failed at %s", visit.request.path)
                return reply({"code": 500, "message": "The simulator failed."}, 500)
            finally:
                sim.store.save(sim.world)
        visit.applied = response.status_code < 400
        return response

    def _call(self, visit: _Visit, call: Call, values: Mapping[str, Any]) -> Response:
        sim = self._sim
        now = sim.clock.now()
        exchange = Exchange(visit.request, sim.world, sim.behaviour, now, sim.pages)
        exchange.grant = self._grant(visit.request, now.timestamp())
        if visit.over is not None:
            raise visit.over
        kind = PLURAL.get(values.get("plural", ""), "user")
        if not call.allowed_by(kind, exchange.grant.scopes):
            raise refusals.scope_missing(call.scopes(kind, sim.behaviour.scope_names))
        try:
            response = _HANDLERS[call.name](exchange, **values)
        except ZoomError as error:
            if error.http == 429:
                sim.limits.refused["registrant"] += 1
            response = error.response()
        finally:
            visit.emails = tuple(exchange.emails)
        for name, value in visit.limits.items():
            response.headers.setdefault(name, value)
        return response

    def _grant(self, request: Request, now: float) -> Grant:
        """Return what the request's token allows.

        :raises ZoomError: 124 for no token, one that is not ours, or one too old.
        """
        bearer = request.authorization
        token = bearer.token if bearer is not None and bearer.type == "bearer" else None
        grant = tokens.find(self._sim.world, token or "", "access")
        if grant is None:
            raise refusals.token_invalid()
        if grant.expires <= now:
            raise refusals.token_expired()
        return grant

    def _record(self, visit: _Visit, arrived: float, status: int | None) -> None:
        request = visit.request
        self._sim.ledger.add(
            RequestRecord(
                method=request.method,
                path=request.path,
                call=visit.call,
                label=visit.label,
                status=status,
                applied=visit.applied,
                when=arrived,
                emails=visit.emails or _named(request),
                query=request.args.to_dict(),
                body=_body(request),
            )
        )


def _body(request: Request) -> Any:
    if request.form:
        return request.form.to_dict()
    text = request.get_data(as_text=True)
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text


def _named(request: Request) -> tuple[str, ...]:
    """Return the addresses in a body that never reached its handler."""
    body = _body(request)
    if not isinstance(body, dict):
        return ()
    listed = body.get("registrants", [body])
    if isinstance(listed, str):
        try:
            listed = json.loads(listed)
        except ValueError:
            return ()
    rows = listed if isinstance(listed, list) else []
    return tuple(str(row["email"]) for row in rows if isinstance(row, dict) and "email" in row)
