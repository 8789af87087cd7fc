"""What nobody has published about changes of status can be switched both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.simulator.api import Api, error, people
from zoomdesk.simulator import SAMPLE_WEBINAR_ID, ManualClock, Simulator

EVENT = SAMPLE_WEBINAR_ID
MANUAL = "81234567891"
SERIES = "81234567893"


def statuses(sim: Simulator, event: str = EVENT) -> list[str]:
    return [person.status for person in sim.world.registrants(event)]


@pytest.mark.parametrize("lost", [True, False])
def test_a_yes_may_change_nothing(
    api: Api, sim: Simulator, behave: Callable[..., None], lost: bool
) -> None:
    behave(status_changes_lost=lost)
    api.register("ada@example.com")
    assert api.set_status("cancel", "ada@example.com").status_code == 204
    assert statuses(sim) == (["approved"] if lost else ["cancelled"])


@pytest.mark.parametrize(
    ("taken", "http", "after"),
    [
        ("applied", 204, ["denied", "cancelled"]),
        ("ignored", 204, ["approved", "pending"]),
        ("refused", 400, ["approved", "pending"]),
    ],
)
def test_changes_out_of_turn(
    api: Api, sim: Simulator, behave: Callable[..., None], taken: str, http: int, after: list[str]
) -> None:
    """Denying somebody who is approved, cancelling somebody who is not."""
    api.batch(people("a@example.com", "b@example.com"), MANUAL)
    api.set_status("approve", "a@example.com", event=MANUAL)
    behave(status_out_of_turn=taken)
    assert api.set_status("deny", "a@example.com", event=MANUAL).status_code == http
    assert api.set_status("cancel", "b@example.com", event=MANUAL).status_code == http
    assert statuses(sim, MANUAL) == after


@pytest.mark.parametrize("refused", [True, False])
def test_somebody_who_is_not_there(
    api: Api, sim: Simulator, behave: Callable[..., None], refused: bool
) -> None:
    behave(status_unknown_refused=refused)
    api.register("ada@example.com")
    response = api.set_status("deny", "ada@example.com", "nobody@example.com")
    if refused:
        assert error(response) == (404, 3000, "Registrant nobody@example.com was not found.")
    assert statuses(sim) == (["approved"] if refused else ["denied"])


def test_lists_that_lag_show_the_status_from_before(
    api: Api, sim: Simulator, behave: Callable[..., None]
) -> None:
    clock = ManualClock(datetime.now(UTC) + timedelta(hours=1))
    api.register("ada@example.com")
    sim.clock = clock
    api.session.headers["Authorization"] = f"Bearer {sim.issue_token()}"
    api.set_status("deny", "ada@example.com")
    behave(list_lag_seconds=60)
    assert (len(api.listed()), len(api.listed(status="denied"))) == (1, 0)
    clock.advance(100)
    assert (len(api.listed()), len(api.listed(status="denied"))) == (0, 1)


def test_one_date_of_a_series(api: Api, sim: Simulator) -> None:
    first, second, *_ = (each.id for each in sim.world.events[SERIES].occurrences)
    made = api.register("ada@example.com", SERIES, query=f"?occurrence_ids={first},{second}").json()

    def change(action: str, date: str) -> int:
        body = {"action": action, "registrants": [{"id": made["registrant_id"]}]}
        path = f"/webinars/{SERIES}/registrants/status?occurrence_id={date}"
        return api.call("PUT", path, json=body).status_code

    def listed(date: str, status: str = "approved") -> int:
        return len(api.listed(SERIES, occurrence_id=date, status=status))

    assert change("cancel", first) == 204
    assert (listed(first), listed(first, "denied"), listed(second)) == (0, 1, 1)
    assert statuses(sim, SERIES) == ["approved"]
    change("cancel", second)
    assert statuses(sim, SERIES) == ["cancelled"]
    change("approve", first)
    assert (listed(first), listed(second)) == (1, 0)
    assert change("deny", "12345") == 404
    path = f"/webinars/{SERIES}/registrants/{made['registrant_id']}"
    assert api.call("DELETE", f"{path}?occurrence_id={first}").status_code == 204
    assert len(sim.world.registrants(SERIES)) == 1
    assert api.call("DELETE", f"{path}?occurrence_id={second}").status_code == 204
    assert sim.world.registrants(SERIES) == []
