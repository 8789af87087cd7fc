"""Start the desktop, or a command: ``zoomdesk``, ``python -m zoomdesk``, the frozen program."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_CLI_OPTIONS = {"-h", "--help", "--version"}


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit code; without a command, the window."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except KeyboardInterrupt:
        return _stopped_early(words)


def _run(words: list[str]) -> int:
    if words[:1] == ["--self-test"]:
        from zoomdesk.selftest import main as self_test

        return self_test(words[1:])
    from zoomdesk import cli

    if words and (words[0] in cli.COMMANDS or _CLI_OPTIONS & set(words) or _is_mistyped(words[0])):
        return cli.main(words)
    from zoomdesk.app import run

    return run(words)


def _stopped_early(words: list[str]) -> int:
    """Say that Ctrl+C came before the command had begun; later it says so itself."""
    from zoomdesk.cli.output import Output
    from zoomdesk.errors import Interrupted

    error = Interrupted("The command was ended by Ctrl+C before it had begun.", hint="")
    Output(as_json="--json" in words).error(error)
    return error.exit_code


def _is_mistyped(word: str) -> bool:
    """Tell a misspelt command from a workbook: neither a file nor named like one."""
    return not word.startswith("-") and not Path(word).suffix and not Path(word).exists()


if __name__ == "__main__":
    sys.exit(main())
