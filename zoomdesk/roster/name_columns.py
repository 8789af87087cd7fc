"""Find the columns of names where no heading says which they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from zoomdesk.roster.content import echo
from zoomdesk.roster.fields import Field

_ECHOED = 0.3
"""The least share of rows whose address must hold the name beside it, to call it evidence."""


@dataclass(frozen=True, slots=True)
class NameColumn:
    """Say that the column at ``place`` holds names of a kind."""

    place: int
    field: Field
    confidence: float
    reason: str


def find_name_columns(
    samples: Mapping[int, Sequence[str]],
    several_words: AbstractSet[int],
    without_heading: AbstractSet[int],
    email: int,
    addresses: Sequence[str],
) -> list[NameColumn]:
    """Choose among columns of name-like cells, by place.

    Evidence is that addresses echo the names (``ana.lopez@`` beside Ana and López); without it,
    only columns without a heading next to the addresses are taken, given name first.
    """
    echoes = {place: echo(texts, addresses) for place, texts in samples.items()}
    heard = sorted(
        (place for place, (share, _) in echoes.items() if share >= _ECHOED),
        key=lambda place: (-echoes[place][0], place),
    )
    if heard:
        return _from_echo(heard, echoes, several_words, samples)
    return _from_place(sorted(without_heading), several_words, email)


def _from_echo(
    heard: Sequence[int],
    echoes: Mapping[int, tuple[float, float]],
    several_words: AbstractSet[int],
    samples: Mapping[int, Sequence[str]],
) -> list[NameColumn]:
    best = heard[0]
    reason = f"{echoes[best][0]:.0%} of the addresses contain the name beside them."
    if best in several_words:
        return [NameColumn(best, Field.FULL_NAME, 0.7, reason)]
    other = next((place for place in heard[1:] if place not in several_words), None)
    if other is not None:
        first, last = sorted((best, other), key=lambda place: (echoes[place][1], place))
        return [
            NameColumn(first, Field.FIRST_NAME, 0.65, reason),
            NameColumn(last, Field.LAST_NAME, 0.65, reason),
        ]
    # Only one half is echoed, as in alopez@: the other half stands next to it.
    beside = [p for p in (best - 1, best + 1) if p in samples and p not in several_words]
    if not beside:
        return [NameColumn(best, Field.FIRST_NAME, 0.4, reason)]
    guess = "It stands beside the names that the addresses contain."
    late = echoes[best][1] > 0
    kinds = (Field.LAST_NAME, Field.FIRST_NAME) if late else (Field.FIRST_NAME, Field.LAST_NAME)
    return [NameColumn(best, kinds[0], 0.55, reason), NameColumn(beside[0], kinds[1], 0.45, guess)]


def _from_place(
    places: Sequence[int], several_words: AbstractSet[int], email: int
) -> list[NameColumn]:
    if not places:
        return []
    nearest = sorted(places, key=lambda place: (abs(place - email), place))[:2]
    reason = "It looks like names and stands next to the addresses."
    if nearest[0] in several_words:
        return [NameColumn(nearest[0], Field.FULL_NAME, 0.5, reason)]
    single = sorted(place for place in nearest if place not in several_words)
    kinds = (Field.FIRST_NAME, Field.LAST_NAME)
    return [NameColumn(p, kind, 0.4, reason) for p, kind in zip(single, kinds, strict=False)]
