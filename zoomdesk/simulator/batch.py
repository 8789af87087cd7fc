"""Register up to 30 people at once, with each of the things nobody knows about it switchable.

zoom/README.md section 1; the letters are those of section 6.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from . import refusals
from .behaviour import RowFault
from .entries import Entry, read_entry
from .exchange import Exchange
from .model import MEETING, WEBINAR, Event, Registrant, email_key
from .rules import (
    check_allowance,
    check_room,
    check_work_email,
    enrol,
    gate,
    is_host,
    shows_link,
    use_allowance,
)
from .wire import ZoomError, invalid, reply

MOST = 30


@dataclass
class _Row:
    entry: Entry
    fault: RowFault | None = None
    error: ZoomError | None = None


def batch_register(exchange: Exchange, plural: str, event_id: str) -> Response:
    """Answer POST .../batch_registrants."""
    event = exchange.event(plural, event_id)
    auto_approve, mail, listed = _read(exchange, event)
    if event.type not in (WEBINAR, MEETING):
        raise refusals.wrong_type(event)
    gate(exchange, event)
    _check_questions(exchange, event)
    rows = _check_rows(exchange, event, listed)
    addressed = [row for row in rows if not (row.fault == "bad" and "@" not in row.entry.email)]
    for row in addressed:
        check_allowance(exchange, event, row.entry.email, "batch")
    refusal = _refusal(exchange, rows)
    if refusal and not exchange.behaviour.refused_batch_keeps_good:
        _count_refused(exchange, event, rows)
        raise refusal
    for row in addressed:
        use_allowance(exchange, event, row.entry.email)
    newcomers = {
        email_key(row.entry.email)
        for row in rows
        if row.fault is None and exchange.world.find(event.id, row.entry.email) is None
    }
    check_room(exchange, event, len(newcomers))
    answers = []
    for row in rows:
        if row.fault in ("bad", "host"):
            exchange.world.count(event.id, row.entry.email, "submitted")
            continue
        known = exchange.world.find(event.id, row.entry.email)
        person = enrol(exchange, event, row.entry, approve=auto_approve, mail=mail)
        if row.fault is None and _is_answered(exchange, person, known):
            answers.append(_answer(exchange, event, person))
    if refusal:
        raise refusal
    return reply({"registrants": _disorder(exchange, answers)}, exchange.behaviour.batch_status)


def _read(exchange: Exchange, event: Event) -> tuple[bool, bool, list[dict[str, Any]]]:
    """Return auto_approve, whether confirmations are mailed, and the rows."""
    if exchange.request.mimetype == "multipart/form-data":
        body = _read_form(exchange)
    else:
        body = exchange.json_object()
    listed = body.get("registrants")
    if not isinstance(listed, list) or not listed:
        raise invalid("registrants")
    if not all(isinstance(each, dict) for each in listed):
        raise invalid("registrants")
    exchange.emails += [str(each.get("email", "")) for each in listed]
    if len(listed) > MOST:
        raise invalid("registrants", message=f"The number of registrants must be 1 to {MOST}.")
    approve = body.get("auto_approve", False)
    mail = event.confirmation_email
    if event.kind == "meeting":
        mail = body.get("registrants_confirmation_email", mail)
    for name, value in (("auto_approve", approve), ("registrants_confirmation_email", mail)):
        if not isinstance(value, bool):
            raise invalid(name)
    return approve, mail, listed


def _read_form(exchange: Exchange) -> dict[str, Any]:
    """Return the legacy form of 2021 as the object that JSON would hold.

    :raises ZoomError: 300, also for the malformed ``true[{...}]`` of the generated clients.
    """
    if not exchange.behaviour.multipart_accepted:
        raise ZoomError(400, 300, "Request Body should be a valid JSON object.")
    body: dict[str, Any] = {}
    for name, text in exchange.request.form.items():
        try:
            body[name] = json.loads(text)
        except ValueError:
            raise invalid(name) from None
    return body


def _check_questions(exchange: Exchange, event: Event) -> None:
    if not exchange.behaviour.questions_block_batch:
        return
    names = [
        each.field_name
        for each in event.questions
        if each.required and each.field_name != "last_name"
    ]
    if any(each.required for each in event.custom_questions):
        names.append("custom_questions")
    if names:
        raise invalid(*names)


def _check_rows(exchange: Exchange, event: Event, listed: list[dict[str, Any]]) -> list[_Row]:
    rows, seen = [], set()
    for index, values in enumerate(listed):
        entry, wrong = read_entry(values)
        row = _Row(entry)
        key = email_key(entry.email)
        if wrong:
            row.fault = "bad"
            row.error = invalid(*(_path(exchange, index, name) for name in wrong))
        elif is_host(exchange, event, entry.email):
            row.fault, row.error = "host", refusals.host_cannot_register()
        elif refusal := check_work_email(event, entry.email):
            row.fault, row.error = "bad", refusal
        elif key in seen:
            row.fault, row.error = "duplicate", invalid(_path(exchange, index, "email"))
        seen.add(key)
        rows.append(row)
    return rows


def _path(exchange: Exchange, index: int, name: str) -> str:
    template = exchange.behaviour.error_field_path
    return template.replace("{index}", str(index)).replace("{field}", name)


def _refusal(exchange: Exchange, rows: list[_Row]) -> ZoomError | None:
    """Return the error of the first row that refuses its batch (a)."""
    for row in rows:
        if row.fault and row.error and exchange.behaviour.refuses_whole(row.fault):
            return row.error
    return None


def _count_refused(exchange: Exchange, event: Event, rows: list[_Row]) -> None:
    for row in rows:
        exchange.world.count(event.id, row.entry.email, "submitted")
        if exchange.behaviour.refused_rows_use_allowance:
            use_allowance(exchange, event, row.entry.email)


def _is_answered(exchange: Exchange, person: Registrant, known: Registrant | None) -> bool:
    """Return whether the answer has a row for this person (d)."""
    if person.status in ("denied", "cancelled"):
        return exchange.behaviour.batch_returns_denied
    return known is None or exchange.behaviour.batch_returns_existing


def _answer(exchange: Exchange, event: Event, person: Registrant) -> dict[str, Any]:
    row: dict[str, Any] = {"registrant_id": person.id, "email": person.email}
    if shows_link(exchange, person):
        space = " " if exchange.behaviour.join_url_leading_space else ""
        row["join_url"] = space + person.join_url
    if event.kind == "meeting":
        row["participant_pin_code"] = person.pin
    return row


def _disorder(exchange: Exchange, answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answers in another order or with some left out, as the behaviour says."""
    behaviour = exchange.behaviour
    if not behaviour.shuffle_answers and not behaviour.omit_some_rows:
        return answers
    # Seeded by the rows, too, so that threads do not change what a test sees; not a secret.
    seed = f"{behaviour.seed}:{','.join(sorted(row['email'] for row in answers))}"
    chance = random.Random(seed)  # noqa: S311
    kept = [row for row in answers if chance.random() >= behaviour.omit_some_rows]
    if behaviour.shuffle_answers:
        chance.shuffle(kept)
    return kept
