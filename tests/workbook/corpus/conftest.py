"""Write every workbook once a session, whatever the order of the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.workbook.corpus.readers import NodeReaders, missing_node
from tests.workbook.corpus.results import Written, write_results


@pytest.fixture(scope="session")
def node() -> Iterator[NodeReaders]:
    """Return npm's readers, or skip where they are not installed."""
    if missing := missing_node():
        pytest.skip(missing)
    with NodeReaders() as readers:
        yield readers


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Written]:
    """Return a function that writes results into a copy of a workbook, once for each."""
    folder = tmp_path_factory.mktemp("written")

    @cache
    def write(before: Path) -> Written:
        target = folder / str(len(list(folder.iterdir())))
        target.mkdir()
        return write_results(before, target / before.name)

    return write
