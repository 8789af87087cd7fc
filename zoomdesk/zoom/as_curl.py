r"""Write a failed call as a curl command that runs once a token stands in for ``{{token}}``.

Each shell reads quotes in its own way, so the JSON is written with none of the characters that any
of them could take for its own: what is not plain stands as ``\uXXXX``, which JSON reads the same.
"""

from __future__ import annotations

import json
import re
import shlex
from typing import Any, Literal
from urllib.parse import urlencode

from zoomdesk.zoom.failed_call import FailedCall

Shell = Literal["bash", "powershell", "cmd"]
SHELLS: tuple[Shell, ...] = ("bash", "powershell", "cmd")
TOKEN = "{{token}}"  # noqa: S105  stands where the token goes

_SAFE = re.compile(r"[^\w .,:;@/+=?*#~()\[\]{}\"\\-]", re.ASCII)


def as_curl(call: FailedCall, shell: Shell = "bash") -> str:
    """Return the command for a shell: bash and its kin, PowerShell 5 to 7, or Windows' cmd."""
    words = ["--include", "--request", call.method, address(call)]
    words += ["--header", f"Authorization: Bearer {TOKEN}"]
    body = call.body or {}
    if call.form == "json":
        words += ["--header", "Content-Type: application/json"]
    if shell == "powershell":
        return _powershell(words, call)
    if call.form == "json":
        words += ["--data-raw", safe_json(body)]
    for name, value in body.items() if call.form == "multipart" else ():
        words += ["--form-string", f"{name}={safe_json(value)}"]
    if shell == "cmd":
        return "curl.exe " + " ".join(map(_cmd, words))
    return "curl " + _lines(words, " \\\n  ", shlex.quote)


def address(call: FailedCall) -> str:
    """Return the whole address of the call."""
    return call.base + call.path + (f"?{urlencode(call.query)}" if call.query else "")


def safe_json(value: Any) -> str:
    """Return JSON without characters that a shell could take for its own."""
    return _SAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value))


def _powershell(words: list[str], call: FailedCall) -> str:
    """Hand the body in on standard input: before 7.3, PowerShell drops quotes inside arguments."""
    body = call.body or {}
    given = ""
    if call.form == "json":
        given = safe_json(body)
        words += ["--data-binary", "@-"]
    elif call.form == "multipart":
        for name, value in body.items():
            if isinstance(value, list | dict):
                given = safe_json(value)
                words += ["--form", f"{name}=<-"]
            else:
                words += ["--form-string", f"{name}={safe_json(value)}"]
    command = "curl.exe " + _lines(words, " `\n  ", _single)
    return f"{_single(given)} | {command}" if given else command


def _lines(words: list[str], joint: str, quote: Any) -> str:
    """Put each option with its value on a line of its own."""
    lines: list[str] = []
    for word in words:
        takes_value = bool(lines) and lines[-1].startswith("--") and " " not in lines[-1]
        if takes_value and lines[-1] != "--include":
            lines[-1] += f" {quote(word)}"
        else:
            lines.append(word if word.startswith("--") else quote(word))
    return joint.join(lines)


def _single(word: str) -> str:
    """Quote for PowerShell, which takes everything between single quotes as it is."""
    if re.fullmatch(r"[\w./:@-]+", word, re.ASCII) and not word.startswith("@"):
        return word
    return "'" + word.replace("'", "''") + "'"


def _cmd(word: str) -> str:
    """Quote for the C runtime that splits a Windows command line: a quote inside is escaped."""
    if re.fullmatch(r"[\w./:-]+", word, re.ASCII):
        return word
    # A backslash counts as itself except before a quote.
    escaped = re.sub(r'(\\*)"', lambda found: found[1] * 2 + '\\"', word)
    trailing = len(escaped) - len(escaped.rstrip("\\"))
    return f'"{escaped}{chr(92) * trailing}"'
