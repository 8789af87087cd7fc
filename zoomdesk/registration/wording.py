"""Say in plain sentences what a plan would do and why rows are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from zoomdesk.registration.form import Lack
from zoomdesk.roster.fields import HEADINGS, MAX_LENGTH, Field
from zoomdesk.roster.form import Fault
from zoomdesk.zoom.models import MANUAL

if TYPE_CHECKING:
    from zoomdesk.registration.planned import Plan


class Reason(StrEnum):
    """Why a row needs no call; the value is how a confirmation counts it."""

    ALREADY = "already registered"
    PENDING = "waiting for approval"
    DENIED = "denied by the host"
    HOST = "hosting the event"
    QUESTIONS = "without a required answer"
    ANSWERS = "with an answer that the form does not take"
    TRIES = "sent three times today"
    HIDDEN = "perhaps registered"
    ERROR = "with errors"


NO_ADDRESS = "This row has no usable email address."
NO_FIRST_NAME = "Zoom needs a first name."
HOST = "This is a host of the event: Zoom registers no hosts, and they need no link."
NO_TRIES_LEFT = (
    "Zoom takes three requests for a person and event a day, and they are used up. Go on after "
    "00:00 GMT."
)
HIDDEN = (
    "Zoom hides addresses in its list, so nobody can tell whether this person is registered. Look "
    "the name up in Zoom before you send it again."
)
MASKED = (
    "Zoom hides some addresses in its list of registrants. People who are registered already may "
    "be sent again; Zoom then gives their present link."
)
CLOSES = "The event has begun, and its registration closes then: Zoom may refuse everybody."
LISTED_WITHOUT_LINK = "Zoom gave no link for some people who are registered already."
STOPPED = "The run stopped before this row was sent. Go on with the run to send it."
IN_DOUBT = (
    "Zoom’s answer about this row did not arrive. Go on with the run: it looks the person up "
    "before anything is sent again."
)
NOT_CONFIRMED = (
    "Not confirmed: Zoom did not say that this person is registered, and the person is not on its "
    "list. Fetch the links later, or register this row again."
)
NOT_LISTED = "Not on Zoom’s list of registrants for this event."


def unanswered(faults: Sequence[Fault], unknown: Sequence[str] = ()) -> str:
    """Say what is wrong with a row's answers, ``""`` where nothing is.

    ``unknown`` are fields that the form requires and that no column can be for.
    """
    if unknown:
        return (
            f"The event’s form needs an answer for {_quoted(map(_spaced, unknown))}, which cannot "
            "be sent. Make the question optional in Zoom."
        )
    said = " ".join(fault.message for fault in faults)
    if any(fault.is_missing for fault in faults):
        said = f"{said} Fill it in, or make the question optional in Zoom."
    return said


def without_column(lacks: Sequence[Lack]) -> str:
    """Say that nobody can be registered before a column answers what the form requires."""
    headings = _quoted(lack.heading for lack in lacks)
    perhaps = _quoted(lack.perhaps for lack in lacks if lack.perhaps)
    column = "a column" if len(lacks) == 1 else "columns"
    said = (
        f"The event’s form needs an answer for {headings}, and no column of the sheet has one. "
        f"Add {column} with {'that heading' if len(lacks) == 1 else 'these headings'}"
    )
    if perhaps:
        said += f", or say that {perhaps} {'is' if perhaps.count('“') == 1 else 'are'} meant"
    return f"{said}; or make the question optional in Zoom."


def too_long(field: Field) -> str:
    """Say that Zoom does not take a text of that length."""
    return f"“{HEADINGS[field]}” is longer than the {MAX_LENGTH[field]} characters that Zoom takes."


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def too_few_places(people: int, places: int) -> str:
    """Warn that an event is too small."""
    left = f"only {_counted(places, 'place')} left" if places else "no place left"
    whom = "1 person" if people == 1 else f"{people:,} people"
    return f"The event has {left} for {whom}. Zoom stops the run when it is full."


def nameless(people: int) -> str:
    """Warn about people without a last name that the form asks for."""
    return (
        f"{people:,} without the last name that the event asks for: each is sent alone, and Zoom "
        "may refuse them."
    )


def describe(plan: Plan, *, practice: bool = False) -> str:
    """Say in a few sentences what a plan would do; in practice Zoom mails nobody."""
    mails = "This is practice: nobody is mailed." if practice else _mails(plan)
    return " ".join(filter(None, (_registers(plan), mails, _skips(plan), *plan.warnings)))


def _registers(plan: Plan) -> str:
    if not plan.to_send:
        return f"Nobody will be registered for “{plan.event.topic}”."
    people = "1 person" if plan.to_send == 1 else f"{plan.to_send:,} people"
    calls = "one call" if plan.calls == 1 else f"{plan.calls:,} calls"
    return f"{people} will be registered for “{plan.event.topic}”, in {calls}."


def _mails(plan: Plan) -> str:
    if not plan.to_send:
        return ""
    waits = ""
    if plan.event.approval_type == MANUAL and (plan.singles or not plan.options.auto_approve):
        everybody = not plan.batches or not plan.options.auto_approve
        waits = f"{'They' if everybody else 'Those sent alone'} wait for the host’s approval. "
    if plan.mails is None:
        return waits + "Zoom will mail some of them."
    return waits + ("Zoom will mail them." if plan.mails else "Zoom will not mail anybody.")


def _skips(plan: Plan) -> str:
    if not plan.settled:
        return ""
    parts = ", ".join(f"{count:,} {reason}" for reason, count in plan.reasons.items())
    rows = "row is" if len(plan.settled) == 1 else "rows are"
    return f"{len(plan.settled):,} {rows} not sent: {parts}."
