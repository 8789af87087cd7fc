"""Run the real command in a process of its own, as a person or a script does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zoomdesk import settings
from zoomdesk.settings import Settings

PATIENCE = 90


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, its one JSON object, and what it said beside it."""

    code: int
    data: dict[str, Any]
    said: str


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "zoomdesk", *map(str, words)]


def run(*words: str | Path, env: dict[str, str], given: str = "") -> Done:
    """Run a command with --json and return what it left; stdout must hold exactly one object."""
    done = subprocess.run(
        command(*words, "--json"),
        env=os.environ | env,
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.count("\n") == 1, done.stdout + done.stderr
    return Done(done.returncode, json.loads(done.stdout), done.stderr)


def read_text(*words: str | Path, env: dict[str, str]) -> tuple[int, str, str]:
    """Run a command as a person does."""
    done = subprocess.run(
        command(*words),
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@contextmanager
def practice_server(*words: str | Path, env: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Serve the simulator by ``zoomdesk practice`` in a process of its own."""
    with subprocess.Popen(
        command("practice", "--json", *words),
        env=os.environ | env,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()
            assert process.wait(PATIENCE) == 0


def sign_in(
    server: dict[str, Any], home: Path, keyring: Path, *, alone: bool = True
) -> dict[str, str]:
    """Sign in at the server as its Server-to-Server app; return the environment to go on with.

    ``alone`` is a setting for a home that needs not look out for other computers: the look takes
    some seconds of each run.
    """
    env = {
        "ZOOMDESK_HOME": str(home),
        "ZOOMDESK_API_URL": server["api_url"],
        "ZOOMDESK_OAUTH_URL": server["oauth_url"],
        "ZOOMDESK_KEYRING_BACKEND": "keyrings.alt.file.PlaintextKeyring",
        "XDG_DATA_HOME": str(keyring),
    }
    home.mkdir(parents=True, exist_ok=True)
    settings.save(Settings(other_computers=not alone), home / "settings.json")
    app = server["server_to_server"]
    done = run(
        "sign-in",
        "--server-to-server",
        "--account-id",
        app["account_id"],
        "--client-id",
        app["client_id"],
        env=env,
        given=app["client_secret"] + "\n",
    )
    assert done.code == 0, done
    return env


def people_of(path: Path, sheet: Sequence[Sequence[object]]) -> Path:
    """Write a plain workbook with these rows and return its path."""
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in sheet:
        book.active.append(list(row))
    book.save(path)
    return path
