"""Offer the domain that was probably meant."""

from __future__ import annotations

from functools import lru_cache

from zoomdesk.roster.mail_domains import COMMON, TLD_TYPOS, WELL_KNOWN

_SHORTEST_NAME = 5
_TWO_EDITS_FROM = 7
"""Names under 5 letters (gmx, web, aol) are one edit from too many real domains; two edits are
allowed only where at least 5 letters stay as they were."""
_LONGEST = max(map(len, COMMON)) + 2


@lru_cache(maxsize=65_536)
def suggest_domain(domain: str) -> str:
    """Return the common mail domain that ``domain`` is a slip of, or ``""``.

    ``domain`` is in lower case. Well-known domains are never doubted. Distance: Damerau-Levenshtein
    (optimal string alignment) up to 1, for longer names up to 2; endings that exist nowhere
    (``.con``) are mended for any name.
    """
    if domain in WELL_KNOWN:
        return ""
    name, dot, ending = domain.rpartition(".")
    mended = TLD_TYPOS.get(ending, "") if dot else ""
    if mended:
        domain = f"{name}.{mended}"
        if domain in WELL_KNOWN:
            return domain
    near = _nearest(domain)
    return near or (domain if mended else "")


def _nearest(domain: str) -> str:
    if not _SHORTEST_NAME <= len(domain) <= _LONGEST:
        return ""
    found: set[str] = set()
    for form in _deletions(domain):
        found.update(_index().get(form, ()))
    best = min(found, key=lambda known: (distance(domain, known), COMMON.index(known)), default="")
    if not best:
        return ""
    edits = distance(domain, best)
    allowed = 2 if len(best.partition(".")[0]) >= _TWO_EDITS_FROM else 1
    return best if edits <= allowed and _same_kind(domain, best) else ""


def _same_kind(domain: str, known: str) -> bool:
    """Refuse another existing name, such as an own domain that differs in its country only."""
    name, _, ending = domain.partition(".")
    known_name, _, known_ending = known.partition(".")
    if len(known_name) < _SHORTEST_NAME:
        return False
    # gmail.de may be somebody's: only an ending that is itself a slip makes it a typo.
    return name != known_name or len(ending) != 2 or ending in {known_ending[:2], "cm", "co"}


def _deletions(text: str) -> set[str]:
    """Return ``text`` and every text that deleting one or two characters makes of it."""
    forms = {text}
    for i in range(len(text)):
        once = text[:i] + text[i + 1 :]
        forms.add(once)
        forms.update([once[:j] + once[j + 1 :] for j in range(i, len(once))])
    return forms


def distance(left: str, right: str) -> int:
    """Return how many single edits, or swaps of neighbours, lead from one text to the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, previous, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, previous[j - 2] + 1)
            row.append(cost)
    return row[-1]


@lru_cache(maxsize=1)
def _index() -> dict[str, tuple[str, ...]]:
    """Map every deletion form of the common domains to them (symmetric delete, as SymSpell)."""
    index: dict[str, tuple[str, ...]] = {}
    for known in COMMON:
        for form in _deletions(known):
            index[form] = (*index.get(form, ()), known)
    return index
