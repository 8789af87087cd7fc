"""What nobody has established about Zoom (zoom/README.md section 6), with what brings it into play.

The last one is not among those of section 6, and nobody knows it either: lists that lag.

Each way of each unknown comes with the circumstances in which it matters: a bad row in the sheet, a
question that was added after the plan, somebody who was denied meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tests.registration.office import Office, person
from zoomdesk.registration.lingering import SETTLE_SECONDS
from zoomdesk.roster.table import Person
from zoomdesk.simulator import Question
from zoomdesk.zoom.events import EventRef

LAG = SETTLE_SECONDS * 0.9
"""Seconds that lists lag behind: as long as one look waits for."""

LATE_HOST = "late-host@example.com"
BAD = "not-an-address"

Arrange = Callable[[Office, EventRef, list[Person]], None]


@dataclass(frozen=True)
class Unknown:
    """One way that Zoom may behave.

    ``before`` happens before the plan is made, ``meanwhile`` between the plan and the run, as if
    another person did it. ``odd`` are people of the sheet who are refused for good, with the words
    that say why. ``options`` are those of the run.
    """

    name: str
    behaviour: Mapping[str, Any] = field(default_factory=dict)
    odd: Mapping[str, str] = field(default_factory=dict)
    before: Arrange | None = None
    meanwhile: Arrange | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    by_hand: int = 0
    """How many of the first people somebody else registers meanwhile."""
    asks_late: bool = False
    """Whether rows may end without a link for want of an answer to a late question."""
    denies: bool = False
    waits: bool = False
    """Whether everybody waits for the host, who approves in the end."""
    may_refuse_form: bool = False


def _hosts_change(office: Office, ref: EventRef, _: list[Person]) -> None:
    office.sim.world.events[ref.id].alternative_hosts = (LATE_HOST,)


def _somebody_registers(office: Office, ref: EventRef, guests: list[Person]) -> None:
    office.by_hand(guests[:2], ref)


def _somebody_is_denied(office: Office, ref: EventRef, guests: list[Person]) -> None:
    office.by_hand(guests[:1], ref)
    found = office.sim.world.find(ref.id, guests[0].email)
    assert found is not None
    office.sim.world.put(ref.id, replace(found, status="denied"))


def _a_question_is_asked(office: Office, ref: EventRef, _: list[Person]) -> None:
    event = office.sim.world.events[ref.id]
    event.questions = (Question("last_name", True), Question("org", True), Question("city"))


def _the_host_approves(office: Office, ref: EventRef, _: list[Person]) -> None:
    office.sim.world.events[ref.id].approval_type = 1


def _odd(**values: Any) -> Mapping[str, Any]:
    return {"odd": {BAD: "Validation Failed."}, "behaviour": values}


UNKNOWNS = (
    Unknown("nothing odd"),
    Unknown("a: a bad row refuses its batch", **_odd(batch_refuses_whole=True)),
    Unknown("a: a bad row is left out", **_odd(batch_refuses_whole=False)),
    Unknown(
        "a: a bad row refuses its batch, whose others are registered",
        **_odd(refused_batch_keeps_good=True, list_lag_seconds=LAG),
    ),
    Unknown(
        "a: a host refuses the batch",
        {"batch_refuses_whole": True},
        {LATE_HOST: "Host cannot register."},
        meanwhile=_hosts_change,
    ),
    Unknown(
        "a: a host is left out",
        {"batch_refuses_whole": False},
        {LATE_HOST: "Host cannot register."},
        meanwhile=_hosts_change,
    ),
    Unknown("b: fields are plain", **_odd(error_field_path="{field}")),
    Unknown("b: fields have a path", **_odd(error_field_path="registrants[{index}].{field}")),
    Unknown(
        "c: questions block a batch",
        {"questions_block_batch": True},
        meanwhile=_a_question_is_asked,
        asks_late=True,
    ),
    Unknown(
        "c: questions do not matter to a batch",
        {"questions_block_batch": False},
        meanwhile=_a_question_is_asked,
        asks_late=True,
    ),
    Unknown(
        "d: a batch names the registered",
        {"batch_returns_existing": True},
        meanwhile=_somebody_registers,
        by_hand=2,
    ),
    Unknown(
        "d: a batch leaves out the registered",
        {"batch_returns_existing": False},
        meanwhile=_somebody_registers,
        by_hand=2,
    ),
    Unknown(
        "d: a batch names the denied",
        {"batch_returns_denied": True, "single_refuses_denied": False},
        meanwhile=_somebody_is_denied,
        by_hand=1,
        denies=True,
    ),
    Unknown(
        "d: a batch leaves out the denied",
        {"batch_returns_denied": False, "single_refuses_denied": True},
        meanwhile=_somebody_is_denied,
        by_hand=1,
        denies=True,
    ),
    Unknown(
        "e: who waits is shown a link",
        {"pending_rows_have_join_url": True},
        before=_the_host_approves,
        options={"auto_approve": False},
        waits=True,
    ),
    Unknown(
        "e: who waits is shown no link",
        {"pending_rows_have_join_url": False},
        before=_the_host_approves,
        options={"auto_approve": False},
        waits=True,
    ),
    Unknown("f: multipart is taken", {"multipart_accepted": True}, options={"multipart": True}),
    Unknown(
        "f: multipart is refused",
        {"multipart_accepted": False},
        options={"multipart": True},
        may_refuse_form=True,
    ),
    Unknown("lists lag", {"list_lag_seconds": LAG}),
)

BY_NAME = {unknown.name: unknown for unknown in UNKNOWNS}


def odd_people(unknown: Unknown, row: int, **extra: str) -> list[Person]:
    """Return the sheet's people whom Zoom will never take."""
    return [person(row + n, email, **extra) for n, email in enumerate(unknown.odd)]
