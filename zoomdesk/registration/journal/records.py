"""Hold what the journal keeps, and write it as text and back."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.roster.fields import Field
from zoomdesk.roster.table import Person
from zoomdesk.workbook import Fingerprint
from zoomdesk.zoom.events import EventKind, EventRef

_CUSTOM = "custom_questions"
"""Where the answers to the host's questions are among a person's: no field is called so."""


class RunState(StrEnum):
    """Say how far a run got. RUNNING of a program that is gone means: it was cut short."""

    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


class CallKind(StrEnum):
    """Tell the calls apart: the two that register, and those that change who is registered."""

    BATCH = "batch"
    SINGLE = "single"
    STATUS = "status"
    DELETE = "delete"


class CallState(StrEnum):
    """Say what is known of a call.

    SENT stands before the call goes on the wire: found later, the program died while it was under
    way. UNSENT never reached Zoom, or Zoom did not look at its people: no try was used.
    """

    SENT = "sent"
    ANSWERED = "answered"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """Describe a run: who, for what, out of which sheet.

    The first group is given to ``Journal.start_run``; the rest is filled by the journal. ``output``
    is the copy that the results go to, ``""`` for the workbook itself. ``act`` is what is done with
    registrants (``lifecycle.Act``), ``""`` where people are registered. ``realm`` is the Zoom that
    was asked: a practice run is never resumed against the real one. ``written`` says whether the
    results are in the workbook, ``again_at`` from when Zoom takes calls again, where the day's
    limit stopped it. ``rows`` and ``done`` count people's rows: all, and those of which
    it is known what became of them.
    """

    ref: EventRef
    topic: str = ""
    book: str = ""
    sheet: str = ""
    header_row: int = 1
    output: str = ""
    people: tuple[Person, ...] = ()
    options: RunOptions = field(default_factory=RunOptions)
    fingerprint: Fingerprint | None = None
    account: str = ""
    act: str = ""

    id: str = ""
    created: datetime | None = None
    realm: str = ""
    state: RunState = RunState.RUNNING
    stopped: str = ""
    again_at: datetime | None = None
    written: bool = False
    rows: int = 0
    done: int = 0

    def to_row(self) -> dict[str, Any]:
        """Return the columns of table ``runs`` that the caller decides."""
        return {
            "account": self.account,
            "book": _file_to_text(self.book),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "output": _file_to_text(self.output),
            "fingerprint": json.dumps(asdict(self.fingerprint) if self.fingerprint else None),
            "kind": self.ref.kind.value,
            "event_id": self.ref.id,
            "topic": self.topic,
            "options": json.dumps(asdict(self.options)),
            "act": self.act,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any], people: tuple[Person, ...] = ()) -> RunRecord:
        """Return the run of a row of table ``runs`` with its counts."""
        values = dict(row)
        fingerprint = json.loads(values.pop("fingerprint"))
        again_at = values.pop("again_at")
        values |= {name: _file_from_text(values[name]) for name in ("book", "output")}
        return cls(
            ref=EventRef(EventKind(values.pop("kind")), values.pop("event_id")),
            options=_options(json.loads(values.pop("options"))),
            fingerprint=Fingerprint(**fingerprint) if fingerprint else None,
            created=datetime.fromisoformat(values.pop("created")),
            state=RunState(values.pop("state")),
            again_at=datetime.fromisoformat(again_at) if again_at else None,
            written=bool(values.pop("written")),
            people=people,
            **values,
        )


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Hold whom recent calls without an answer were about, by email key.

    ``last_sent`` is when the last of them began, None where there is none. ``slowest`` is how many
    seconds the slowest call with an answer took.
    """

    keys: frozenset[str] = frozenset()
    last_sent: datetime | None = None
    slowest: float = 0.0


def person_to_row(person: Person, email_key: str) -> tuple[object, ...]:
    """Return the columns of table ``people`` after the run."""
    extra: dict[str, object] = {name.value: text for name, text in person.extra.items()}
    if person.custom:
        extra[_CUSTOM] = dict(person.custom)
    names = (person.first_name, person.last_name)
    return (person.row, email_key, person.email, *names, json.dumps(extra))


def person_from_row(row: tuple[Any, ...]) -> Person:
    """Return the person of (row, email, first_name, last_name, extra)."""
    number, email, first_name, last_name, extra = row
    answers = json.loads(extra)
    custom = answers.pop(_CUSTOM, {})
    fields = {Field(name): text for name, text in answers.items()}
    return Person(number, email, first_name, last_name, fields, custom)


def outcome_to_row(outcome: Outcome) -> tuple[object, ...]:
    """Return the columns of table ``outcomes`` after the run."""
    return (
        outcome.row,
        outcome.email,
        outcome.status.value,
        outcome.join_url,
        outcome.registrant_id,
        time_text(outcome.registered_at) if outcome.registered_at else None,
        outcome.message,
    )


def outcome_from_row(row: tuple[Any, ...]) -> Outcome:
    """Return the outcome of the columns of table ``outcomes`` after the run."""
    number, email, status, join_url, registrant_id, registered_at, message = row
    at = datetime.fromisoformat(registered_at) if registered_at else None
    return Outcome(number, email, Status(status), join_url, registrant_id, at, message)


def time_text(when: datetime) -> str:
    """Return a time as the journal keeps it: ISO 8601 in UTC."""
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _file_to_text(path: str) -> str:
    """Return the path as any later program reads it, whatever this one's locale (LANG=C)."""
    return os.fsencode(path).decode("utf-8", "surrogateescape")


def _file_from_text(text: str) -> str:
    return os.fsdecode(text.encode("utf-8", "surrogateescape"))


def _options(values: dict[str, Any]) -> RunOptions:
    known = {option.name for option in fields(RunOptions)} & values.keys()
    values = {name: values[name] for name in known}
    if "occurrence_ids" in values:
        values["occurrence_ids"] = tuple(values["occurrence_ids"])
    return RunOptions(**values)
