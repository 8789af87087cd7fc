"""Hold a written workbook against its original, by every oracle at once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.workbook.corpus.canonical import assert_equal_but_for_the_write, key
from tests.workbook.corpus.readers import Reader, only_written
from tests.workbook.corpus.results import Written
from tests.workbook.corpus.schema import assert_no_new_faults
from tests.workbook.oracles import packed

SMALL = 2_000_000
"""Bytes of XML in a workbook; the schema checker takes minutes for more."""

Findings = dict[str, int | str]
"""What each oracle counted, or the words of its complaint."""


def assert_untouched(written: Written) -> int:
    """Check that members stay where they were, to the compressed byte; return how many did.

    Only the sheet, and what a write must change with it, may differ. A calculation chain of which
    nothing is left may be gone, and with it its mention in two other parts.
    """
    old, new = packed(written.before), packed(written.after)
    plan = written.plan
    chain = {key(plan.book.calc_chain or "")} if plan.lost_formulas else set()
    gone = [name for name in old if name not in new]
    assert {key(name) for name in gone} <= chain, "lost members"
    assert [name for name in old if name not in gone] == list(new), "the list of members"
    allowed = {key(plan.sheet.part), key(plan.book.part), key(plan.book.shared_strings or "")}
    allowed |= chain
    if plan.grows:
        allowed.add(key(plan.grows[0].part))
    if gone:
        allowed |= {name for name in map(key, new) if name.endswith((".rels", "types].xml"))}
    changed = {key(name) for name in new if old[name] != new[name]}
    assert key(plan.sheet.part) in changed
    assert changed <= allowed
    return len(new) - len(changed)


def is_small(path: Path) -> bool:
    """Tell whether the schema checker is done with a workbook in seconds."""
    with zipfile.ZipFile(path) as archive:
        return sum(info.file_size for info in archive.infolist()) < SMALL


def hold(written: Written, readers: Mapping[str, Reader]) -> Findings:
    """Ask every oracle but LibreOffice, which is faster with many workbooks at once."""
    before, after = written.before, written.after
    found: Findings = {
        "members": ask(lambda: assert_untouched(written)),
        "c14n": ask(lambda: len(assert_equal_but_for_the_write(written))),
    }
    if is_small(before):
        found["schema"] = ask(lambda: assert_no_new_faults(before, after))
    for name, reader in readers.items():
        found[name] = ask(lambda: compare(written, reader))  # noqa: B023 - asked at once
    return found


def compare(written: Written, reader: Reader) -> int:
    return only_written(reader(written.before), reader(written.after), written)


def ask(question: Callable[[], int]) -> int | str:
    try:
        return question()
    except AssertionError as error:
        return f"FAULT: {error}"
