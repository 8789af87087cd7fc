"""Put what a run brought into its workbook, now and then on the way, and tell it in the end."""

from __future__ import annotations

from pathlib import Path

from zoomdesk.cli import reports
from zoomdesk.cli.afterwards import look_again
from zoomdesk.cli.opening import Opened
from zoomdesk.cli.output import Output
from zoomdesk.errors import WorkbookError
from zoomdesk.registration import writeback
from zoomdesk.registration.journal import RunRecord
from zoomdesk.registration.newfile import Target, make_target
from zoomdesk.registration.reapply import Seen
from zoomdesk.registration.report import RunReport
from zoomdesk.registration.writeback import WriteBack
from zoomdesk.services import Services


def target_of(opened: Opened, copy: Path | None, output: Output) -> Target:
    """Return the workbook that takes the results, a new one where the list is in no such file."""
    target = make_target(
        opened.sheet.book, output=copy, password=opened.password, replace_existing=copy is not None
    )
    if target.told:
        output.say(target.told)
    return target


class Results:
    """Write the results of one run.

    ``seen`` is the list that the run was made from; without it rows are found by address.
    """

    def __init__(
        self,
        services: Services,
        record: RunRecord,
        output: Output,
        seen: Seen | None = None,
        password: str | None = None,
    ) -> None:
        self._services = services
        self._record = record
        self._output = output
        self._seen = seen
        self._password = password

    def keep(self, report: RunReport) -> None:
        """Write what is known so far: nobody shall wait for it until tomorrow."""
        try:
            self._write(report)
        except WorkbookError as error:
            self._output.say(f"{error.title}: {error.body} What was done is kept for later.")
        else:
            # The file is another one now, by our own hand.
            self._seen = None

    def finish(self, report: RunReport) -> int:
        """Write the outcomes and report; on a failure they are in the journal.

        Returns the exit code.
        """
        try:
            written = self._write(report)
        except WorkbookError as error:
            if self._services.in_practice:
                error.hint = type(error).default_hint
            reports.unwritten(report, error, self._output)
            return error.exit_code
        warnings = (*written.warnings, *look_again(written, self._output))
        return reports.run(report, written.path, warnings, self._output, written.conflicts)

    def _write(self, report: RunReport) -> WriteBack:
        record = self._record
        return writeback.write_results(
            Path(record.book),
            record.sheet,
            record.header_row,
            report.outcomes,
            {},
            self._services.settings,
            expect=record.fingerprint if self._seen else None,
            seen=self._seen,
            output=Path(record.output) if record.output else None,
            journal=self._services.journal,
            run=report.run,
            password=self._password,
        )
