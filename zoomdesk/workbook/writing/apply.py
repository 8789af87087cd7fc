"""Carry out a checked write: splice, verify, replace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from zoomdesk.errors import WorkbookChanged, WorkbookError, WorkbookInUse, WriteRefused
from zoomdesk.workbook.files.backups import back_up
from zoomdesk.workbook.files.fingerprint import Fingerprint
from zoomdesk.workbook.files.locks import lock_holder
from zoomdesk.workbook.files.metadata import check_writable, copy_metadata, other_names
from zoomdesk.workbook.files.replace import real_path, replace, sync
from zoomdesk.workbook.files.temporary import temporary_beside
from zoomdesk.workbook.foreign.passwords import lock_into, open_package
from zoomdesk.workbook.opc.repackage import repackage
from zoomdesk.workbook.writing.changes import changes_of
from zoomdesk.workbook.writing.plan import WritePlan
from zoomdesk.workbook.writing.progress import Progress, Told
from zoomdesk.workbook.writing.verify import verify


@dataclass(frozen=True)
class WriteReport:
    """What was written: the file, how many cells, the backup of the former file if one was made."""

    path: Path
    cells: int
    backup: Path | None
    fingerprint: Fingerprint
    warnings: tuple[str, ...]


def apply(
    plan: WritePlan,
    output: Path | None = None,
    *,
    backup_dir: Path | None = None,
    progress: Told | None = None,
) -> WriteReport:
    """Write the cells of ``plan`` into its workbook, or into a copy at ``output``.

    The result is made beside its target, synced, verified, and moved over it in one step, after the
    workbook was compared once more with what was planned for: at every moment there is the original
    or the complete new file. ``backup_dir`` gets a dated copy of a workbook that is replaced.
    ``progress`` is told now and then, from 0 to 1, how far it is; what it raises ends the write.

    Raises WorkbookInUse where Excel or LibreOffice has the target open, WorkbookChanged where the
    workbook is another one by now, WriteFailed where the disk or the permissions say no.
    """
    source = real_path(plan.path)
    target = source if output is None else real_path(Path(output))
    if target.suffix.lower() != source.suffix.lower():
        raise WriteRefused(
            f"A copy of “{plan.path.name}” must end in “{source.suffix}” too, or Excel will not "
            "open it."
        )
    steps = Progress(progress)
    _check_lock(target, plan.path if output is None else Path(output))
    check_writable(target)
    with temporary_beside(target) as (finished, file):
        with _still(source, plan.fingerprint), open_package(source, plan.password) as package:
            changes = changes_of(plan, package, steps)
            plain = BytesIO() if package.locked else None  # what was locked stays in memory
            repackage(
                package,
                file if plain is None else plain,
                changes.contents,
                changes.removed,
                changes.added,
            )
            if plain is None:
                sync(file)
            verify(
                plan,
                package,
                finished,
                changes.contents.keys(),
                changes.removed,
                changes.added,
                plain.getvalue() if plain is not None else None,
                steps,
            )
            if plain is not None:
                lock_into(plain.getvalue(), plan.password, finished, file)
        file.close()
        copy_metadata(source, finished)
        backup = None
        if backup_dir is not None and target == source:
            _check_unchanged(source, plan.fingerprint)
            backup = back_up(source, backup_dir, datetime.now().astimezone())
        written = Fingerprint.of(finished)
        warnings = (*plan.warnings, *other_names(target))
        # At the last moment, and once more: a backup of a large file takes its time.
        replace(finished, target, lambda: _check_unchanged(source, plan.fingerprint))
    steps.end()
    path = plan.path if output is None else Path(output)
    return WriteReport(path, plan.cells, backup, written, warnings)


@contextmanager
def _still(source: Path, planned: Fingerprint) -> Iterator[None]:
    """Put down to somebody else what goes wrong in a file that is another one by now."""
    try:
        yield
    except WorkbookError:
        _check_unchanged(source, planned)
        raise


def _check_unchanged(source: Path, planned: Fingerprint) -> None:
    if not Fingerprint.of(source).same_content(planned):
        raise WorkbookChanged(f"“{source.name}” was changed by somebody else meanwhile.")


def _check_lock(*paths: Path) -> None:
    for path in dict.fromkeys(paths):
        holder = lock_holder(path)
        if holder is not None:
            raise WorkbookInUse(holder.describe(path.name))
