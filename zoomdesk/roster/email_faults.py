"""Put in plain words why a text is not an email address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from zoomdesk.roster.unwrap import addresses_in

_ALLOWED_LOCAL = re.compile(r"[A-Za-z0-9_!#$%&'*+\-/=?^`{|}~.]|[^\x00-\x7f]")
_ALLOWED_DOMAIN = re.compile(r"[A-Za-z0-9\-.]|[^\x00-\x7f]")
_SPELLED_AT = re.compile(r"\s*[\[({]\s*(?:at|ät|@)\s*[\])}]\s*|\s+at\s+", re.IGNORECASE)
_SPELLED_DOT = re.compile(r"\s*[\[({]\s*(?:dot|punkt|\.)\s*[\])}]\s*|\s+dot\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """Carry the stable code, the sentence, and an address that may have been meant."""

    code: str
    message: str
    suggestion: str = ""


def too_long(excess: int) -> str:
    """Say by how much an address is too long for Zoom."""
    letters = "1 character" if excess == 1 else f"{excess} characters"
    return f"This address is {letters} longer than the 128 that Zoom takes."


def explain(text: str) -> Fault:
    """Find the fault in a text that is not a valid address. The first that applies is told."""
    if not text.strip():
        return Fault("email-missing", "The email address is missing.")
    for look in (_several, _at_signs, _ends, _quoted, _spaces, _characters, _dots, _domain):
        fault = look(text)
        if fault:
            return fault
    domain = text.rpartition("@")[2]
    try:
        validate_email(f"a@{domain}", check_deliverability=False)
    except EmailNotValidError:
        return Fault("email-domain", f"“{domain}” after the @ is no name that mail can be sent to.")
    return Fault("email-invalid", "This is not an address that mail can be sent to.")


def _several(text: str) -> Fault | None:
    found = addresses_in(text)
    if len(found) < 2:
        return None
    listed = ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
    return Fault(
        "email-several",
        f"There are {len(found)} addresses in this cell ({listed}). Keep one; each person needs "
        "a row of their own.",
        found[0],
    )


def _at_signs(text: str) -> Fault | None:
    count = text.count("@")
    if count == 0:
        spelled = _SPELLED_DOT.sub(".", _SPELLED_AT.sub("@", text, count=1))
        return Fault(
            "email-no-at",
            "There is no @ in this address.",
            "".join(spelled.split()) if "@" in spelled else "",
        )
    if count > 1:
        fewer = re.sub("@+", "@", text)
        return Fault(
            "email-several-at",
            f"There are {count} @ signs in this address; there must be one.",
            fewer if fewer.count("@") == 1 else "",
        )
    return None


def _ends(text: str) -> Fault | None:
    local, _, domain = text.rpartition("@")
    if not local.strip():
        return Fault("email-nothing-before", "There is nothing before the @ in this address.")
    if not domain.strip():
        return Fault("email-nothing-after", "There is nothing after the @ in this address.")
    return None


def _spaces(text: str) -> Fault | None:
    if not any(c.isspace() for c in text):
        return None
    found = addresses_in(text)
    joined = found[0] if found else "".join(text.split())
    return Fault("email-space", "There is a space inside this address.", joined)


def _quoted(text: str) -> Fault | None:
    local, _, domain = text.rpartition("@")
    if local.startswith('"') and local.endswith('"'):
        message = "Zoom takes no quotation marks in an address."
        return Fault("email-quoted", message, f"{local[1:-1]}@{domain}")
    if domain.startswith("["):
        return Fault("email-number", "Zoom takes no address that ends in a number in brackets.")
    return None


def _characters(text: str) -> Fault | None:
    local, _, domain = text.rpartition("@")
    bad = [c for c in local if not _ALLOWED_LOCAL.match(c)]
    bad += [c for c in domain if not _ALLOWED_DOMAIN.match(c)]
    if not bad:
        return None
    shown = " ".join(dict.fromkeys(bad))
    message = f"An address cannot have this in it: {shown}"
    return Fault("email-character", message, f"{local}@{domain.replace(',', '.')}")


def _dots(text: str) -> Fault | None:
    local, _, domain = text.rpartition("@")
    mended = re.sub(r"\.{2,}", ".", f"{local.strip('.')}@{domain.strip('.')}")
    if ".." in text:
        return Fault("email-dots", "There are two dots in a row in this address.", mended)
    if local.startswith("."):
        return Fault("email-dot-first", "An address cannot begin with a dot.", mended)
    if local.endswith(".") or domain.startswith("."):
        return Fault("email-dot-at", "There is a dot next to the @ in this address.", mended)
    return None


def _domain(text: str) -> Fault | None:
    domain = text.rpartition("@")[2].lower()
    labels = domain.split(".")
    if len(labels) < 2:
        return Fault(
            "email-no-dot",
            f"“{domain}” is not complete: the part after the @ needs an ending such as .com.",
        )
    for name in SPECIAL_USE_DOMAIN_NAMES:
        if domain.endswith(f".{name}"):
            return Fault(
                "email-local", f"Mail from outside never reaches addresses that end in .{name}."
            )
    if any(label.startswith("-") or label.endswith("-") for label in labels):
        return Fault("email-hyphen", "A hyphen stands at an edge after the @ in this address.")
    if domain.isascii() and not domain[-1].isalpha():
        return Fault("email-ending", "The ending of this address is a number, not a name like com.")
    if len(text) > 254 or any(len(label) > 63 for label in labels):
        return Fault("email-too-long", "This address is longer than any address can be.")
    return None
