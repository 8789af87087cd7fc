"""Print the requirements that other systems and newer Pythons have and this environment lacks.

    python packaging/elsewhere.py REQUIREMENT ...

Runs in the environment that ``dev.py pin`` is about to freeze: a freeze alone knows only what the
system that it is made on needs. The markers are those of PEP 508.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

SYSTEMS = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def main() -> None:
    """Print one missing requirement a line, without its marker."""
    found: dict[str, Requirement] = {}
    waiting = [Requirement(text) for text in sys.argv[1:]]
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        try:
            waiting.extend(needed_by(requirement))
        except PackageNotFoundError:
            found[canonicalize_name(requirement.name)] = requirement
    for name in sorted(found):
        print(f"{found[name].name}{found[name].specifier}")


def needed_by(requirement: Requirement) -> Iterator[Requirement]:
    """Yield what an installed package needs on any system; raises PackageNotFoundError."""
    for text in requires(requirement.name) or ():
        needed = Requirement(text)
        if needed.marker is None or any(map(needed.marker.evaluate, places(requirement.extras))):
            needed.marker = None
            yield needed


def places(extras: set[str]) -> Iterator[dict[str, str]]:
    """Yield the marker environments of every system and Python, with and without the extras."""
    for system in SYSTEMS:
        for version in PYTHONS:
            for extra in ("", *sorted(extras)):
                versions = {"python_version": version, "python_full_version": f"{version}.0"}
                yield {**system, **versions, "extra": extra}


if __name__ == "__main__":
    main()
