"""Hazard 2 of workbooks/README.md: workbooks cut off or changed anywhere are refused."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workbook.hostile.conftest import REFUSALS
from tests.workbook.hostile.limited import attempt
from tests.workbook.hostile.test_markup import full_book
from tests.workbook.hostile.zips import entries_of, pack

SMALL = 60_000
"""Bytes of the corpus's workbooks that are taken apart."""


def hold(path: Path) -> dict[str, str]:
    """Do everything to a workbook; return what came of each, which is success or ours."""
    outcomes = attempt(path)
    for name, (kind, message) in outcomes.items():
        assert kind == "ok" or kind in REFUSALS, (name, message)
        assert "\n" not in message
    return {name: kind for name, (kind, _) in outcomes.items()}


def test_hazard_2_cut_off_at_every_seventh_byte(tmp_path: Path) -> None:
    data = full_book(tmp_path / "sound.xlsx").read_bytes()
    path = tmp_path / "cut.xlsx"
    for size in range(0, len(data), 7):
        path.write_bytes(data[:size])
        assert "ok" not in hold(path).values(), size


@pytest.mark.parametrize("seed", range(4))
def test_hazard_2_bits_that_flipped(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a failure is to be repeatable
    data = full_book(tmp_path / "sound.xlsx").read_bytes()
    path = tmp_path / "flipped.xlsx"
    kinds = set()
    for _ in range(150):
        flipped = bytearray(data)
        for _ in range(chance.choice((1, 1, 1, 2, 8))):
            at = chance.randrange(len(data) * 8)
            flipped[at // 8] ^= 1 << at % 8
        path.write_bytes(flipped)
        kinds |= set(hold(path).values())
    assert "WorkbookDamaged" in kinds


def changed(draw: st.DrawFn, content: bytes) -> bytes:
    """Change a part as a bad disk or a bad program does: cut, doubled, swapped, other bytes."""
    at = draw(st.integers(0, len(content)))
    end = draw(st.integers(at, min(len(content), at + 40)))
    middle = draw(
        st.one_of(
            st.just(b""),
            st.just(content[at:end] * 2),
            st.binary(max_size=4),
            st.sampled_from(
                [b"<", b">", b'"', b"'", b"&", b"/>", b"<!--", b"-1", b"\0", b"\xff\xfe"]
            ),
        )
    )
    return content[:at] + middle + content[end:]


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_hazard_2_parts_changed_anywhere(tmp_path: Path, data: st.DataObject) -> None:
    """The zip is sound and its checksums right: only what is in the parts is not."""
    path = tmp_path / "changed.xlsx"
    entries = list(entries_of(full_book(tmp_path / "sound.xlsx")).values())
    number = data.draw(st.integers(0, len(entries) - 1))
    content = st.composite(lambda draw: changed(draw, entries[number].content))()
    entries[number] = replace(entries[number], content=data.draw(content))
    path.write_bytes(pack(entries))
    hold(path)


def test_hazard_2_the_corpus_changed_anywhere(shared: Path, tmp_path: Path) -> None:
    chance = random.Random(20261122)  # noqa: S311 - a failure is to be repeatable
    books = sorted((shared / "workbooks" / "corpus").glob("*.xls[xm]"))
    taken = 0
    for book in books:
        if book.stat().st_size > SMALL:
            continue
        taken += 1
        try:
            entries = list(entries_of(book).values())
        except zipfile.BadZipFile:
            continue
        for _ in range(6):
            number = chance.randrange(len(entries))
            content = bytearray(entries[number].content or b"x")
            for _ in range(chance.choice((1, 1, 3))):
                content[chance.randrange(len(content))] = chance.choice(b"<>&\"'/0 \0\xff9A")
            odd = [*entries]
            odd[number] = replace(entries[number], content=bytes(content))
            path = tmp_path / f"odd{book.suffix}"
            path.write_bytes(pack(odd))
            hold(path)
    assert taken > 10
