"""Check one row: its address, its names, and what Zoom's limits say about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zoomdesk.roster.emails import EmailVerdict, check_email, plain_address
from zoomdesk.roster.fields import MAX_LENGTH, Field
from zoomdesk.roster.names import first_name_from, is_east_asian, split_full_name
from zoomdesk.roster.problems import Problem, Severity
from zoomdesk.roster.text import clean_name

_LONGEST_NAME = MAX_LENGTH[Field.FIRST_NAME]


@dataclass(frozen=True, slots=True)
class RowTexts:
    """Hold the cells of one row that the checks read.

    ``link`` is the email cell's hyperlink, ``others`` what stands in the optional fields.
    """

    email: str
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    link: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Hold the cleaned values of one row and what is to be said about them."""

    email: str
    first_name: str
    last_name: str
    problems: tuple[Problem, ...]


def plain_row(email: str, first_name: str, last_name: str, full_name: str) -> str:
    """Return the address of a row about which there is nothing to say, else ``""``.

    The short way for long lists: where it returns an address, ``check_row`` returns the same
    address and no problem.
    """
    if len(last_name) > _LONGEST_NAME or "@" in last_name:
        return ""
    if first_name:
        short = len(first_name) <= _LONGEST_NAME
        named = short and "@" not in first_name and bool(first_name.strip())
    else:
        # A name that begins with a letter has a first name; East Asian ones may bring a note.
        named = (
            0 < len(full_name) <= _LONGEST_NAME
            and full_name[0].isalpha()
            and "@" not in full_name
            and max(full_name) < "\u3000"
        )
    return plain_address(email) if named else ""


def holds_nobody(texts: RowTexts) -> bool:
    """Tell whether nothing stands in the row."""
    cells = (texts.email, texts.first_name, texts.last_name, texts.full_name, texts.others)
    return not any(cell.strip() for cell in cells)


def names_of(texts: RowTexts) -> tuple[str, str]:
    """Return first and last name, taking what is missing from the full name."""
    first, last = clean_name(texts.first_name), clean_name(texts.last_name)
    if (not first or not last) and texts.full_name:
        full_first, full_last = split_full_name(texts.full_name)
        first, last = first or full_first, last or full_last
    return first, last


def check_row(row: int, texts: RowTexts) -> RowCheck:
    """Return the cleaned values and the problems of a row; duplicates are not its business."""
    verdict = _verdict(texts)
    first, last = names_of(texts)
    problems = (
        *_email_problems(row, verdict, texts),
        *_name_problems(row, first, last, texts, verdict.address),
    )
    return RowCheck(verdict.address, first, last, problems)


def _verdict(texts: RowTexts) -> EmailVerdict:
    verdict = check_email(texts.email)
    if verdict.error and texts.email.strip() and texts.link.lower().startswith("mailto:"):
        linked = check_email(texts.link)
        if not linked.error:
            taken = "The address was taken from the link behind the cell."
            return EmailVerdict(
                linked.address,
                repairs=(taken,),
                suggestion=linked.suggestion,
                notes=linked.notes,
            )
    return verdict


def _email_problems(row: int, verdict: EmailVerdict, texts: RowTexts) -> Iterator[Problem]:
    def problem(severity: Severity, code: str, message: str, suggestion: str = "") -> Problem:
        return Problem(row, Field.EMAIL, severity, code, message, suggestion)

    if verdict.error:
        suggestion = verdict.suggestion or _swapped(texts)
        yield problem(Severity.ERROR, verdict.code, verdict.error, suggestion)
        return
    if verdict.suggestion:
        domain = verdict.suggestion.rpartition("@")[2]
        message = f"Did you mean {domain}? {verdict.address} looks like a slip of the keys."
        yield problem(Severity.WARNING, "email-typo", message, verdict.suggestion)
    if verdict.repairs:
        message = f"{' '.join(verdict.repairs)} Zoom gets {verdict.address}."
        yield problem(Severity.NOTE, "email-repaired", message)
    for note in verdict.notes:
        yield problem(Severity.NOTE, "email-shared", note)


def _swapped(texts: RowTexts) -> str:
    """Return the address that stands in a name's cell."""
    for text in (texts.first_name, texts.last_name, texts.full_name):
        if "@" in text:
            address = check_email(text).address
            if address:
                return address
    return ""


def _name_problems(
    row: int, first: str, last: str, texts: RowTexts, address: str
) -> Iterator[Problem]:
    full = bool(texts.full_name.strip())
    first_field = Field.FULL_NAME if full and not texts.first_name.strip() else Field.FIRST_NAME
    last_field = Field.FULL_NAME if full and not texts.last_name.strip() else Field.LAST_NAME
    if not first:
        suggestion = split_full_name(last)[0] if " " in last else first_name_from(address)
        message = "The first name is missing; Zoom needs one."
        yield Problem(row, first_field, Severity.ERROR, "first-name-missing", message, suggestion)
    for name, field, words in ((first, first_field, "first"), (last, last_field, "last")):
        if len(name) > _LONGEST_NAME:
            excess = len(name) - _LONGEST_NAME
            letters = "1 character" if excess == 1 else f"{excess} characters"
            message = f"The {words} name is {letters} longer than the 64 that Zoom takes."
            yield Problem(row, field, Severity.ERROR, f"{words}-name-too-long", message)
        if "@" in name:
            message = f"The {words} name looks like an email address: are two cells swapped?"
            yield Problem(row, field, Severity.WARNING, f"{words}-name-is-email", message)
    if first_field is Field.FULL_NAME and first and not last and is_east_asian(first):
        message = "Family and given name cannot be told apart here; Zoom gets all as first name."
        yield Problem(row, Field.FULL_NAME, Severity.NOTE, "name-not-split", message)
