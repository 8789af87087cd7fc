"""Tell in which encoding the bytes of a list are written: a wrong guess is a wrong name in a mail.

A byte order mark decides, then zeros (UTF-16), then whether the whole file is valid UTF-8. What is
left are the encodings of Excel on a Windows of the West, of Japan, or of China; ``plausibility``
weighs them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zoomdesk.errors import NotAWorkbook, TextNotUnderstood, WorkbookNotFound
from zoomdesk.workbook.foreign.plausibility import Judgement, is_one_script, judge

ENCODINGS: Mapping[str, str] = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16-le": "Unicode (UTF-16)",
    "utf-16-be": "Unicode (UTF-16, big-endian)",
    "cp1252": "Western European (Windows)",
    "cp932": "Japanese (Shift-JIS)",
    "gb18030": "Chinese (GB18030)",
    "cp949": "Korean (Windows)",
    "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "cp1253": "Greek (Windows)",
    "cp1254": "Turkish (Windows)",
    "euc_jp": "Japanese (EUC)",
    "cp950": "Chinese, traditional (Big5)",
    "mac_roman": "Western European (Mac)",
}
"""What a person may choose, with its name for people. The first seven are guessed, too."""

_ALIASES = {
    "utf-8-sig": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16-le",
    "iso8859-1": "cp1252",
    "iso8859-15": "cp1252",
    "shift_jis": "cp932",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "cp950",
    "euc_kr": "cp949",
    "iso8859-2": "cp1250",
    "mac-roman": "mac_roman",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BLOCK = 1 << 20
_SAMPLE = 1 << 16
"""Bytes of lines with letters beyond ASCII that are weighed."""
_DOUBTFUL = 8
"""Letters beyond ASCII up to which even valid UTF-8 may be an accident."""
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """An encoding of ``ENCODINGS``, and whether no other one comes near."""

    encoding: str
    sure: bool


def encoding_of(name: str) -> str:
    """Return the key of ``ENCODINGS`` that ``name`` means. Raises TextNotUnderstood."""
    try:
        known = codecs.lookup(name.strip()).name
    except LookupError:
        known = ""
    key = _ALIASES.get(known, known)
    if key not in ENCODINGS:
        raise TextNotUnderstood(
            f"There is no encoding “{name}” here.", hint=f"Choose one of: {', '.join(ENCODINGS)}."
        )
    return key


def guess_encoding(path: Path) -> EncodingGuess:
    """Return the encoding of a text file.

    Raises NotAWorkbook where it is no text, TextNotUnderstood where no encoding fits,
    WorkbookNotFound where it cannot be read.
    """
    head = next(_blocks(path), b"")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return EncodingGuess(encoding, sure=True)
    if b"\0" in head:
        return EncodingGuess(_wide(path, head), sure=True)
    utf8, sample = _scan(path)
    if utf8 and not sample:
        return EncodingGuess("utf-8", sure=True)
    if utf8 and not _is_accident(sample):
        return EncodingGuess("utf-8", sure=True)
    found = [judged for judged in judge(sample) if _decodes(path, judged.encoding)]
    if not found:
        if utf8:
            return EncodingGuess("utf-8", sure=False)
        raise TextNotUnderstood(
            f"The letters of “{path.name}” are written in an encoding that is not recognised."
        )
    if utf8 and found[0].score < 0.8:
        return EncodingGuess("utf-8", sure=False)
    return EncodingGuess(found[0].encoding, sure=not utf8 and _is_clear(found))


def _is_clear(found: list[Judgement]) -> bool:
    second = found[1].score if len(found) > 1 else 0.0
    least = 0.8 if found[0].encoding == "cp1252" else 0.6
    return found[0].score >= least and found[0].score - second >= 0.35


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block
    except OSError as error:
        raise WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.") from None


def _scan(path: Path) -> tuple[bool, bytes]:
    """Return whether the whole file is valid UTF-8, and lines of it that are not plain ASCII."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    sample: list[bytes] = []
    room = _SAMPLE
    for block in _blocks(path):
        if b"\0" in block:
            raise NotAWorkbook(f"“{path.name}” is no text: there are zero bytes in it.")
        if utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                utf8 = False
        if room > 0 and not block.isascii():
            for line in block.splitlines():
                if room > 0 and (first := _NOT_ASCII.search(line)):
                    sample.append(line[max(0, first.start() - 64) :][:4096])
                    room -= len(sample[-1])
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    return utf8, b"\n".join(sample)


def _is_accident(sample: bytes) -> bool:
    """Tell whether few letters make valid UTF-8 that no person would write: 通 of GB18030 is one.

    Sequences of three bytes and more are no accident.
    """
    text = sample.decode("utf-8", "replace")
    odd = [letter for letter in text if letter > "\x7f"]
    if len(odd) > _DOUBTFUL or any(letter > "\u07ff" for letter in odd):
        return False
    return not is_one_script(text)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def wide_order(head: bytes) -> str:
    """Return which UTF-16 the first bytes of a file are, of those without a mark; ``""`` for none.

    Lists have commas, digits, line ends: zeros at every other byte. Read the wrong way round these
    are letters of scripts that few write.
    """
    if b"\0" not in head or head.startswith((b"PK", b"\xd0\xcf")):
        return ""
    head = head[: len(head) // 2 * 2]
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _share_of_text(head, encoding))
    return best if _share_of_text(head, best) > 0.9 else ""


def _share_of_text(head: bytes, encoding: str) -> float:
    text = head.decode(encoding, "replace")
    usual = sum(letter.isprintable() or letter in "\t\r\n" for letter in text)
    return (usual / len(text)) if any(letter in "\r\n\t,;@." for letter in text) else 0.0


def _wide(path: Path, head: bytes) -> str:
    order = wide_order(head)
    if not order or not _decodes(path, order):
        raise NotAWorkbook(f"“{path.name}” is no text: there are zero bytes in it.")
    return order
