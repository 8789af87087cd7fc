"""Results in real workbooks: the right rows, text cells, and never over somebody else's changes."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zoomdesk import paths, workbook
from zoomdesk.errors import NoPeopleFound, WorkbookChanged, WorkbookInUse
from zoomdesk.registration.cells import local_time, result_texts
from zoomdesk.registration.journal import Journal, RunRecord
from zoomdesk.registration.outcome import Outcome, Status
from zoomdesk.registration.reapply import Seen
from zoomdesk.registration.writeback import write_results
from zoomdesk.roster.fields import ResultColumn
from zoomdesk.roster.table import Roster
from zoomdesk.settings import Settings
from zoomdesk.zoom.events import EventKind, EventRef

RESULTS = ["Join URL", "Zoom Status", "Registrant ID", "Registered At", "Zoom Message"]
WHEN = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
PEOPLE = [("Ann", "ann@example.com"), ("Bob", "bob@example.com"), ("Cat", "cat@example.com")]


def linked(row: int, email: str, name: str = "") -> Outcome:
    url = f"https://zoom.example/w/{name or email.split('@')[0]}"
    return Outcome(row, email, Status.REGISTERED, url, "00123", WHEN)


def make_book(path: Path, rows: list[Any] | None = None, headings: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Guests"
    sheet.append(["First name", "Email", *headings])
    for row in PEOPLE if rows is None else rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path / "guests.xlsx")


def read_back(path: Path) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path)["Guests"]
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def write(book: Path, outcomes: list[Outcome], **options: Any) -> Any:
    options.setdefault("expect", workbook.inspect(book).fingerprint)
    edits = options.pop("edits", {})
    settings = options.pop("settings", Settings())
    return write_results(book, "Guests", 1, outcomes, edits, settings, **options)


def test_results_stand_in_their_rows_as_text(book: Path) -> None:
    failed = Outcome(3, "bob@example.com", Status.FAILED, message="Zoom: “Host cannot register.”")
    report = write(book, [linked(2, "ann@example.com"), failed])
    rows = read_back(book)
    assert list(rows[0]) == ["First name", "Email", *RESULTS]
    assert rows[0]["Join URL"] == "https://zoom.example/w/ann"
    assert rows[0]["Registrant ID"] == "00123"
    assert rows[0]["Zoom Status"] == "Registered"
    assert rows[0]["Registered At"] == f"{WHEN.astimezone():%Y-%m-%d %H:%M}"
    assert rows[1]["Zoom Status"] == "Failed"
    assert rows[1]["Zoom Message"] == "Zoom: “Host cannot register.”"
    assert rows[2]["Zoom Status"] is None
    assert report.fingerprint == workbook.inspect(book).fingerprint
    assert report.not_written == ()


def test_hazard_15_links_that_open_with_a_click(book: Path) -> None:
    odd = Outcome(4, "cat@example.com", Status.REGISTERED, "to be mailed", "00124", WHEN)
    outcomes = [linked(2, "ann@example.com"), linked(3, "bob@example.com"), odd]
    write(book, outcomes, settings=Settings(link_as_hyperlink=True))
    sheet = workbook.read(book)
    assert dict(sheet.hyperlinks) == {
        (2, 3): "https://zoom.example/w/ann",
        (3, 3): "https://zoom.example/w/bob",
    }
    assert sheet.text(4, 3) == "to be mailed"
    failed = Outcome(3, "bob@example.com", Status.FAILED, message="No room.")
    write(book, [failed], settings=Settings(link_as_hyperlink=True))
    assert dict(workbook.read(book).hyperlinks) == {(2, 3): "https://zoom.example/w/ann"}


def test_links_are_plain_text_by_default(book: Path) -> None:
    write(book, [linked(2, "ann@example.com")])
    sheet = workbook.read(book)
    assert (sheet.text(2, 3), dict(sheet.hyperlinks)) == ("https://zoom.example/w/ann", {})


def test_a_formula_in_a_name_stays_text(book: Path) -> None:
    message = "=1+1"
    write(book, [Outcome(2, "ann@example.com", Status.FAILED, message=message)])
    cell = openpyxl.load_workbook(book)["Guests"].cell(2, 7)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_headings_of_the_settings_and_of_the_sheet_are_found(tmp_path: Path) -> None:
    book = make_book(tmp_path / "b.xlsx", headings=("zoom status", " LINK "))
    write(book, [linked(2, "ann@example.com")], settings=Settings(join_url_column="Link"))
    rows = read_back(book)
    assert rows[0]["zoom status"] == "Registered"
    assert rows[0][" LINK "] == "https://zoom.example/w/ann"
    assert set(rows[0]) == {"First name", "Email", "zoom status", " LINK ", *RESULTS[2:]}


def test_a_second_run_replaces_the_first_and_adds_no_columns(book: Path) -> None:
    write(book, [linked(2, "ann@example.com"), linked(3, "bob@example.com")])
    denied = Outcome(2, "ann@example.com", Status.DENIED, registrant_id="00123", message="No.")
    unsent = Outcome(3, "bob@example.com", Status.NOT_SENT, message="Stopped.")
    write(book, [denied, unsent])
    rows = read_back(book)
    assert set(rows[0]) == {"First name", "Email", *RESULTS}
    # A link that would not open goes; one about which nothing was learnt stays.
    assert (rows[0]["Zoom Status"], rows[0]["Join URL"]) == ("Denied", None)
    assert (rows[1]["Zoom Status"], rows[1]["Join URL"]) == (
        "Not sent",
        "https://zoom.example/w/bob",
    )


def test_the_persons_own_edits_are_written_with_the_results(book: Path) -> None:
    write(book, [linked(2, "ann@example.org")], edits={(2, 2): "ann@example.org", (4, 1): "Kat"})
    rows = read_back(book)
    assert (rows[0]["Email"], rows[2]["First name"]) == ("ann@example.org", "Kat")
    assert rows[0]["Join URL"] == "https://zoom.example/w/ann"


def seen_in(book: Path) -> Seen:
    sheet = workbook.read(book, "Guests")
    return Seen.of(sheet, Roster.from_grid(sheet, result_headers=Settings().result_columns))


def test_hazard_17_a_changed_workbook_gets_edits_and_results_again(book: Path) -> None:
    expect, seen = workbook.inspect(book).fingerprint, seen_in(book)
    make_book(book, rows=[("Zoe", "zoe@example.com"), PEOPLE[2], ("Robert", PEOPLE[1][1])])
    outcomes = [linked(2, "ann@example.com"), linked(3, "bob@example.com")]
    edits = {(3, 1): "Bobby", (4, 1): "Kat"}
    report = write(book, outcomes, edits=edits, expect=expect, seen=seen)
    rows = read_back(book)
    assert [row["First name"] for row in rows] == ["Zoe", "Kat", "Robert"]
    assert [row["Join URL"] for row in rows] == [None, None, "https://zoom.example/w/bob"]
    assert report.not_written == (outcomes[0],)
    (conflict,) = report.conflicts
    assert (conflict.before, conflict.theirs, conflict.ours) == ("Bob", "Robert", "Bobby")
    assert report.reapplied.rows[4] == 3
    again = write(book, [], edits={(3, 1): "Bobby"}, expect=expect, seen=seen, mine=[conflict])
    assert again.conflicts == ()
    assert read_back(book)[2]["First name"] == "Bobby"


def test_hazard_17_only_conflicts_leave_the_file_alone(book: Path) -> None:
    expect, seen = workbook.inspect(book).fingerprint, seen_in(book)
    make_book(book, rows=[("Anna", PEOPLE[0][1]), *PEOPLE[1:]])
    before = book.read_bytes()
    report = write(book, [], edits={(2, 1): "Annie"}, expect=expect, seen=seen)
    assert (len(report.conflicts), report.cells) == (1, 0)
    assert report.fingerprint == workbook.inspect(book).fingerprint
    assert book.read_bytes() == before


def test_hazard_17_edits_of_rows_that_nobody_described_are_refused(book: Path) -> None:
    seen = workbook.inspect(book).fingerprint
    make_book(book, rows=[("Zoe", "zoe@example.com"), *PEOPLE])
    before = book.read_bytes()
    with pytest.raises(WorkbookChanged) as caught:
        write(book, [], edits={(2, 1): "Annie"}, expect=seen, run="2026-11-22-a3f9")
    assert book.read_bytes() == before
    assert caught.value.hint.endswith("zoomdesk resume 2026-11-22-a3f9")


def test_hazard_17_results_alone_go_where_their_address_is(book: Path) -> None:
    seen = workbook.inspect(book).fingerprint
    make_book(book, rows=[("Zoe", "zoe@example.com"), *PEOPLE])
    write(book, [linked(2, "ann@example.com")], expect=seen)
    urls = [row["Join URL"] for row in read_back(book)]
    assert urls == [None, "https://zoom.example/w/ann", None, None]


def test_a_resume_finds_rows_by_address_where_they_have_moved(book: Path) -> None:
    moved = [("Zoe", "zoe@example.com"), PEOPLE[2], ("Bob", "BOB@example.com"), PEOPLE[0]]
    make_book(book, rows=moved)
    outcomes = [linked(row, email) for row, (_, email) in enumerate(PEOPLE, 2)]
    report = write(book, outcomes, expect=None)
    assert [row["Join URL"] for row in read_back(book)] == [
        None,
        "https://zoom.example/w/cat",
        "https://zoom.example/w/bob",
        "https://zoom.example/w/ann",
    ]
    assert report.not_written == ()


def test_a_title_above_moves_the_heading(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Guests"
    sheet.append(["Spring fair"])
    sheet.append([])
    sheet.append(["First name", "Email"])
    for row in PEOPLE:
        sheet.append(row)
    path = tmp_path / "g.xlsx"
    book.save(path)
    write(path, [linked(row, email) for row, (_, email) in enumerate(PEOPLE, 2)], expect=None)
    cells = openpyxl.load_workbook(path)["Guests"]
    assert cells.cell(3, 3).value == "Join URL"
    assert [cells.cell(row, 3).value for row in (4, 5, 6)] == [
        f"https://zoom.example/w/{name}" for name in ("ann", "bob", "cat")
    ]


def test_whoever_left_the_sheet_is_reported(book: Path) -> None:
    make_book(book, rows=PEOPLE[1:])
    outcomes = [linked(2, "ann@example.com"), linked(3, "bob@example.com")]
    report = write(book, outcomes, expect=None)
    assert report.not_written == (outcomes[0],)
    assert "1 person is not on the sheet any more: their links were not written." in report.warnings
    assert [row["Join URL"] for row in read_back(book)] == ["https://zoom.example/w/bob", None]


def test_rows_of_one_address_keep_their_own_rows(book: Path) -> None:
    """Of two rows with one address, the number decides."""
    make_book(book, rows=[PEOPLE[0], PEOPLE[1], PEOPLE[0]])
    second = Outcome(4, "ann@example.com", Status.SKIPPED, message="Twice.")
    write(book, [linked(2, "ann@example.com"), second], expect=None)
    assert [row["Zoom Status"] for row in read_back(book)] == ["Registered", None, "Skipped"]


def test_rows_with_an_unusable_address_are_found_too(book: Path) -> None:
    make_book(book, rows=[("Zoe", "zoe@"), *PEOPLE, ("Nemo", None)])
    bad = Outcome(9, "zoe@", Status.SKIPPED, message="This is no address.")
    nobody = Outcome(6, "", Status.SKIPPED, message="No address.")
    report = write(book, [bad, nobody], expect=None)
    statuses = [row["Zoom Status"] for row in read_back(book)]
    assert statuses == ["Skipped", None, None, None, "Skipped"]
    assert report.warnings == ()


def test_a_sheet_without_addresses_any_more(book: Path) -> None:
    blank = openpyxl.Workbook()
    blank.active.title = "Guests"
    blank.active.append(["Nothing", "here"])
    blank.save(book)
    with pytest.raises(NoPeopleFound):
        write(book, [linked(2, "ann@example.com")], expect=None, run="2026-11-22-a3f9")


def test_edits_without_a_fingerprint_are_a_mistake(book: Path) -> None:
    with pytest.raises(ValueError, match="fingerprint"):
        write(book, [], edits={(2, 1): "Anna"}, expect=None)


def test_a_copy_leaves_the_original_alone(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    copy = tmp_path / "copy.xlsx"
    report = write(book, [linked(2, "ann@example.com")], output=copy)
    assert book.read_bytes() == before
    assert (report.path, report.backup) == (copy, None)
    assert read_back(copy)[0]["Zoom Status"] == "Registered"


@pytest.mark.parametrize("wanted", [True, False])
def test_a_backup_of_the_original(book: Path, wanted: bool) -> None:
    before = book.read_bytes()
    report = write(book, [linked(2, "ann@example.com")], settings=Settings(backup=wanted))
    if wanted:
        assert report.backup is not None
        assert report.backup.read_bytes() == before
        assert report.backup.is_relative_to(paths.data_dir())
    else:
        assert report.backup is None


def test_the_journal_is_marked_only_once_it_is_written(book: Path, tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite3") as journal:
        run = journal.start_run(RunRecord(ref=EventRef(EventKind.WEBINAR, "81234567890")))
        lock = book.with_name(f"~${book.name}")
        lock.write_bytes(b"\x03Ann" + b"\x00" * 161)
        with pytest.raises(WorkbookInUse) as caught:
            write(book, [linked(2, "ann@example.com")], journal=journal, run=run)
        assert f"zoomdesk resume {run}" in caught.value.hint
        assert not journal.run(run).written
        lock.unlink()
        write(book, [linked(2, "ann@example.com")], journal=journal, run=run)
        assert journal.run(run).written


# -- the texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.NOT_SENT, Status.SKIPPED])
def test_rows_that_were_not_sent_say_only_so(status: Status) -> None:
    texts = result_texts(Outcome(2, "a@example.com", status, message="Why."))
    assert texts == {ResultColumn.STATUS: status.value, ResultColumn.MESSAGE: "Why."}


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.NOT_SENT, Status.SKIPPED}, key=str))
def test_every_other_row_says_everything(status: Status) -> None:
    assert set(result_texts(Outcome(2, "a@example.com", status))) == set(ResultColumn)


def test_the_time_is_this_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    try:
        assert local_time(WHEN) == "2026-11-22 23:35"
    finally:
        monkeypatch.undo()
        time.tzset()
    assert local_time(None) == ""


def test_an_emptied_text_empties_its_cell(book: Path) -> None:
    write(book, [linked(2, "ann@example.com")], edits={(3, 1): ""})
    assert read_back(book)[1]["First name"] is None
    sheet = workbook.read(book, "Guests")
    assert (3, 1) not in sheet.formulas
    assert sheet.text(3, 1) == ""
    assert openpyxl.load_workbook(book)["Guests"]["A3"].data_type == "n"  # no empty string
