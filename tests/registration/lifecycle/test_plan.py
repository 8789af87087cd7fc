"""Whom an act would change: nobody but those whom the rows mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registration.lifecycle.tidy import MANUAL, do, plan_of, results, subjects
from tests.registration.office import WEBINAR, Office, people, person
from zoomdesk.registration.lifecycle import (
    Act,
    Known,
    LifePlan,
    Result,
    Subject,
    Why,
    look,
    make_plan,
)
from zoomdesk.registration.lifecycle.wording import describe
from zoomdesk.registration.outcome import Status
from zoomdesk.zoom.client import ZoomClient
from zoomdesk.zoom.endpoints import Endpoints
from zoomdesk.zoom.models import Event, Listed, ListedStatus
from zoomdesk.zoom.pacing import Label, Pacer
from zoomdesk.zoom.tokens import FixedToken

LISTED: dict[str, ListedStatus] = {"ann": "approved", "bob": "pending", "cid": "denied"}


def listed(name: str, status: ListedStatus, email: str = "") -> Listed:
    link = f"https://zoom.example/{name}" if status == "approved" else ""
    created = datetime(2026, 1, 1, tzinfo=UTC)
    return Listed(f"id-{name}", email or f"{name}@x.example", "", "", status, link, created)


def known(**people_: ListedStatus) -> Known:
    event = Event(WEBINAR, "All hands", None, 60, 5, "UTC")
    return Known(event, tuple(listed(name, status) for name, status in people_.items()))


def plan(
    act: Act, *rows: Subject, what: Known, changes: Mapping[str, int] | None = None
) -> LifePlan:
    return make_plan(act, rows, what, changes or {})


def row(number: int, name: str, own: str = "") -> Subject:
    return Subject(person(number, f"{name}@x.example"), own)


@pytest.mark.parametrize(
    ("act", "changed", "why"),
    [
        (Act.APPROVE, {"bob", "cid"}, {"ann": Why.ALREADY}),
        (Act.DENY, {"ann", "bob"}, {"cid": Why.ALREADY}),
        (Act.CANCEL, {"ann"}, {"bob": Why.WAITING, "cid": Why.ALREADY}),
        (Act.DELETE, {"ann", "bob", "cid"}, {}),
    ],
)
def test_who_is_changed(act: Act, changed: set[str], why: dict[str, Why]) -> None:
    rows = [row(n, name) for n, name in enumerate([*LISTED, "eve"], 2)]
    made = plan(act, *rows, what=known(**LISTED))
    assert {t.listed.id.removeprefix("id-") for t in made.targets} == changed
    assert {f.email.partition("@")[0]: f.why for f in made.left_out} == why | {"eve": Why.UNLISTED}
    assert all(fate.message for fate in made.left_out)


def test_an_id_never_overrules_an_address() -> None:
    """The ID came into the row by a sort or a paste: the person of that ID is not meant."""
    made = plan(Act.DELETE, row(2, "eve", "id-ann"), row(3, "bob", "id-ann"), what=known(**LISTED))
    assert [target.listed.id for target in made.targets] == ["id-bob"]
    assert [fate.why for fate in made.left_out] == [Why.OTHER]


def test_hidden_addresses_are_found_by_an_id_that_fits() -> None:
    what = known()
    masked = (
        listed("ann", "approved", "a***@x.example"),
        listed("bob", "approved", "b***@x.example"),
    )
    what = Known(what.event, masked)
    rows = (row(2, "ann", "id-ann"), row(3, "alf", "id-bob"), row(4, "ada"), row(5, "zoe"))
    made = plan(Act.CANCEL, *rows, what=what)
    assert [target.person.row for target in made.targets] == [2]
    assert [fate.why for fate in made.left_out] == [Why.OTHER, Why.HIDDEN, Why.UNLISTED]


def test_rows_without_an_address_mean_nobody() -> None:
    made = plan(Act.DELETE, Subject(person(2, ""), "id-ann"), what=known(**LISTED))
    assert (made.targets, [fate.why for fate in made.left_out]) == ((), [Why.NO_ADDRESS])


def test_ten_changes_a_day_are_enough() -> None:
    used = {"ann@x.example": 10, "bob@x.example": 9}
    made = plan(Act.DENY, row(2, "ann"), row(3, "bob"), what=known(**LISTED), changes=used)
    assert [target.person.row for target in made.targets] == [3]
    assert [fate.why for fate in made.left_out] == [Why.LIMIT]
    deleted = plan(Act.DELETE, row(2, "ann"), what=known(**LISTED), changes=used)
    assert len(deleted.targets) == 1


def test_somebody_who_was_registered_and_is_gone_counts_as_deleted() -> None:
    made = plan(Act.DELETE, row(2, "eve", "id-eve"), row(3, "joe"), what=known(**LISTED))
    gone, stranger = made.left_out
    assert (gone.result, gone.outcome and gone.outcome.status) == (Result.ALREADY, Status.DELETED)
    assert (stranger.result, stranger.outcome) == (Result.LEFT_OUT, None)


def test_calls_and_words() -> None:
    names: dict[str, ListedStatus] = {f"p{n}": "approved" for n in range(31)}
    rows = [row(n + 2, f"p{n}") for n in range(31)]
    what = known(**names)
    cancelled, deleted = (plan(act, *rows, what=what) for act in (Act.CANCEL, Act.DELETE))
    assert (cancelled.calls, deleted.calls) == (2, 31)
    pacer = Pacer("pro")
    assert deleted.seconds(pacer) == pytest.approx(31 / pacer.calls_per_second(Label.LIGHT))
    assert describe(deleted).startswith("31 people will be deleted for “All hands”, in 31 calls.")
    assert "cannot be undone" in describe(deleted)
    assert "Zoom may mail them" in describe(cancelled)
    assert "nobody is mailed" in describe(cancelled, practice=True)
    nobody = plan(Act.CANCEL, row(2, "eve"), what=what)
    assert describe(nobody) == (
        "Nobody will be cancelled for “All hands”. 1 row is left out: 1 not on Zoom’s list."
    )


@given(
    act=st.sampled_from(list(Act)),
    zoom=st.dictionaries(
        st.sampled_from("abcdefgh"), st.sampled_from(["approved", "pending", "denied"])
    ),
    ticked=st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij-"))),
)
def test_nobody_is_changed_whose_address_no_row_holds(
    act: Act, zoom: dict[str, ListedStatus], ticked: list[tuple[str, str]]
) -> None:
    rows = [row(n, name, f"id-{own}") for n, (name, own) in enumerate(ticked, 2)]
    made = plan(act, *rows, what=known(**zoom))
    asked = {subject.person.email for subject in rows}
    assert {target.listed.email for target in made.targets} <= asked
    sorted_rows = [p.row for p in made.people] + [fate.row for fate in made.left_out]
    assert sorted(sorted_rows) == [subject.person.row for subject in rows]
    ids = [target.listed.id for target in made.targets]
    assert len(ids) == len(set(ids))


def test_the_event_says_whether_it_mails(office: Office) -> None:
    office.by_hand(people(1), MANUAL)
    assert plan_of(office, Act.APPROVE, subjects(people(1)), MANUAL).mails is True
    assert plan_of(office, Act.DELETE, subjects(people(1)), MANUAL).mails is None
    assert plan_of(office, Act.CANCEL, subjects(people(1)), MANUAL).mails is False  # of nobody


def test_masked_lists_and_ids_from_the_sheet(office: Office) -> None:
    registered = office.register(people(5))
    office.behave(mask_guest_emails=True)
    assert results(do(office, Act.CANCEL, people(5))) == {Result.LEFT_OUT: 5}
    ids = [outcome.registrant_id for outcome in registered.outcomes]
    assert results(do(office, Act.CANCEL, people(5), ids=ids)) == {Result.DONE: 5}


def test_without_the_permission_to_look_people_up_the_lists_must_do(office: Office) -> None:
    scopes = ("webinar:read:webinar", "webinar:read:list_registrants")
    token = FixedToken(office.sim.issue_token(scopes=scopes))
    endpoints = Endpoints(office.sim.api_url, office.sim.oauth_url)
    with ZoomClient(token, endpoints, pacer=Pacer("business")) as client:
        found = look(client, WEBINAR, Act.CANCEL, subjects(people(3), ["a", "b", "c"]))
    assert found.unlisted == {}
    assert sum(request.call == "get_registrant" for request in office.sim.requests) == 1
