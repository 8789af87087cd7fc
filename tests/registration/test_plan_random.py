"""Whatever the sheet, the form and the lists are: every row has one place, and nobody two calls."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.registration.office import MEETING, WEBINAR
from zoomdesk.registration.estimate import estimate_of
from zoomdesk.registration.form import form_of
from zoomdesk.registration.journal import CallKind
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Status
from zoomdesk.registration.plan import Plan, make_plan, registrant
from zoomdesk.roster import emails
from zoomdesk.roster.fields import Field
from zoomdesk.roster.form import Answerable
from zoomdesk.roster.table import Person
from zoomdesk.zoom.models import (
    AUTOMATIC,
    EACH_APART,
    MANUAL,
    ONCE_FOR_ALL,
    ONCE_FOR_SOME,
    CustomQuestion,
    Event,
    Listed,
    ListedStatus,
    Occurrence,
    Questions,
)
from zoomdesk.zoom.pacing import Pacer

SOON = datetime.now(UTC) + timedelta(days=7)
DATES = tuple(Occurrence(str(n), SOON + timedelta(days=n), 60, "available") for n in range(3))
FEW = st.sampled_from([f"{letter}@{host}" for letter in "abcdeABhH" for host in ("x.de", "X.de")])
MANY = st.integers(0, 60).map("p{}@x.de".format)
NAMES = FEW | MANY
PHONES = st.sampled_from(["", "123"])
CHOICES = st.sampled_from(["", "yes", "No", "perhaps"])


@dataclass(frozen=True)
class Case:
    people: tuple[Person, ...]
    event: Event
    questions: Questions
    listed: tuple[Listed, ...]
    options: RunOptions
    tries: dict[str, int]
    alone: frozenset[str]

    def plan(self) -> Plan:
        sheet = Answerable(frozenset())
        return make_plan(
            self.people,
            self.event,
            self.questions,
            self.listed,
            self.options,
            self.tries,
            alone=self.alone,
            sheet=sheet,
        )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    rows = draw(
        st.lists(st.tuples(NAMES | st.just(""), st.booleans(), PHONES, CHOICES), max_size=45)
    )
    people = tuple(
        Person(
            row,
            email,
            "Ann" if has_name else draw(st.sampled_from(["", "A" * 65])),
            draw(st.sampled_from(["", "Lee"])),
            {Field.PHONE: phone} if phone else {},
            {"Coming?": choice} if choice else {},
        )
        for row, (email, has_name, phone, choice) in enumerate(rows, 2)
    )
    asked = draw(st.dictionaries(st.sampled_from(["phone", "last_name", "org"]), st.booleans()))
    custom = CustomQuestion("Coming?", "single_radio", draw(st.booleans()), ("Yes", "No"))
    recurs = draw(st.booleans())
    ref = draw(st.sampled_from([WEBINAR, MEETING]))
    plain, recurring = (5, 9) if ref == WEBINAR else (2, 8)
    event = Event(
        ref,
        "Open day",
        SOON,
        60,
        recurring if recurs else plain,
        "UTC",
        draw(st.sampled_from([AUTOMATIC, MANUAL])),
        capacity=draw(st.sampled_from([0, 3])),
        host_email="H@x.de",
        occurrences=DATES if recurs else (),
        registration_type=draw(st.sampled_from([0, ONCE_FOR_ALL, EACH_APART, ONCE_FOR_SOME])),
    )
    statuses: st.SearchStrategy[ListedStatus] = st.sampled_from(["approved", "pending", "denied"])
    on_lists = draw(st.dictionaries(FEW, statuses, max_size=6))
    return Case(
        people,
        event,
        Questions(asked, draw(st.sampled_from([(), (custom,)]))),
        tuple(
            Listed(f"id-{email}", email, "", "", status, "https://z.example/1", SOON)
            for email, status in on_lists.items()
        ),
        RunOptions(auto_approve=draw(st.booleans()), batch_size=draw(st.sampled_from([1, 4, 30]))),
        draw(st.dictionaries(st.sampled_from(["a@x.de", "b@x.de"]), st.integers(0, 4))),
        frozenset(draw(st.sets(st.sampled_from(["c@x.de", "d@x.de"])))),
    )


def every_row_is_in_exactly_one_kind(case: Case, plan: Plan) -> None:
    sent = [row.row for person in plan.people for row in plan.rows_of(person)]
    settled = [outcome.row for outcome in plan.settled]
    assert sorted(sent + settled) == [person.row for person in case.people]
    assert plan.kinds.total() == plan.rows == len(case.people)
    assert +plan.reasons == plan.reasons
    assert sum(plan.reasons.values()) == len(plan.settled)
    assert all(outcome.message or outcome.join_url for outcome in plan.settled)


def nobody_is_sent_twice_and_no_batch_is_too_large(case: Case, plan: Plan) -> None:
    keys = [emails.key(person.email) for person in plan.people]
    assert max(Counter(keys).values(), default=1) == 1
    assert all(1 <= len(batch) <= case.options.batch_size <= 30 for batch in plan.batches)
    assert not any(batch for batch in plan.batches[:-1] if len(batch) < case.options.batch_size)
    known = {emails.key(each.email) for each in case.listed}
    assert not known.union({"h@x.de"}).intersection(keys)
    assert all(case.tries.get(key, 0) < 3 for key in keys)


def a_person_goes_alone_just_where_a_batch_will_not_do(case: Case, plan: Plan) -> None:
    form = form_of(case.questions)
    in_batches = [person for batch in plan.batches for person in batch]
    assert not in_batches or case.event.takes_batches
    for person in plan.people:
        nameless = form.requires(Field.LAST_NAME) and not person.last_name
        needs = person.extra or person.custom or nameless
        needs = needs or emails.key(person.email) in case.alone or not case.event.takes_batches
        assert (person in plan.singles) == bool(needs)


def what_is_sent_answers_the_form_and_says_no_more(case: Case, plan: Plan) -> None:
    form = form_of(case.questions)
    for person in plan.people:
        sent = registrant(person)
        assert set(sent.extra) <= set(case.questions.asked)
        assert set(sent.custom) <= {question.title for question in case.questions.custom}
        assert set(sent.custom.values()) <= {"Yes", "No"}
        assert form.check(person.extra, person.custom).faults == ()


def lacks_are_what_nobody_can_answer(case: Case, plan: Plan) -> None:
    required = {
        topic for topic in form_of(case.questions).topics if form_of(case.questions).requires(topic)
    }
    assert len(plan.lacks) == len(required)
    assert bool(plan.obstacle) == bool(required)
    if "org" in case.questions.required:
        assert not plan.people, "no row has a company"


def the_estimate_adds_up(case: Case, plan: Plan) -> None:
    estimate = estimate_of(plan, Pacer("pro", headroom=1.0))
    assert estimate.batches + estimate.singles == plan.calls
    waits = any(
        plan.needs_approval(kind)
        for kind, some in ((CallKind.BATCH, plan.batches), (CallKind.SINGLE, plan.singles))
        if some
    )
    assert bool(estimate.lists) == waits == plan.waits
    least = estimate.batches / 10 + estimate.singles / 30 + estimate.lists / 20
    assert abs(estimate.seconds - least) < 1e-9


def the_dates_are_those_that_zoom_must_be_told(case: Case, plan: Plan) -> None:
    chosen = plan.options.occurrence_ids
    apart = case.event.registration_type in (EACH_APART, ONCE_FOR_SOME)
    assert chosen == (tuple(each.id for each in case.event.occurrences) if apart else ())

    plan = case.plan().without_calls("Over.")
    assert plan.kinds.total() + plan.kinds["unsent"] >= plan.calls == 0
    assert {outcome.row for outcome in plan.settled} == {person.row for person in case.people}
    assert all(o.status is not Status.REGISTERED for o in plan.settled if o.message == "Over.")


@given(cases())
def test_a_plan_holds_what_it_promises(case: Case) -> None:
    plan = case.plan()
    every_row_is_in_exactly_one_kind(case, plan)
    nobody_is_sent_twice_and_no_batch_is_too_large(case, plan)
    a_person_goes_alone_just_where_a_batch_will_not_do(case, plan)
    what_is_sent_answers_the_form_and_says_no_more(case, plan)
    lacks_are_what_nobody_can_answer(case, plan)
    the_estimate_adds_up(case, plan)
    the_dates_are_those_that_zoom_must_be_told(case, plan)
