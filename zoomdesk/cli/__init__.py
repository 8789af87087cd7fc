"""The whole job without a window: the same stages as the desktop, for scripts and power users.

``main(argv)`` runs one command and returns its exit code: 0 every row that could be registered is;
1 some rows failed; 2 usage; 3 sign-in needed; 4 the workbook; 5 Zoom refused the run, could not be
reached, or the day's limit is used up. With ``--json`` exactly one JSON object goes to stdout, also
for an error; progress goes to stderr.
"""

from zoomdesk.cli.main import COMMANDS, main

__all__ = ["COMMANDS", "main"]
