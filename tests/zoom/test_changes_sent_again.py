"""Changes of a registrant's status, and deletions: when they are sent again, and when never."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.zoom.conftest import WEBINAR
from tests.zoom.test_caller import AMBIGUOUS, ANN, named
from zoomdesk.errors import DailyLimitReached, ZoomdeskError
from zoomdesk.simulator import Fault, FaultKind, Simulator
from zoomdesk.zoom import limits
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.faults import OutcomeUnknown, RegistrantLimitReached
from zoomdesk.zoom.models import Listed

Change = Callable[[ZoomClient, Listed], None]


def deny(client: ZoomClient, who: Listed) -> None:
    client.set_status(WEBINAR, "deny", [who])


def delete(client: ZoomClient, who: Listed) -> None:
    client.delete_registrant(WEBINAR, who.id)


CHANGES = pytest.mark.parametrize("change", [deny, delete])
WITH_A_BODY = (FaultKind.EMPTY, FaultKind.GARBAGE, FaultKind.TRUNCATED)
"""What cannot befall a 204, which has none."""
LOST = [f for f in AMBIGUOUS if f.kind not in (*WITH_A_BODY, FaultKind.HANG)]


@pytest.fixture
def ann(client: ZoomClient) -> Listed:
    client.register_one(WEBINAR, ANN)
    (found,) = client.registrants(WEBINAR)
    return found


def sent(simulator: Simulator) -> int:
    return sum(record.method in ("PUT", "DELETE") for record in simulator.requests)


def still_there(client: ZoomClient) -> bool:
    return bool(list(client.registrants(WEBINAR)))


@CHANGES
@pytest.mark.parametrize("fault", LOST, ids=named)
def test_a_change_without_an_answer_is_not_sent_again(
    client: ZoomClient, simulator: Simulator, ann: Listed, fault: Fault, change: Change
) -> None:
    simulator.faults.add(fault)
    with pytest.raises(OutcomeUnknown):
        change(client, ann)
    assert sent(simulator) == 1
    assert still_there(client) is not fault.is_applied


@CHANGES
@pytest.mark.parametrize("retry_after", ["datetime", "seconds", "absent"])
def test_a_change_that_met_a_full_second_is_sent_again(
    client: ZoomClient,
    simulator: Simulator,
    ann: Listed,
    change: Change,
    retry_after: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "LONGEST_WAIT", 0.0)
    simulator.behaviour = simulator.behaviour.changed({"retry_after": retry_after})
    simulator.faults.add(Fault(FaultKind.RATE_SECOND, times=2))
    change(client, ann)
    assert sent(simulator) == 3
    assert not still_there(client)


@CHANGES
@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.RATE_DAY, DailyLimitReached),
        (FaultKind.RATE_REGISTRANT, RegistrantLimitReached),
    ],
)
def test_other_limits_end_a_change(
    client: ZoomClient,
    simulator: Simulator,
    ann: Listed,
    change: Change,
    kind: FaultKind,
    error: type[ZoomdeskError],
) -> None:
    simulator.faults.add(Fault(kind))
    with pytest.raises(error):
        change(client, ann)
    assert sent(simulator) == 1
    assert still_there(client)
