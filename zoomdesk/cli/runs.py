"""The commands that register people, go on with a run, and fetch links again."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from zoomdesk import settings as settings_module
from zoomdesk.cli import plans, reports
from zoomdesk.cli.afterwards import look_again
from zoomdesk.cli.books import choose
from zoomdesk.cli.opening import Opened, open_roster, password_for
from zoomdesk.cli.output import Output, count
from zoomdesk.cli.planning import event_of, names_event, plan_command, split
from zoomdesk.cli.results import Results, target_of
from zoomdesk.cli.steering import Steering, carry_on, steered
from zoomdesk.cli.terminal import is_interactive, says_yes
from zoomdesk.errors import SheetNotFound, SignInRequired, UsageError
from zoomdesk.registration import resume as resuming
from zoomdesk.registration import writeback
from zoomdesk.registration.conflicts import Conflict
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.links import fetch_links
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.plan import Plan
from zoomdesk.registration.reapply import Seen
from zoomdesk.registration.rehearsal import rehearse
from zoomdesk.registration.report import EventName, RunReport
from zoomdesk.registration.run import Run
from zoomdesk.roster.filters import Filter
from zoomdesk.services import Services
from zoomdesk.settings import Settings
from zoomdesk.zoom.events import EventKind, EventRef


def register(options: argparse.Namespace, output: Output) -> int:
    """Register people and write their links back into their rows."""
    settings = settings_module.load()
    ref = _sample_event() if options.practice and not names_event(options) else event_of(options)
    opened = open_roster(options, settings, output)
    sheet, roster = opened.sheet, opened.roster
    chosen = choose(roster, options.rows, include_hidden=options.include_hidden)
    if options.rows is None and (ended := len(roster.filtered(Filter.ENDED))):
        they = count(ended, "row is", "rows are")
        output.say(f"Note: {they} left out: cancelled or deleted earlier. Name them with --rows.")
    copy = Path(options.output) if options.output else None
    with _services(settings, options.account, practice=options.practice) as services:
        planned = plan_command(options, opened, chosen, ref, services)
        if options.dry_run:
            return plans.dry_run(planned, services, opened, output)
        planned.check()
        rows = [roster.row_number(index) for index in chosen]
        for warning in rehearse(
            sheet, roster.header_row, rows, settings, copy, password=opened.password
        ):
            output.say(f"Note: {warning}")
        _confirm(planned.plan, options, services, output)
        target = target_of(opened, copy, output)
        record = RunRecord(
            ref=planned.ref,
            topic=planned.found.event.topic,
            book=str(target.path.resolve()),
            sheet=sheet.name,
            header_row=roster.header_row,
            output=str(copy.resolve()) if copy and not target.is_new else "",
            people=tuple(planned.people),
            options=planned.options,
            fingerprint=target.fingerprint,
            account=profile.key if (profile := services.who()) else "",
        )
        wait = options.wait_for_tomorrow
        return _run(services, planned.plan, record, planned.left_out, output, opened, wait=wait)


def resume(options: argparse.Namespace, output: Output) -> int:
    """Go on with a run that was cut short, or list those that can be."""
    settings = settings_module.load()
    with Services.open(settings) as services:
        unfinished = services.journal.unfinished()
        if options.list:
            return reports.unfinished(unfinished, output)
        run = options.run or (unfinished[0].id if unfinished else "")
        if not run:
            raise UsageError("There is no unfinished run.", hint="zoomdesk resume --list")
        record = services.journal.run(run)
        _work_as(services, options.account, record, output)
        # Asked before anything is sent: nobody may be at the terminal when it ends.
        results = _results_of(record, options, services, output)
        with steered(output) as steering:
            again = _resumes(services, run, steering)
            if options.wait_for_tomorrow:
                clock = services.journal.clock
                report = carry_on(again, again, results.keep, steering, clock, output)
            else:
                report = again()
        return results.finish(report)


def links(options: argparse.Namespace, output: Output) -> int:
    """Fetch the links of everybody in the sheet again; register nobody."""
    settings = settings_module.load()
    ref = event_of(options)
    opened = open_roster(options, settings, output)
    sheet, roster = opened.sheet, opened.roster
    people, left_out = split(roster, list(range(len(roster))))
    copy = Path(options.output) if options.output else None
    with Services.open(settings, account=options.account) as services:
        client = services.client()
        event = client.event(ref)
        ended = {roster.row_number(index) for index in roster.filtered(Filter.ENDED)}
        ids = {roster.row_number(i): roster.registrant_id(i) for i in roster.filtered()}
        outcomes = fetch_links(people, ref, client, ids=ids, cancelled=ended)
    report = RunReport("", EventName.of(ref, event.topic), (*outcomes, *left_out))
    # A row that Zoom does not know keeps what stands in it: nothing was asked about it now.
    known = [outcome for outcome in outcomes if outcome.status is not Status.NOT_SENT]
    path = sheet.book.path
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[str, ...] = ()
    if known:
        target = target_of(opened, copy, output)
        written = writeback.write_results(
            target.path,
            sheet.name,
            roster.header_row,
            known,
            {},
            settings,
            expect=target.fingerprint,
            output=None if target.is_new else copy,
            seen=Seen.of(sheet, roster),
            password=opened.password,
        )
        path, conflicts = written.path, written.conflicts
        warnings = look_again(written, output)
    return reports.run(report, path, warnings, output, conflicts)


def _run(
    services: Services,
    plan: Plan,
    record: RunRecord,
    left_out: list[Outcome],
    output: Output,
    opened: Opened,
    *,
    wait: bool,
) -> int:
    journal = services.journal
    run_id = journal.start_run(record)
    journal.put_outcomes(run_id, left_out)
    seen = Seen.of(opened.sheet, opened.roster)
    results = Results(services, record, output, seen, opened.password)
    with steered(output) as steering:
        first = Run(
            plan,
            record.ref,
            services.client(),
            journal,
            run_id,
            on_event=steering.show,
            cancel=steering.cancel,
            pause=steering.pause,
            earlier=left_out,
            at_once=services.at_once,
            others=services.others,
        ).execute
        if wait:
            again = _resumes(services, run_id, steering)
            report = carry_on(first, again, results.keep, steering, journal.clock, output)
        else:
            report = first()
    return results.finish(report)


def _resumes(services: Services, run: str, steering: Steering) -> Callable[[], RunReport]:
    """Return what goes on with a run."""
    return lambda: resuming.resume(
        services.journal,
        run,
        services.client(),
        on_event=steering.show,
        cancel=steering.cancel,
        pause=steering.pause,
        multipart=services.settings.multipart,
        at_once=services.at_once,
        others=services.others,
    )


def _results_of(
    record: RunRecord, options: argparse.Namespace, services: Services, output: Output
) -> Results:
    """Return where a run's results go: its own workbook, a copy, or another one that is named."""
    copy = Path(options.output) if options.output else None
    if not options.book:
        password = password_for(Path(record.book), options)
        record = replace(record, output=str(copy)) if copy else record
        return Results(services, record, output, password=password)
    try:
        named = argparse.Namespace(**vars(options) | {"sheet": options.sheet or record.sheet})
        opened = open_roster(named, services.settings, output)
    except SheetNotFound:
        if options.sheet:
            raise
        opened = open_roster(options, services.settings, output)
    target = target_of(opened, copy, output)
    record = replace(
        record,
        book=str(target.path.resolve()),
        sheet=opened.sheet.name,
        header_row=opened.roster.header_row,
        output=str(copy.resolve()) if copy and not target.is_new else "",
    )
    return Results(services, record, output, password=opened.password)


def _sample_event() -> EventRef:
    from zoomdesk.simulator import SAMPLE_WEBINAR_ID

    return EventRef(EventKind.WEBINAR, SAMPLE_WEBINAR_ID)


def _services(settings: Settings, account: str, *, practice: bool) -> Services:
    if practice:
        return Services.practice(settings=settings)
    return Services.open(settings, account=account)


def _work_as(services: Services, named: str, record: RunRecord, output: Output) -> None:
    """Go on with a run as the account that began it, unless another one is named."""
    services.work_as(named or record.account)
    try:
        profile = services.who()
    except SignInRequired as error:
        if not named:
            error.hint = (
                f"The run was begun by {record.account}. Sign in as that person (zoomdesk sign-in),"
                f" or go on as somebody else: zoomdesk resume {record.id} --account WHO"
            )
        raise
    if named and profile and record.account not in (profile.key, profile.email, ""):
        output.say(f"The run was begun by {record.account}; it goes on as {profile.label}.")


def _confirm(plan: Plan, options: argparse.Namespace, services: Services, output: Output) -> None:
    """Show the exact effect and ask, unless that was answered beforehand."""
    if (profile := services.who()) and not services.in_practice:
        output.say(f"Signed in as {profile.label}.")
    output.say(plan.describe(practice=services.in_practice))
    if options.yes or services.in_practice or not plan.to_send:
        return
    if not is_interactive() or output.as_json:
        raise UsageError(
            "Nobody was registered: sending was not confirmed.",
            hint="Add --yes to send without being asked, or --dry-run to look first.",
        )
    people = count(plan.to_send, "person", "people")
    if not says_yes(f"Register {people} now?"):
        raise UsageError("Nobody was registered.", hint="")
