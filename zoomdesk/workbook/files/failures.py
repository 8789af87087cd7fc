"""Say in the words of an office why a disk, a share or a permission refused a file."""

from __future__ import annotations

import errno
from pathlib import Path

from zoomdesk.errors import WriteFailed

_FREE_SPACE = "Make room there, then save again, or save a copy in another place."
_SHARE = "Check the network and the drive, then save again, or save a copy on this computer."
_RIGHTS = "Ask for the right to write there, or save a copy in a folder of your own."
_SHORTER = "Save a copy under a shorter name, or in a folder nearer to the top of the drive."

_REASONS: dict[int, tuple[str, str | None]] = {
    errno.ENOSPC: ("the disk is full", _FREE_SPACE),
    errno.EDQUOT: ("your share of the disk is used up", _FREE_SPACE),
    errno.EFBIG: ("the disk takes no file of that size", _FREE_SPACE),
    errno.EIO: ("the disk or the network drive does not answer as it should", _SHARE),
    errno.ESTALE: ("the network drive is gone or was mounted anew", _SHARE),
    errno.ENOTCONN: ("the network drive is not connected any more", _SHARE),
    errno.ETIMEDOUT: ("the network drive does not answer", _SHARE),
    errno.EHOSTDOWN: ("the computer with the network drive does not answer", _SHARE),
    errno.EHOSTUNREACH: ("the computer with the network drive cannot be reached", _SHARE),
    errno.ENETDOWN: ("the network is down", _SHARE),
    errno.ENETUNREACH: ("the network cannot be reached", _SHARE),
    errno.ENODEV: ("the drive is gone", _SHARE),
    errno.ENXIO: ("the drive is gone", _SHARE),
    errno.EROFS: ("the disk can only be read", _RIGHTS),
    errno.EACCES: ("you may not write into its folder", _RIGHTS),
    errno.EPERM: ("the file or its folder is protected against changes", _RIGHTS),
    errno.ENOENT: ("its folder is not there any more", None),
    errno.ENOTDIR: ("its folder is not there any more", None),
    errno.ENAMETOOLONG: ("its name, or the way to it, is too long for this disk", _SHORTER),
    errno.EILSEQ: ("its name has characters that this disk does not take", _SHORTER),
    errno.EXDEV: ("the file was moved to another disk meanwhile", None),
}
"""POSIX error numbers; Python translates those of Windows into them."""

_WINDOWS: dict[int, tuple[str, str | None]] = {
    3: ("its folder is not there any more", None),
    19: ("the disk is write-protected", _RIGHTS),
    21: ("the drive is gone", _SHARE),
    53: ("the network path was not found", _SHARE),
    55: ("the network drive is gone", _SHARE),
    59: ("the network failed", _SHARE),
    64: ("the network drive is gone", _SHARE),
    67: ("the network drive is gone", _SHARE),
    112: ("the disk is full", _FREE_SPACE),
    121: ("the network drive does not answer", _SHARE),
    206: ("its name, or the way to it, is too long", _SHORTER),
    1231: ("the network cannot be reached", _SHARE),
    1816: ("your share of the disk is used up", _FREE_SPACE),
    123: ("its name has characters that this disk does not take", _SHORTER),
}
"""Codes of Windows (System Error Codes) that Python knows no errno for."""


def reason(error: OSError) -> tuple[str, str | None]:
    """Return why, as the end of a sentence without its full stop, and what to do or None."""
    known = _WINDOWS.get(getattr(error, "winerror", None) or 0)
    known = known or _REASONS.get(error.errno or 0)
    return known or (error.strerror or str(error), None)


def failed(target: Path, error: OSError) -> WriteFailed:
    """Return the error to raise where ``target`` could not be saved."""
    why, hint = reason(error)
    if hint is not None:
        hint = f"{hint} The original is untouched and your results are safe."
    return WriteFailed(f"“{target.name}” could not be saved: {why}.", hint=hint)
