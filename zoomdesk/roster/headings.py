"""Read one heading: which field do its words name, and how surely?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zoomdesk.roster.fields import Field
from zoomdesk.roster.fillers import (
    CHANGING,
    EAST_ASIAN_HARMLESS,
    HARMLESS,
    OF_A_COMPANY,
    PRIMARY,
    SECONDARY,
)
from zoomdesk.roster.synonyms import BARE_NAME, ELSEWHERE, SYNONYMS, WEAK
from zoomdesk.roster.text import without_accents

_LONGEST = 60
"""Longer texts are instructions, not headings."""

_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_SEPARATORS = re.compile(r"[/|\n\r;,&+]|\s[-–—]\s|:\s")
_EAST_ASIAN = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_SCRIPTS = re.compile(f"[{_EAST_ASIAN}]+|[^{_EAST_ASIAN}]+")
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Say what a heading means.

    ``field`` is None where it says nothing known. ``bare_name`` marks a word that is the first,
    the last or the whole name, as the neighbours tell; ``field`` is then FULL_NAME.
    ``changing`` marks a heading such as “Email sent?”, whose cells are about something else.
    ``rank`` orders columns of one field: above 0 for “work”, below for “private” or “2”.
    """

    field: Field | None = None
    confidence: float = 0.0
    bare_name: bool = False
    changing: bool = False
    rank: int = 0


NOTHING = Reading()


def simplify(text: str) -> str:
    """Return words in small letters, without accents, punctuation and width: ``e mail adresse``."""
    text = _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))
    plain = without_accents(text.casefold().translate(_LETTERS))
    return " ".join(re.findall(r"[^\W_]+|[#〒]", plain))


def compact(text: str) -> str:
    """Return ``simplify`` without its spaces: “E-Mail Adresse” and “eMailAdresse” are one."""
    return simplify(text).replace(" ", "")


def _forms(listed: str) -> Iterator[str]:
    return (compact(form) for form in listed.split(";"))


_BARE = frozenset(_forms(BARE_NAME))
_WEAK = frozenset(_forms(WEAK))
_KNOWN: dict[str, Field] = {
    form: field
    for source in (
        ELSEWHERE.items(),
        [(field, listed) for field, by in SYNONYMS.items() for listed in by.values()],
    )
    for field, listed in source
    for form in _forms(listed)
}


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Reading:
    """Read a heading. It must name the field and nothing else, but for harmless words.

    “Participant's e-mail address (required)” is an email; “Company name” is no name and
    “E-Mail verschickt am” no email, because words are left that are neither part of a known
    heading nor harmless.
    """
    whole = _read_words(text)
    brackets = _BRACKETS.search(text)
    if whole.field is not None and (whole.field is not Field.FULL_NAME or not brackets):
        return whole
    if len(_BRACKETS.sub("", text).strip()) > _LONGEST:
        return NOTHING
    parts = _read_parts(text)
    return whole if parts.field is None and not parts.changing else parts


def _read_parts(text: str) -> Reading:
    """Read what is in brackets, between slashes, or in two scripts, and join the findings."""
    outside = _BRACKETS.sub(" ", text)
    asides = [_read_words(aside) for aside in _BRACKETS.findall(text)]
    parts = [_read_words(part) for part in _SEPARATORS.split(outside) if simplify(part)]
    if len(parts) == 1 and parts[0].field is None and not parts[0].changing:
        parts = [_read_words(run) for run in _SCRIPTS.findall(outside) if simplify(run)]
    rank = sum(reading.rank for reading in (*parts, *asides))
    if any(reading.changing for reading in (*parts, *asides)):
        return Reading(changing=True)
    named = [reading for reading in parts if reading.field is not None]
    aside = next((reading for reading in asides if reading.field is not None), None)
    if aside is not None and all(reading.field is Field.FULL_NAME for reading in named):
        return Reading(aside.field, 0.85, aside.bare_name, rank=rank)
    if not named or (len(named) < len(parts) and len(parts) > 2):
        return NOTHING
    joined = _join(named)
    sure = 0.95 if len(named) == len(parts) else 0.6
    return Reading(joined.field, min(sure, joined.confidence), joined.bare_name, rank=rank)


def _join(named: list[Reading]) -> Reading:
    fields = {reading.field for reading in named if not reading.bare_name}
    if not fields:
        return named[0]
    if fields >= {Field.FIRST_NAME, Field.LAST_NAME}:
        return Reading(Field.FULL_NAME, 0.9)
    if len(fields) > 1:
        return Reading(Field.EMAIL if Field.EMAIL in fields else None, 0.5)
    return next(reading for reading in named if not reading.bare_name)


def _read_words(text: str) -> Reading:
    """Read a text without brackets and separators."""
    simple = simplify(text)
    found = _known(simple.replace(" ", ""))
    if found.field is not None:
        return found
    tokens = simple.split()
    if len(simple) > _LONGEST or not tokens:
        return NOTHING
    rank = any(token in PRIMARY for token in tokens) - any(token in SECONDARY for token in tokens)
    found = _known_without_fillers(tokens)
    if found.bare_name and any(token in OF_A_COMPANY for token in tokens):
        return Reading(Field.ORG, 0.7)
    if found.field is not None:
        return Reading(found.field, found.confidence * 0.9, found.bare_name, rank=rank)
    changing = any(token in CHANGING for token in tokens) or any(
        not word.isascii() and word in simple for word in CHANGING
    )
    return Reading(changing=changing, rank=rank)


def _known(form: str) -> Reading:
    if form in _BARE:
        return Reading(Field.FULL_NAME, 0.9, bare_name=True)
    field = _KNOWN.get(form)
    if field is None:
        return NOTHING
    return Reading(field, 0.6 if form in _WEAK else 1.0)


def _known_without_fillers(tokens: list[str]) -> Reading:
    for fillers in (HARMLESS, HARMLESS | SECONDARY | PRIMARY):
        form = _without_pieces("".join(token for token in tokens if token not in fillers))
        found = _known(form)
        if found.field is not None:
            # "First contact" is no first name: such a word must stand alone.
            alone = found.field in (Field.FIRST_NAME, Field.LAST_NAME) and form in _WEAK
            return NOTHING if alone else found
    return NOTHING


def _without_pieces(form: str) -> str:
    """Take harmless Chinese and Japanese pieces away, until a known word is left."""
    if form.isascii():
        return form
    for _ in range(4):
        piece = next((p for p in EAST_ASIAN_HARMLESS if form != p and form.startswith(p)), "")
        if piece:
            # After another word 名 says "name of", alone it says "given name".
            form = "名前" if form == f"{piece}名" else form.removeprefix(piece)
        else:
            piece = next((p for p in EAST_ASIAN_HARMLESS if form != p and form.endswith(p)), "")
            form = form.removesuffix(piece)
        if not piece or form in _KNOWN or form in _BARE:
            break
    return form
