"""Whatever goes wrong and however often: done again, it ends as wanted, and nobody else changes."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registration.lifecycle.tidy import do, plan_of, run_of, subjects
from tests.registration.office import WEBINAR, Office, people
from zoomdesk.registration.lifecycle import Act, Result
from zoomdesk.simulator import Behaviour, Fault, FaultKind, Simulator

GUESTS = 35
"""More than one call holds."""

KINDS = [
    FaultKind.CUT_BEFORE,
    FaultKind.CUT_AFTER,
    FaultKind.SERVER_ERROR,
    FaultKind.RATE_DAY,
    FaultKind.RATE_SECOND,
    FaultKind.RATE_REGISTRANT,
    FaultKind.UNAUTHORIZED,
    FaultKind.CODE_IN_BODY,
    FaultKind.EMPTY,
]
faults = st.lists(
    st.builds(
        Fault,
        st.sampled_from(KINDS),
        call=st.sampled_from(["status", "delete_registrant", "list_registrants"]),
        skip=st.integers(0, 3),
        times=st.integers(1, 3),
        applied=st.none() | st.booleans(),
    ),
    max_size=3,
)


@settings(max_examples=12)
@given(
    act=st.sampled_from([Act.CANCEL, Act.DENY, Act.DELETE]),
    ticked=st.sets(st.integers(0, GUESTS - 1), min_size=1),
    planned=faults,
    listed=st.booleans(),
)
def test_it_ends_as_wanted(
    act: Act, ticked: set[int], planned: Sequence[Fault], listed: bool
) -> None:
    behaviour = Behaviour(rate_limits=False, cancelled_listed_as_denied=listed)
    with Simulator(behaviour=behaviour) as sim, tempfile.TemporaryDirectory() as folder:
        office = Office(sim, Path(folder, "journal.sqlite3"))
        registered = office.register(people(GUESTS))
        ids = [outcome.registrant_id for outcome in registered.outcomes]
        rows = [people(GUESTS)[number] for number in sorted(ticked)]
        own = [ids[number] for number in sorted(ticked)]
        plan = plan_of(office, act, subjects(rows, own))
        sim.faults.add(*planned)
        report = run_of(office, plan).execute()
        done = {f.email for f in report.fates if f.result is Result.DONE}
        ended = {
            p.email for p in office.sim.world.registrants(WEBINAR.id) if p.status != "approved"
        }
        deleted = {row.email for row in rows} - {p.email for p in sim.world.registrants(WEBINAR.id)}
        assert done <= ended | deleted, "somebody was said to be done and is not"
        assert ended | deleted <= {row.email for row in rows}
        sim.faults.clear()
        again = do(office, act, rows, ids=own)
        assert {f.result for f in again.fates} <= {Result.DONE, Result.ALREADY}
        left = GUESTS - (len(rows) if act is Act.DELETE else 0)
        assert len(sim.world.registrants(WEBINAR.id)) == left
        office.close()


class Killed(BaseException):
    """The process died here."""


def test_a_call_that_was_under_way_when_the_program_died_is_in_the_journal(
    office: Office,
) -> None:
    """And so it counts among the ten changes of the day."""
    office.register(people(3))
    plan = plan_of(office, Act.CANCEL, subjects(people(3)))

    class Dying:
        def __getattr__(self, name: str) -> object:
            return self.die if name == "set_status" else getattr(office.client, name)

        def die(self, *_args: object, **_more: object) -> NoReturn:
            raise Killed

    with pytest.raises(Killed):
        run_of(office, plan, client=Dying()).execute()
    assert list(office.journal.changes(WEBINAR).values()) == [1, 1, 1]
    again = do(office, Act.CANCEL, people(3))
    assert dict(again.counts()) == {Result.DONE: 3}
