"""A screen with a window manager of its own, with focus and keyboard as a person has them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

SIZE = "1600x1100x24"


@contextmanager
def screen(size: str = SIZE) -> Iterator[dict[str, str]]:
    """Start Xvfb on a free display with openbox; yield the environment for programs on it."""
    for program in ("Xvfb", "openbox"):
        if shutil.which(program) is None:
            pytest.skip(f"needs {program}: python packaging/dev.py test installs it as root")
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as home:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"],
            pass_fds=(write,),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        try:
            with os.fdopen(read) as answer:
                display = f":{answer.readline().strip()}"
            env = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": home}
            manager = subprocess.Popen(
                ["openbox", "--sm-disable"],
                env={**os.environ, **env, "HOME": home},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                _wait_for_manager(env)
                yield env
            finally:
                manager.terminate()
                manager.wait(10)
        finally:
            server.terminate()
            server.wait(10)


def _wait_for_manager(env: dict[str, str]) -> None:
    """Wait until the root window names its manager; without one, windows get no focus."""
    if shutil.which("xprop") is None:
        time.sleep(1)
        return
    for _ in range(100):
        found = subprocess.run(
            ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"],
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            check=False,
        )
        if "window id" in found.stdout:
            return
        time.sleep(0.1)
    raise RuntimeError("openbox did not start")
