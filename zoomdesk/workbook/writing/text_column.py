"""Hold very many short texts in two pieces of memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import overload

_BATCH = 1 << 12
_BETWEEN = "\0"
_ONE_MORE = (1).__add__


class TextColumn(Sequence[str]):
    """Texts one behind the other as UTF-8, with where each begins: about 9 bytes besides its own.

        links = TextColumn(link_of(row) for row in rows)
        Edits("List", columns={9: ColumnValues(rows, links)})

    A list of a million links takes 150 MB, this takes 70. Items are made when they are asked for;
    ask for slices, which come fast.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._bytes = bytearray()
        self._starts = array("Q", [0])
        self.longest = 0
        """Characters of the longest text."""
        self.extend(texts)

    def extend(self, texts: Iterable[str]) -> None:
        """Append ``texts``."""
        source = iter(texts)
        while batch := list(islice(source, _BATCH)):
            joined = _BETWEEN.join(batch)
            lengths = list(map(len, batch))
            self.longest = max(self.longest, *lengths)
            if not joined.isascii():
                lengths = [len(text.encode("utf-8", "surrogatepass")) for text in batch]
            ends = accumulate(map(_ONE_MORE, lengths), initial=self._starts[-1])
            self._starts.extend(islice(ends, 1, None))
            self._bytes += joined.encode("utf-8", "surrogatepass") + b"\0"

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, int):
            return self._text(range(len(self))[place])
        places = range(len(self))[place]
        if places.step != 1:
            return [self._text(at) for at in places]
        if not places:
            return []
        piece = self._bytes[self._starts[places.start] : self._starts[places.stop] - 1]
        texts = piece.decode("utf-8", "surrogatepass").split(_BETWEEN)
        # A text that holds the mark itself was cut: then each is taken by its own bounds.
        return texts if len(texts) == len(places) else [self._text(at) for at in places]

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self), _BATCH):
            yield from self[at : at + _BATCH]

    def joined(self, start: int, stop: int) -> bytes:
        """Return texts as UTF-8 with a NUL between any two."""
        return bytes(memoryview(self._bytes)[self._starts[start] : self._starts[stop] - 1])

    def _text(self, at: int) -> str:
        piece = self._bytes[self._starts[at] : self._starts[at + 1] - 1]
        return piece.decode("utf-8", "surrogatepass")


def joined(values: Sequence[object], start: int, stop: int) -> bytes | None:
    """Return ``values[start:stop]``, all texts, as UTF-8 with a NUL between any two.

    There must be one at least. None where that does not say where they end, or where they are not
    characters.
    """
    if isinstance(values, TextColumn):
        data = values.joined(start, stop)
    else:
        try:
            data = _BETWEEN.join(values[start:stop]).encode()  # type: ignore[arg-type]
        except UnicodeEncodeError:
            return None
    return data if data.count(b"\0") == stop - start - 1 else None
