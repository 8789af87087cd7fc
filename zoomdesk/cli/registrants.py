"""The commands that approve, deny, cancel and delete people who are on Zoom's lists already."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from zoomdesk import settings as settings_module
from zoomdesk.cli import fates
from zoomdesk.cli.afterwards import look_again
from zoomdesk.cli.books import choose
from zoomdesk.cli.opening import Opened, open_roster
from zoomdesk.cli.output import Output, count
from zoomdesk.cli.planning import event_of
from zoomdesk.cli.results import target_of
from zoomdesk.cli.steering import steered
from zoomdesk.cli.terminal import is_interactive, says_yes
from zoomdesk.errors import UsageError, WorkbookError
from zoomdesk.registration import writeback
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.lifecycle import (
    Act,
    LifePlan,
    LifeReport,
    LifeRun,
    Subject,
    look,
    make_plan,
)
from zoomdesk.registration.lifecycle.wording import describe
from zoomdesk.registration.newfile import Target
from zoomdesk.registration.reapply import Seen
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.services import Services
from zoomdesk.settings import Settings


@dataclass(frozen=True, slots=True)
class _Job:
    """What a command was asked for."""

    options: argparse.Namespace
    settings: Settings
    opened: Opened
    output: Output

    @property
    def copy(self) -> Path | None:
        return Path(self.options.output) if self.options.output else None


def change(options: argparse.Namespace, output: Output) -> int:
    """Do what the command is called with the people of the chosen rows, and with nobody else."""
    settings = settings_module.load()
    job = _Job(options, settings, open_roster(options, settings, output), output)
    roster = job.opened.roster
    chosen = choose(roster, options.rows, include_hidden=options.include_hidden, ended=True)
    subjects = [Subject(roster.person(index), roster.registrant_id(index)) for index in chosen]
    with Services.open(settings, account=options.account) as services:
        ref = event_of(options)
        act, dates = Act(options.command), options.occurrence or ()
        known = look(services.client(), ref, act, subjects, dates=dates)
        plan = make_plan(act, subjects, known, services.journal.changes(ref))
        if options.dry_run:
            return fates.dry_run(plan, services, output)
        if plan.targets:
            _rehearse(job, plan)
        _confirm(job, plan, services)
        return _carry_out(job, plan, services)


def _rehearse(job: _Job, plan: LifePlan) -> None:
    """Make sure before anything is sent that the results will find their place."""
    sheet, roster = job.opened.sheet, job.opened.roster
    rows = [person.row for person in plan.people]
    password = job.opened.password
    for warning in rehearse(
        sheet, roster.header_row, rows, job.settings, job.copy, password=password
    ):
        job.output.say(f"Note: {warning}")


def _confirm(job: _Job, plan: LifePlan, services: Services) -> None:
    """Show the exact effect and ask, unless that was answered beforehand."""
    if profile := services.who():
        job.output.say(f"Signed in as {profile.label}.")
    job.output.say(describe(plan))
    if job.options.yes or not plan.targets:
        return
    nobody = f"Nobody was {plan.act.done_word}"
    if not is_interactive() or job.output.as_json:
        raise UsageError(
            f"{nobody}: it was not confirmed.",
            hint="Add --yes to do it without being asked, or --dry-run to look first.",
        )
    people = count(len(plan.targets), "person", "people")
    if not says_yes(f"{plan.act.value.capitalize()} {people} now?"):
        raise UsageError(f"{nobody}.", hint="")


def _carry_out(job: _Job, plan: LifePlan, services: Services) -> int:
    target = target_of(job.opened, job.copy, job.output)
    journal, ref = services.journal, plan.event.ref
    run = journal.start_run(
        RunRecord(
            ref=ref,
            topic=plan.event.topic,
            book=str(target.path.resolve()),
            sheet=job.opened.sheet.name,
            header_row=job.opened.roster.header_row,
            output=str(job.copy.resolve()) if job.copy and not target.is_new else "",
            people=plan.people,
            fingerprint=target.fingerprint,
            account=profile.key if (profile := services.who()) else "",
            act=plan.act.value,
        )
    )
    with steered(job.output) as steering:
        report = LifeRun(
            plan,
            ref,
            services.client(),
            journal,
            run,
            on_event=steering.show,
            cancel=steering.cancel,
            pause=steering.pause,
            at_once=services.at_once,
        ).execute()
    return _write(job, report, target, services)


def _write(job: _Job, report: LifeReport, target: Target, services: Services) -> int:
    """Put what the lists say into the rows, and report."""
    if not report.outcomes:
        return fates.run(report, None, (), job.output)
    sheet, roster = job.opened.sheet, job.opened.roster
    try:
        written = writeback.write_results(
            target.path,
            sheet.name,
            roster.header_row,
            report.outcomes,
            {},
            job.settings,
            expect=target.fingerprint,
            output=None if target.is_new else job.copy,
            seen=Seen.of(sheet, roster),
            password=job.opened.password,
        )
    except WorkbookError as error:
        again = "Then give the same command again: whoever has changed is found so, and written."
        error.hint = f"{error.hint} {again}".strip()
        fates.run(report, None, (), job.output, error=error)
        return error.exit_code
    services.journal.mark_written(report.run)
    warnings = (*written.warnings, *look_again(written, job.output))
    return fates.run(report, written.path, warnings, job.output, conflicts=written.conflicts)
