"""Fuzz the workbook engine, guided by what code each input reaches; run by ``dev.py fuzz``.

``fuzz.py [--minutes N] [TARGET ...]`` runs each target of tests/workbook/fuzzed/targets.py for N
minutes (default 5) in a process of its own, at low priority. It begins with the seeds and with what
earlier runs reached (``build/fuzz/``). An input that breaks a promise is made smaller and kept in
``tests/workbook/fuzzed/found/TARGET``, where ``dev.py test`` runs it for ever after; the exit code
is then 1. atheris, the engine, has wheels for Linux only (x86-64, Python 3.11 to 3.13).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / "tests" / "workbook" / "fuzzed" / "found"
REACHED = ROOT / "build" / "fuzz"
Mutate = Callable[[bytes, int], bytes]
NAMES = ("package", "tokenizer", "sheet", "numbers", "strings", "csv")
LONGEST = {"package": 16_384, "numbers": 400}
"""Bytes of an input; 4,096 for the other targets."""
SLOWEST = 20
"""Seconds after which one input is a finding."""
MEMORY = 2_048
"""Megabytes."""
WORDS = (
    b"<row", b"</row>", b"<c", b"</c>", b"<v>", b"</v>", b"<f", b"</f>", b"<is>", b"<t>", b"/>",
    b'r="A1"', b't="s"', b't="str"', b't="inlineStr"', b's="1"', b"<!--", b"-->", b"<![CDATA[",
    b"]]>", b"<?x ", b"?>", b"&amp;", b"&#10;", b"_x000D_", b"x:", b"<si>", b"</si>", b"<si/>",
    b"<rPh", b"<r>", b"</sst>", b"<sheetData>", b"</sheetData>", b"<sheetData/>", b'ref="A1:B2"',
    b'si="0"', b't="shared"', b't="array"', b"PK\3\4", b"PK\1\2", b"PK\5\6", b"PK\6\6",
    b"\xff\xff\xff\xff", b"[h]", b"AM/PM", b"[$-409]", b"General", b"E+", b"???/???", b"@;",
)  # fmt: skip
"""A dictionary of what is worth trying, for libFuzzer."""


def main(argv: list[str] | None = None) -> int:
    """Fuzz each target in a process of its own and tell what came of it."""
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0, help="for each target (default 5)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*", choices=(*NAMES, []), metavar="TARGET")
    options, more = parser.parse_known_args(argv)
    if options.inside:
        return inside(options.targets[0], more)
    results = [fuzz(name, options.minutes) for name in options.targets or NAMES]
    print(*results, sep="\n")
    return int(any("FOUND" in result for result in results))


def fuzz(name: str, minutes: float) -> str:
    """Fuzz one target; return a line on executions, code reached and findings."""
    reached, found = REACHED / name, FOUND / name
    for folder in (reached, found):
        folder.mkdir(parents=True, exist_ok=True)
    words = REACHED / "words.txt"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in WORDS)
    words.write_text("".join(f'"{word}"\n' for word in escaped))
    before = set(found.iterdir())
    command = [
        sys.executable, str(Path(__file__)), "--inside", name,
        f"-max_total_time={int(minutes * 60)}", f"-max_len={LONGEST.get(name, 4096)}",
        f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-dict={words}",
        f"-artifact_prefix={found}{os.sep}", "-print_final_stats=1", "-verbosity=1", str(reached),
    ]  # fmt: skip
    nice = ["nice", "-n", "10"]
    done = subprocess.run([*nice, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    new = sorted(set(found.iterdir()) - before)
    runs = re.findall(r"number_of_executed_units:\s*(\d+)", done.stderr)
    cover = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", done.stderr)
    line = f"{name}: {runs[-1] if runs else '?'} executions, "
    line += "edges {}, features {}, kept {}".format(*(cover[-1] if cover else "???"))
    if done.returncode or new:
        (REACHED / f"{name}.log").write_text(done.stderr)
        kept = [small(name, path).name for path in new]
        line += f"; FOUND {kept}, see {REACHED / name}.log"
    if not any(found.iterdir()):
        found.rmdir()
    return line


def small(name: str, path: Path) -> Path:
    """Cut pieces out of what was found as long as it stays a finding; name it by its content."""
    data = path.read_bytes()
    size = len(data) // 2
    tries = 0
    while size and tries < 60:
        for at in range(0, len(data), size):
            shorter = data[:at] + data[at + size :]
            tries += 1
            if tries >= 60:
                break
            if is_finding(name, shorter):
                data = shorter
                break
        else:
            size //= 2
    kept = path.with_name(hashlib.sha256(data).hexdigest()[:12])
    path.unlink()
    kept.write_bytes(data)
    return kept


def is_finding(name: str, data: bytes) -> bool:
    """Tell in a process of its own whether an input breaks a promise."""
    code = (
        "import sys; from tests.workbook.fuzzed.targets import TARGETS; "
        "TARGETS[sys.argv[1]](sys.stdin.buffer.read())"
    )
    command = [sys.executable, "-c", code, name]
    try:
        done = subprocess.run(
            command, cwd=ROOT, input=data, capture_output=True, timeout=SLOWEST, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def inside(name: str, arguments: list[str]) -> int:
    """Be the process that fuzzes."""
    import atheris

    with atheris.instrument_imports(include=["zoomdesk.workbook"]):
        from tests.workbook.fuzzed.seeds import seeds
        from tests.workbook.fuzzed.targets import TARGETS
    reached = Path(arguments[-1])
    for data in seeds(name):
        (reached / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        return mutated_zip(data, longest, seed, atheris.Mutate)

    own = {"custom_mutator": mutated} if name == "package" else {}
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name], **own)
    atheris.Fuzz()
    return 0


def mutated_zip(data: bytes, longest: int, seed: int, mutate: Mutate) -> bytes:
    """Change one part of a package and pack it again, checksums and all; now and then any bytes."""
    chance = random.Random(seed)  # noqa: S311 - to be repeatable, not secret
    if chance.random() < 0.3:
        return mutate(data, longest)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except Exception:  # noqa: BLE001 - whatever zipfile makes of it
        return mutate(data, longest)
    if not parts:
        return mutate(data, longest)
    at = chance.randrange(len(parts))
    what = chance.random()
    name, content = parts[at]
    if what < 0.85:
        parts[at] = name, mutate(content, len(content) + 200)
    elif what < 0.9:
        del parts[at]
    elif what < 0.95:
        parts[at] = name, chance.choice(parts)[1]
    else:
        parts[at] = mutate(name.encode(), 60).decode("utf-8", "replace"), content
    packed = io.BytesIO()
    try:
        with zipfile.ZipFile(packed, "w", chance.choice((0, 8))) as archive:
            for name, content in parts:
                archive.writestr(zipfile.ZipInfo(name), content)
    except (ValueError, UnicodeError):
        return data
    return packed.getvalue()[:longest]


if __name__ == "__main__":
    sys.exit(main())
