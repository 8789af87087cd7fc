"""Decide whether a text is an address that Zoom can take, and which one exactly.

The verdict on an address is email-validator's; what it refuses is put in plain words by
``email_faults``. Addresses of plain ASCII, which nearly all are, take a short way that gives the
same verdict: ``tests/roster/test_emails.py`` holds it against email-validator itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from email_validator import (
    SPECIAL_USE_DOMAIN_NAMES,
    EmailNotValidError,
    ValidatedEmail,
    validate_email,
)

from zoomdesk.roster import email_faults
from zoomdesk.roster.fields import MAX_LENGTH, Field
from zoomdesk.roster.mail_domains import SHARED_MAILBOXES, UNREAD_MAILBOXES
from zoomdesk.roster.text import caseless, words
from zoomdesk.roster.typos import suggest_domain
from zoomdesk.roster.unwrap import unwrap

_ATOM = r"[A-Za-z0-9_!#$%&'*+\-/=?^`{|}~]+"
_LABEL = r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?)"
_PLAIN = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+{_LABEL})")
_SPECIAL_ENDINGS = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)
_ALWAYS_LOWER = frozenset(
    words(
        "info marketing sales support abuse noc security postmaster hostmaster usenet news "
        "webmaster www uucp ftp"
    )
)
"""Mailboxes that email-validator writes in small letters (RFC 2142)."""


@dataclass(frozen=True, slots=True)
class EmailVerdict:
    """Say what a text is worth as an address.

    ``address`` is what is sent, ``""`` where the text is unusable; then ``error`` is the plain
    sentence why and ``code`` its stable name. ``repairs`` are sentences on what was done unasked.
    ``suggestion`` is an address that was probably meant, offered and never applied. ``notes`` are
    sentences worth knowing, such as a mailbox that several people read.
    """

    address: str
    error: str = ""
    code: str = ""
    repairs: tuple[str, ...] = ()
    suggestion: str = ""
    notes: tuple[str, ...] = ()


def check_email(text: str) -> EmailVerdict:
    """Judge the text of a cell: unwrap it, validate it, look for slips. Never raises."""
    inner, repairs = unwrap(text)
    address, error, code, suggestion = _validate(inner)
    if not error and len(address) > MAX_LENGTH[Field.EMAIL]:
        excess = len(address) - MAX_LENGTH[Field.EMAIL]
        error, code = email_faults.too_long(excess), "email-too-long"
        address = ""
    if error:
        return EmailVerdict("", error, code, (), suggestion)
    if inner != address:
        repairs = (*repairs, "It is sent as it is usually written, small letters after the @.")
    return EmailVerdict(
        address, repairs=repairs, suggestion=_typo(address), notes=_notes_on(address)
    )


def plain_address(text: str) -> str:
    """Return the address for a text about which there is nothing to say, else ``""``.

    The short way for long lists: whatever it returns, ``check_email`` would return as address,
    with no error, repair, suggestion or note.
    """
    found = _PLAIN.fullmatch(text)
    if found is None or len(text) > MAX_LENGTH[Field.EMAIL]:
        return ""
    local, domain = found.groups()
    if not _domain_is_unremarkable(domain) or local.lower() in _REMARKABLE:
        return ""
    return text


def key(address: str) -> str:
    """Return the form under which two addresses are the same person.

    Zoom matches by the lower-cased address (zoom/README.md section 5). Case and Unicode
    composition do not count, and a domain equals its IDNA form.
    """
    address = address.strip()
    if address.isascii():
        return address.lower()
    local, at, domain = address.rpartition("@")
    if not at:
        return caseless(address)
    return f"{caseless(local)}@{_ascii_domain(domain)}"


def _validate(address: str) -> tuple[str, str, str, str]:
    """Return (address to send, error, code, suggestion)."""
    try:
        return validated(address).normalized, "", "", ""
    except EmailNotValidError:
        fault = email_faults.explain(address)
    suggestion = fault.suggestion
    if suggestion:
        try:
            suggestion = validated(suggestion).normalized
        except EmailNotValidError:
            suggestion = ""
    return "", fault.message, fault.code, suggestion


def validated(address: str) -> ValidatedEmail:
    """Ask email-validator, without the network. Raises its EmailNotValidError."""
    return validate_email(
        address, check_deliverability=False, allow_smtputf8=True, test_environment=False
    )


@lru_cache(maxsize=65_536)
def _domain_is_unremarkable(domain: str) -> bool:
    """Tell whether an ASCII domain of well-formed labels is valid, normal and not a slip.

    ``xn--`` and other double hyphens are left to email-validator, which knows IDNA.
    """
    return (
        domain == domain.lower()
        and "--" not in domain
        and domain[-1].isalpha()
        and not domain.endswith(_SPECIAL_ENDINGS)
        and not suggest_domain(domain)
    )


@lru_cache(maxsize=4096)
def _ascii_domain(domain: str) -> str:
    try:
        return validated(f"a@{domain}").ascii_domain
    except EmailNotValidError:
        return caseless(domain)


def _typo(address: str) -> str:
    local, _, domain = address.rpartition("@")
    meant = suggest_domain(domain.lower())
    return f"{local}@{meant}" if meant else ""


_REMARKABLE = SHARED_MAILBOXES | UNREAD_MAILBOXES | _ALWAYS_LOWER


def _notes_on(address: str) -> tuple[str, ...]:
    local = address.rpartition("@")[0].lower()
    if local in UNREAD_MAILBOXES:
        return ("Nobody reads this mailbox: the link would not arrive.",)
    if local in SHARED_MAILBOXES:
        return (f"“{local}@” is usually a shared mailbox: everybody who reads it gets the link.",)
    return ()
