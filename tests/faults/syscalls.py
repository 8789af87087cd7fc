"""Have the kernel refuse system calls of this process, as it does where a disk fails (seccomp(2)).

What is refused stays refused until the process ends: only for children made to be thrown away. No
right is needed, and every layer above, Python's own included, meets the real errno.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

_NUMBERS: dict[str, dict[str, int]] = {
    "x86_64": {
        "read": 0, "write": 1, "open": 2, "stat": 4, "fstat": 5, "lstat": 6, "pread64": 17,
        "pwrite64": 18, "sendfile": 40, "fsync": 74, "ftruncate": 77, "getdents64": 217,
        "rename": 82, "mkdir": 83, "unlink": 87, "chmod": 90, "chown": 92, "openat": 257,
        "newfstatat": 262, "unlinkat": 263, "renameat": 264, "fchmodat": 268,
        "copy_file_range": 326, "statx": 332, "seccomp": 317,
    },
    "aarch64": {
        "read": 63, "write": 64, "pread64": 67, "pwrite64": 68, "sendfile": 71, "fsync": 82,
        "ftruncate": 46, "getdents64": 61, "mkdirat": 34, "unlinkat": 35, "renameat": 38,
        "fchmodat": 53, "fchownat": 54, "openat": 56, "newfstatat": 79, "fstat": 80,
        "renameat2": 276, "copy_file_range": 285, "statx": 291, "seccomp": 277,
    },
}  # fmt: skip

_ANY_WRITE = (
    "write", "pwrite64", "sendfile", "copy_file_range", "fsync", "ftruncate", "mkdir", "mkdirat",
)  # fmt: skip
FULL = _ANY_WRITE
"""What a full disk refuses: it can still be read, renamed and emptied."""
GONE = tuple(sorted({name for names in _NUMBERS.values() for name in names} - {"seccomp"}))
"""What a dead disk or a share that went away refuses: everything."""
PUT = ("rename", "renameat", "renameat2")
"""What puts one file in the place of another."""

_PR_SET_NO_NEW_PRIVS, _SET_MODE_FILTER, _ALL_THREADS = 38, 1, 1
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000


def can_refuse() -> bool:
    """Say whether this machine is one whose calls are known."""
    return sys.platform == "linux" and platform.machine() in _NUMBERS


def refuse(names: tuple[str, ...], error: int) -> None:
    """Have these system calls fail with errno ``error`` from now on, on every thread."""
    known = _NUMBERS[platform.machine()]
    numbers = [known[name] for name in names if name in known]
    steps = [(_LOAD, 0, 0, 0)]
    steps += [(_JUMP_IF_EQUAL, len(numbers) - at, 0, n) for at, n in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERRNO | error)]
    code = b"".join(struct.pack("<HBBI", *step) for step in steps)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HxxxxxxP", len(steps), ctypes.addressof(buffer))
    if libc.syscall(known["seccomp"], _SET_MODE_FILTER, _ALL_THREADS, program):
        raise OSError(ctypes.get_errno(), "seccomp")
