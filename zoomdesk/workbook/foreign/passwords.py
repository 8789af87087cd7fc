"""Open workbooks behind a password, and lock new ones with it ([MS-OFFCRYPTO] 2.3.4).

What was locked is only ever held in memory: no disk gets it to keep.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from zoomdesk.errors import (
    PasswordNeeded,
    WorkbookDamaged,
    WorkbookEncrypted,
    WorkbookError,
    WorkbookHostile,
    WorkbookNotFound,
    WriteFailed,
    WrongPassword,
)
from zoomdesk.workbook.opc.package import OLE_MAGIC, Package
from zoomdesk.workbook.opc.sniff import refuse_foreign

EXCELS_OWN = "VelvetSweatshop"
"""What Excel tries before it asks: read-only recommended workbooks are locked with it."""

LONGEST = 255
"""Characters that Excel takes in a password."""

MAX_SIZE = 1 << 30
_NAMES_WITHIN = 8 << 20
_SMALLEST_STREAM = 8 + 4592  # a length, and blocks of 16 bytes


def unlocked(path: Path, password: str | None) -> bytes:
    """Return the package that lies in a locked workbook.

    Raises PasswordNeeded where none was given, WrongPassword, WorkbookEncrypted where it is locked
    in a way that only Excel knows (rights management), WorkbookDamaged where its content does not
    agree with its checksum, WorkbookHostile where it is too large to be held.
    """
    data = _content(path)
    if password:
        return _decrypted(path, data, password)
    try:
        return _decrypted(path, data, EXCELS_OWN)
    except WrongPassword:
        raise PasswordNeeded(f"“{path.name}” is locked by a password.") from None


def open_package(path: Path, password: str | None = None) -> Package:
    """Open a workbook that is to be written; ``Package.locked`` tells whether it was locked.

    Raises what ``unlocked`` and opening a package raise, NotAWorkbook for plain text and the like.
    """
    if is_locked(path):
        return Package(path, unlocked(path, password))
    if path.is_file():  # the package says what is wrong where it is none
        refuse_foreign(path)
    return Package(path)


def is_locked(path: Path) -> bool:
    """Tell whether a file holds a package behind a password ([MS-OFFCRYPTO] 2.3)."""
    try:
        with path.open("rb") as file:
            if file.read(8) != OLE_MAGIC:
                return False
            # The directory of streams has their names, and nothing else is looked for.
            return "EncryptedPackage".encode("utf-16-le") in file.read(_NAMES_WITHIN)
    except OSError:
        return False


def lock_into(package: bytes, password: str | None, finished: Path, file: BinaryIO) -> None:
    """Write the package of a locked workbook into the open ``file`` at ``finished``, locked again.

    It is on the disk and opens with the password before this returns. Raises WriteFailed.
    """
    lock(package, password or EXCELS_OWN, file)
    file.flush()
    os.fsync(file.fileno())
    try:
        is_same = unlocked(finished, password) == package
    except WorkbookError:
        is_same = False
    if not is_same:
        raise WriteFailed("The finished file did not pass its check: its password does not open it")


def lock(package: bytes, password: str, target: BinaryIO) -> None:
    """Write the package into ``target``, locked as Excel 2013 and later do: AES and SHA-512.

    The 256 bits of the key hold 128 that are random: so the library makes them. LibreOffice 7.4
    opens what this writes, of 3 kB and of 43 MB; Excel itself was not at hand.
    Raises WriteFailed where that cannot be, for instance for a password that Excel cannot take.
    """
    if not 0 < len(password) <= LONGEST:
        raise WriteFailed(f"A password of Excel has 1 to {LONGEST} characters.", hint="")
    from msoffcrypto.method.container.ecma376_encrypted import ECMA376Encrypted
    from msoffcrypto.method.ecma376_agile import ECMA376Agile

    try:
        info, key = ECMA376Agile.generate_encryption_parameters(password)
        salt = info.keyData.saltValue
        stream = ECMA376Agile.encrypt_payload(BytesIO(package), info.encryptedKey, key, salt)
        # A stream below 4096 bytes belongs into the small sectors of the container, where
        # msoffcrypto-tool 6.1 does not put it: nobody could open the file. The stream says itself
        # where the package in it ends, and may be longer ([MS-OFFCRYPTO] 2.3.4.4).
        stream = stream.ljust(_SMALLEST_STREAM, b"\0")
        described = ECMA376Agile.get_encryption_information(info, stream, key)
        ECMA376Encrypted(stream, described).write_to(target)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  the library has no tree of errors for it
        raise WriteFailed(f"The workbook could not be locked ({type(error).__name__}).") from None


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_SIZE:
            raise WorkbookHostile(f"“{path.name}” is too large to be unlocked here.")
        return path.read_bytes()
    except OSError as error:
        raise WorkbookNotFound(f"“{path}” cannot be read: {error.strerror or error}.") from None


def _decrypted(path: Path, data: bytes, password: str) -> bytes:
    # Both take a tenth of a second to import: only whoever has a locked workbook waits.
    from msoffcrypto import exceptions
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = BytesIO()
    try:
        locked = OOXMLFile(BytesIO(data))
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(plain, verify_integrity=locked.type == "agile")
    except exceptions.InvalidKeyError as error:
        if "integrity" in str(error).lower():
            raise _damaged(path) from None
        raise WrongPassword(f"The password does not open “{path.name}”.") from None
    except exceptions.DecryptionError:
        raise WorkbookEncrypted(
            f"“{path.name}” is locked in a way that only Excel can open."
        ) from None
    except MemoryError:
        raise WorkbookHostile(f"“{path.name}” is too large to be unlocked here.") from None
    except Exception:  # noqa: BLE001  bytes of the file go unchecked into struct, XML and base64
        raise _damaged(path) from None
    return plain.getvalue()


def _damaged(path: Path) -> WorkbookDamaged:
    return WorkbookDamaged(f"“{path.name}” is locked by a password, and it is damaged.")
