"""Look at a sample of a column's cells, where its heading says nothing or not enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zoomdesk.roster.headings import compact, simplify

SAMPLE = 200
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\W\d_]{2,}")
_NAME = re.compile(r"(?!.*https?:)[^\W\d_][^\W\d_’'.\-‐・,]*(?:[ \u3000’'.\-‐・,]+[^\W\d_]*){0,5}")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Profile:
    """Describe a column by a sample of its cells; ``filled`` counts the sampled texts.

    ``fill`` is the share of sampled rows that hold anything; ``addresses`` counts cells like
    ``ana@x.org``; ``names``, ``several_words`` and ``distinct`` count cells that could be a name,
    that have more than one word, and different texts.
    """

    filled: int
    fill: float
    addresses: int
    names: int
    several_words: int
    distinct: int

    @property
    def is_addresses(self) -> bool:
        """Tell whether most cells are addresses."""
        return self.filled > 0 and self.addresses >= 0.6 * self.filled

    @property
    def is_names(self) -> bool:
        """Tell whether nearly all cells could be names, and not always the same ones."""
        varied = self.distinct >= min(self.filled, 3) and self.distinct > 0.15 * self.filled
        return self.filled > 0 and self.names >= 0.85 * self.filled and varied

    @property
    def mostly_several_words(self) -> bool:
        """Tell whether most cells have more than one word, as full names do."""
        return self.filled > 0 and self.several_words >= 0.6 * self.filled


def sample_places(count: int) -> range:
    """Return up to ``SAMPLE`` places spread evenly over ``count`` rows."""
    return range(0, count, max(1, count // SAMPLE))


def is_address(text: str) -> bool:
    """Tell whether a text holds something of the shape of an address."""
    return "@" in text and _ADDRESS.search(text) is not None


def is_name(text: str) -> bool:
    """Tell whether a text could be a person's name: a few words of letters."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def profile(texts: Sequence[str], linked: Sequence[bool] = ()) -> Profile:
    """Describe the texts of a sample; ``linked`` marks those with a ``mailto:`` link behind."""
    cells = [text.strip() for text in texts]
    filled = [cell for cell in cells if cell]
    addresses = sum(map(is_address, filled)) or sum(linked)
    return Profile(
        len(filled),
        len(filled) / len(cells) if cells else 0.0,
        addresses,
        sum(map(is_name, filled)),
        sum(" " in cell or "\u3000" in cell for cell in filled),
        len(set(filled)),
    )


def echo(names: Sequence[str], addresses: Sequence[str]) -> tuple[float, float]:
    """Tell how often a name is echoed in the address beside it, and how early on average.

    Returns (share of rows, mean position from 0 to 1 in the part before the @): in
    ``ana.lopez@x.org`` both Ana and López are echoed, Ana at 0.
    """
    compared = hits = 0
    early = 0.0
    for name, address in zip(names, addresses, strict=True):
        local = compact(address.partition("@")[0])
        parts = [part for part in simplify(name).split() if len(part) > 1]
        if not local or not parts:
            continue
        compared += 1
        found = [place for part in parts if (place := local.find(part)) >= 0]
        if found:
            hits += 1
            early += min(found) / len(local)
    return (hits / compared if compared else 0.0), (early / hits if hits else 0.0)
