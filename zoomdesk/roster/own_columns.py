"""Know the columns that Zoomdesk wrote into a sheet without headings by what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zoomdesk.roster.fields import ResultColumn

STATUS_WORDS = frozenset(
    {
        "Registered",
        "Already registered",
        "Pending approval",
        "Denied",
        "Failed",
        "Not sent",
        "Skipped",
        "Cancelled",
        "Deleted",
    }
)
"""Words of ``registration.outcome.Status``, which lies above this package; a test compares."""

ORDER = tuple(ResultColumn)
"""The order in which the columns are written, side by side."""


def own_columns(columns: Mapping[int, Sequence[str]]) -> dict[int, ResultColumn]:
    """Return what each of our columns is, by sheet column; nothing where there are none.

    Without headings only the contents tell: a column of nothing but status words, beside a column
    of nothing but links. The other columns of results follow from these two.
    """
    for column, texts in sorted(columns.items()):
        words = {text.strip() for text in texts} - {""}
        links = [text for text in columns.get(column - 1, ()) if text.strip()]
        if words and words <= STATUS_WORDS and all(link.startswith("https://") for link in links):
            first = column - ORDER.index(ResultColumn.STATUS)
            return {first + place: result for place, result in enumerate(ORDER)}
    return {}
