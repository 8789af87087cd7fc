"""Plan a command before anything is sent: which event, which people, what its form asks."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

from zoomdesk.cli.opening import Opened
from zoomdesk.errors import ColumnMissing, UsageError
from zoomdesk.registration import preflight, remembered
from zoomdesk.registration.form import form_of
from zoomdesk.registration.options import RunOptions
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.plan import Plan, make_plan
from zoomdesk.registration.preflight import Preflight
from zoomdesk.roster.problems import Severity
from zoomdesk.roster.table import Person, Roster
from zoomdesk.roster.text import caseless, column_letters
from zoomdesk.services import Services
from zoomdesk.zoom.events import EventKind, EventRef, parse_reference

HIDDEN = "Hidden in the workbook. Name the row with --rows, or give --include-hidden, to send it."


@dataclass(frozen=True, slots=True)
class Planned:
    """What would be done: ``people`` are planned, ``left_out`` are rows that never come to that.

    ``options`` are as the command says them; the plan's have the dates that they come to.
    """

    ref: EventRef
    found: Preflight
    plan: Plan
    options: RunOptions
    people: list[Person]
    left_out: list[Outcome]

    def check(self) -> None:
        """Raise ColumnMissing where the event requires what no column of the sheet answers."""
        if not self.plan.obstacle:
            return
        hint = ColumnMissing.default_hint
        for lack in self.plan.lacks:
            if lack.is_question and lack.perhaps:
                hint += f' For example: --answer "{lack.heading}={lack.perhaps}"'
        raise ColumnMissing(self.plan.obstacle, hint=hint)


def plan_command(
    options: argparse.Namespace,
    opened: Opened,
    chosen: Sequence[int],
    ref: EventRef,
    services: Services,
) -> Planned:
    """Read the event and sort the chosen rows, which are given by index.

    Raises UsageError for dates, questions and columns that are not there, EventUnusable,
    JournalError, and the client's errors.
    """
    roster = opened.roster
    found = preflight.read_event(
        services.client(), ref, dates=options.occurrence or (), journal=services.journal
    )
    _use_form(roster, found, options.answer or (), keep=not services.in_practice)
    people, left_out = split(roster, chosen)
    if options.rows is None:
        left_out += _hidden(roster, set(chosen))
    auto = False if options.no_auto_approve else None
    run_options = RunOptions.from_settings(
        services.settings, auto_approve=auto, occurrence_ids=tuple(options.occurrence or ())
    )
    plan = make_plan(
        people,
        found.event,
        found.questions,
        found.listed,
        run_options,
        services.journal.tries(ref),
        sheet=roster.meanings.answerable,
    )
    return Planned(ref, found, plan, run_options, people, left_out)


def names_event(options: argparse.Namespace) -> bool:
    """Tell whether the command names an event."""
    return options.webinar is not None or options.meeting is not None


def event_of(options: argparse.Namespace) -> EventRef:
    """Return the event that the command names. Raises UsageError where it names none."""
    for kind, text in (
        (EventKind.WEBINAR, options.webinar),
        (EventKind.MEETING, options.meeting),
    ):
        if text is not None:
            return EventRef(kind, parse_reference(text).id)
    raise UsageError("Say which event: --webinar ID or --meeting ID.")


def split(roster: Roster, chosen: Sequence[int]) -> tuple[list[Person], list[Outcome]]:
    """Part the rows that can go from those that an error holds back.

    What is wrong with the answers to a form is the plan's to say: whoever is registered already
    needs none.
    """
    people: list[Person] = []
    left_out: list[Outcome] = []
    for index in chosen:
        errors = [
            problem.message
            for problem in roster.problems(index)
            if problem.severity is Severity.ERROR and not problem.is_about_form
        ]
        if not errors:
            people.append(roster.person(index))
            continue
        address = roster.person(index).email or _email_text(roster, index)
        row = roster.row_number(index)
        left_out.append(Outcome(row, address, Status.SKIPPED, message=" ".join(errors)))
    return people, left_out


def _use_form(roster: Roster, found: Preflight, answers: Sequence[str], *, keep: bool) -> None:
    """Let columns answer the event's questions: by heading, as before, or as the command says."""
    form = form_of(found.questions)
    roster.meanings.use_form(form, remembered.load())
    for pair in answers:
        title, equals, heading = (part.strip() for part in pair.rpartition("="))
        if not equals:
            raise UsageError(
                f"“{pair}” does not say which column answers which question.",
                hint='Write it as in --answer "How did you hear of us?=Heard via".',
            )
        question = next((q for q in form.questions if caseless(q.title) == caseless(title)), None)
        if question is None:
            titles = ", ".join(f"“{each.title}”" for each in form.questions) or "nothing of its own"
            raise UsageError(f"The event does not ask “{title}”.", hint=f"It asks: {titles}.")
        roster.meanings.assign_question(_position(roster, heading), question.title)
    if answers and keep:
        remembered.remember(roster.meanings.chosen)


def _position(roster: Roster, heading: str) -> int:
    """Find a column by its heading, else by its letters."""
    columns = [each for each in roster.columns if each.sheet_column is not None and not each.result]
    for column in columns:
        if caseless(column.header) == caseless(heading):
            return column.position
    for column in columns:
        if column_letters(column.sheet_column or 0) == heading.upper():
            return column.position
    listed = ", ".join(f"“{each.header}”" for each in columns)
    raise UsageError(f"The sheet has no column “{heading}”.", hint=f"It has: {listed}.")


def _email_text(roster: Roster, index: int) -> str:
    column = next((c for c in roster.columns if c.field == "email"), None)
    return roster.text(index, column.position).strip() if column else ""


def _hidden(roster: Roster, chosen: set[int]) -> list[Outcome]:
    return [
        Outcome(
            roster.row_number(index), _email_text(roster, index), Status.SKIPPED, message=HIDDEN
        )
        for index in range(len(roster))
        if index not in chosen and roster.is_hidden(index)
    ]
