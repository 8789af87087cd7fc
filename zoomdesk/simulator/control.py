"""Let a test that runs the simulator as another process see its record and steer it.

Not part of Zoom. Under ``/_sim``, JSON, loopback only as everything here:

- ``GET /_sim/record``: people and tallies by event, requests, 429s
- ``GET /_sim/calls``: how many requests of each call there were; light, to be asked often
- ``POST /_sim/behaviour``: an object of behaviour.py's fields to change
- ``POST /_sim/faults``: a list of faults to add; ``DELETE``: disarm all
- ``POST /_sim/expire-tokens``: every access token is expired from now on
- ``POST /_sim/token``: an access token without sign-in
- ``POST /_sim/clock``: ``{"now": "2026-11-22T23:59:57Z"}``, the time from which it runs on
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from .clock import ShiftedClock
from .faults import Fault
from .wire import reply

if TYPE_CHECKING:
    from .server import Simulator

ROUTES = (
    ("GET", "/_sim/record", "record"),
    ("GET", "/_sim/calls", "calls"),
    ("POST", "/_sim/behaviour", "behaviour"),
    ("POST", "/_sim/faults", "add_faults"),
    ("DELETE", "/_sim/faults", "clear_faults"),
    ("POST", "/_sim/expire-tokens", "expire_tokens"),
    ("POST", "/_sim/token", "token"),
    ("POST", "/_sim/clock", "clock"),
)


def answer(sim: Simulator, name: str, request: Request) -> Response:
    """Answer a control request; 400 says what is wrong with its body."""
    try:
        return reply(_act(sim, name.removeprefix("_sim/"), request))
    except (ValueError, TypeError) as error:
        return reply({"error": str(error)}, 400)


def record(sim: Simulator) -> dict[str, Any]:
    """Return everything that happened, as JSON.

    ``events`` by ID: kind, topic, registrants, and ``tally`` by lower-cased address (submitted,
    registered, mails); ``requests``; ``answers_429``, how many were sent; ``limits``, how many of
    those came from the limits themselves: second, day, registrant.
    """
    requests = sim.requests
    with sim.world.lock:
        events = {
            event.id: {
                "kind": event.kind,
                "topic": event.topic,
                "registrants": [
                    asdict(person) | {"created": person.created.isoformat()}
                    for person in sim.world.people(event.id)
                ],
                "tally": {
                    email: asdict(tally) for email, tally in sim.world.tallies(event.id).items()
                },
            }
            for event in sim.world.events.values()
        }
    return {
        "events": events,
        "requests": [each.as_json() for each in requests],
        "answers_429": sum(each.status == 429 for each in requests),
        "limits": dict(sim.limits.refused),
        "faults_struck": sim.faults.struck(),
    }


def _act(sim: Simulator, name: str, request: Request) -> Any:
    match name:
        case "record":
            return record(sim)
        case "calls":
            return Counter(each.call for each in sim.requests)
        case "behaviour":
            values = request.get_json(force=True, silent=True)
            if not isinstance(values, dict):
                raise ValueError("the body must be an object of behaviour fields")
            sim.behaviour = sim.behaviour.changed(values)
            return {"changed": sorted(values)}
        case "add_faults":
            listed = request.get_json(force=True, silent=True)
            if isinstance(listed, dict):
                listed = [listed]
            if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
                raise ValueError("the body must be a fault or a list of faults")
            sim.faults.add(*[Fault.from_json(each) for each in listed])
            return {"added": len(listed)}
        case "clear_faults":
            sim.faults.clear()
            return {}
        case "clock":
            sim.clock = _clock(request.get_json(force=True, silent=True))
            return {"now": sim.clock.now().isoformat()}
        case "expire_tokens":
            sim.expire_tokens()
            return {}
        case _:
            return {"access_token": sim.issue_token()}


def _clock(values: Any) -> ShiftedClock:
    text = values.get("now") if isinstance(values, dict) else None
    if not isinstance(text, str):
        raise ValueError('the body must be {"now": a time}')
    now = datetime.fromisoformat(text)
    return ShiftedClock(now if now.tzinfo else now.replace(tzinfo=UTC))
