"""Say what went wrong, where, and what to do next, in the words of an office.

Every error that a person may meet is one of these. The tree::

    ZoomdeskError
    ├── UsageError                    exit 2   the command or a setting cannot be understood
    │   └── SettingsError
    ├── AccountError                  exit 3   signing in
    │   ├── SignInRequired
    │   ├── SignInFailed
    │   ├── SignInCancelled
    │   ├── BegunByAnother            the run that is to go on is another account's
    │   └── KeyringError              the safe place for tokens cannot be used
    ├── WorkbookError                 exit 4   the file
    │   ├── WorkbookNotFound
    │   ├── NotAWorkbook
    │   ├── WorkbookEncrypted
    │   │   ├── PasswordNeeded
    │   │   └── WrongPassword
    │   ├── TextNotUnderstood         plain text of an unknown or another encoding
    │   ├── WorkbookSigned
    │   ├── WorkbookDamaged
    │   ├── WorkbookHostile
    │   ├── SheetNotFound
    │   ├── NoPeopleFound
    │   ├── ColumnMissing             the event's form requires what no column answers
    │   ├── WorkbookInUse             somebody holds it open
    │   ├── WorkbookChanged           changed by somebody else since it was opened
    │   ├── WriteRefused              writing would harm something in it
    │   └── WriteFailed               the disk, the share or the permissions
    ├── ExportFailed                  exit 4   a file beside the workbook cannot be written
    ├── Interrupted                   exit 130 Ctrl+C, as shells expect it
    ├── InternalError                 exit 5   a fault of Zoomdesk itself
    └── RunError                      exit 5   Zoom, the network, the journal
        ├── ZoomUnreachable
        │   └── AnswerLost            it was asked, and whether it did as asked is not known
        ├── ZoomRefused               Zoom answered with an error of its own
        │   ├── MissingScope
        │   └── EventUnusable
        ├── DailyLimitReached
        └── JournalError

A library's own exception never travels further than the package that owns the library.
"""

from __future__ import annotations

from typing import ClassVar, Self


class ZoomdeskError(Exception):
    """Carry a title, a message and a hint for the person who meets it.

    ``title`` is a few words for a heading and belongs to the class. ``message`` says what happened
    and where. ``hint`` says what to do next. ``code`` is stable: help pages and support use it.
    ``failed_call`` is the call to Zoom that it comes from, without anybody's name in it: a
    ``zoom.failed_call.FailedCall``, or None.
    """

    title: ClassVar[str] = "Something went wrong"
    default_hint: ClassVar[str] = ""
    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 5
    failed_call: object = None

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = self.default_hint if hint is None else hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    @property
    def body(self) -> str:
        """Return the message for where the title stands before it, which some begin with."""
        rest = self.message.removeprefix(f"{self.title}: ")
        return rest[:1].upper() + rest[1:] if rest != self.message else rest


class Interrupted(ZoomdeskError):
    """Somebody pressed Ctrl+C."""

    title = "Stopped"
    default_hint = "What was done is kept: zoomdesk resume --list"
    code = "interrupted"
    exit_code = 130


class InternalError(ZoomdeskError):
    """The program met something that nobody had thought of."""

    title = "Zoomdesk made a mistake"
    code = "internal"

    @classmethod
    def of(cls, error: BaseException, log: object) -> Self:
        """Return the error to show for ``error``; ``log`` is the file that has it, or None."""
        where = f" {log} has the details, without names and addresses." if log else ""
        return cls(
            f"Something happened that it was not made for ({type(error).__name__}).{where}",
            hint="What was done is kept: zoomdesk resume --list. Please report this.",
        )


class UsageError(ZoomdeskError):
    """The command, or what was typed into a field, cannot be understood."""

    title = "That cannot be understood"
    code = "usage"
    exit_code = 2


class SettingsError(UsageError):
    """A setting, or the file that holds them, is not usable."""

    title = "A setting is not usable"
    code = "settings"


class AccountError(ZoomdeskError):
    """Signing in to Zoom, or keeping the session, did not work."""

    title = "Signing in"
    code = "account"
    exit_code = 3


class SignInRequired(AccountError):
    """Nobody is signed in, or Zoom ended the session."""

    title = "Sign in to Zoom first"
    default_hint = "Sign in (zoomdesk sign-in), then go on: nothing is lost."
    code = "sign-in-required"


class SignInFailed(AccountError):
    """Zoom, or the browser, did not complete the sign-in."""

    title = "Signing in did not work"
    code = "sign-in-failed"


class SignInCancelled(AccountError):
    """The person said no in the browser, closed it, or took too long."""

    title = "Signing in was cancelled"
    default_hint = "Start again when you are ready."
    code = "sign-in-cancelled"


class BegunByAnother(AccountError):
    """A run is to go on with another account than the one that began it.

    ``run`` is its name, ``begun_by`` the key of the account that began it.
    """

    title = "Another account began this registration"
    default_hint = "Go on as the account that began it, or say that this one shall."
    code = "begun-by-another"

    def __init__(self, message: str, *, run: str, begun_by: str) -> None:
        super().__init__(message)
        self.run = run
        self.begun_by = begun_by


class KeyringError(AccountError):
    """The system's safe place for passwords is missing, locked, full or refused."""

    title = "The password store cannot be used"
    code = "keyring"


class WorkbookError(ZoomdeskError):
    """The workbook cannot be read or written as asked."""

    title = "The workbook"
    code = "workbook"
    exit_code = 4


class WorkbookNotFound(WorkbookError):
    """There is no such file, or it may not be read."""

    title = "The workbook was not found"
    default_hint = "Check the name and the folder, and that you may read it."
    code = "workbook-not-found"


class NotAWorkbook(WorkbookError):
    """The file is of a kind that Zoomdesk does not open."""

    title = "Not an Excel workbook (.xlsx)"
    default_hint = "Open it in Excel and save it as .xlsx, then open that file here."
    code = "not-a-workbook"


class WorkbookEncrypted(WorkbookError):
    """The workbook is locked by a password."""

    title = "The workbook has a password"
    default_hint = "Open it in Excel, save a copy without the password, and open the copy here."
    code = "workbook-encrypted"


class PasswordNeeded(WorkbookEncrypted):
    """The workbook can be opened with its password, which was not given."""

    title = "The workbook has a password"
    default_hint = "Give the password that opens it in Excel."
    code = "password-needed"


class WrongPassword(WorkbookEncrypted):
    """The password that was given does not open the workbook."""

    title = "That is not the password"
    default_hint = "Capital and small letters differ. Try again."
    code = "wrong-password"


class TextNotUnderstood(WorkbookError):
    """The bytes of a text file make no text in the encoding that was chosen, or in any."""

    title = "The text cannot be read"
    default_hint = "Choose its encoding, or open it in Excel and save it as .xlsx."
    code = "text-not-understood"


class WorkbookSigned(WorkbookError):
    """The workbook carries a digital signature that any change would break."""

    title = "The workbook is signed"
    default_hint = "Save a copy in Excel without the signature, and use the copy."
    code = "workbook-signed"


class WorkbookDamaged(WorkbookError):
    """The package or one of its parts is broken."""

    title = "The workbook is damaged"
    default_hint = "Open it in Excel, let Excel repair it, save it, and open it here again."
    code = "workbook-damaged"


class WorkbookHostile(WorkbookError):
    """The file is built to do harm: a bomb, a document type, a path that leads outside."""

    title = "The workbook is not safe to open"
    default_hint = "Ask whoever sent it for a fresh copy. Nothing was changed."
    code = "workbook-hostile"


class SheetNotFound(WorkbookError):
    """The workbook has no sheet of that name."""

    title = "There is no such sheet"
    code = "sheet-not-found"


class NoPeopleFound(WorkbookError):
    """No column of the sheet holds email addresses."""

    title = "No people were found"
    default_hint = "Choose the sheet that has a column of email addresses."
    code = "no-people-found"


class ColumnMissing(WorkbookError):
    """The event's form requires an answer that no column of the sheet has."""

    title = "A column is missing"
    default_hint = "Nothing was sent."
    code = "column-missing"


class WorkbookInUse(WorkbookError):
    """Excel, LibreOffice or somebody else holds the file."""

    title = "The workbook is open elsewhere"
    default_hint = "Close it there and try again, or save a copy. Your results are safe meanwhile."
    code = "workbook-in-use"


class WorkbookChanged(WorkbookError):
    """The file is not the one that was opened any more."""

    title = "The workbook was changed by somebody else"
    default_hint = "Nothing was overwritten. Save a copy, or open it again and fetch the links."
    code = "workbook-changed"


class WriteRefused(WorkbookError):
    """Writing these cells would harm something in the workbook."""

    title = "This cannot be written safely"
    default_hint = "Nothing was changed."
    code = "write-refused"


class WriteFailed(WorkbookError):
    """The disk is full, the share is gone, or writing is not allowed there."""

    title = "The workbook could not be saved"
    default_hint = "The original is untouched and your results are safe. Try again or save a copy."
    code = "write-failed"


class ExportFailed(ZoomdeskError):
    """A file that is no workbook could not be written where it was wanted."""

    title = "The file could not be saved"
    default_hint = "Choose another place, or check that there is room and that you may write there."
    code = "export-failed"
    exit_code = 4


class RunError(ZoomdeskError):
    """The run cannot go on now; what was done is kept and it can be resumed."""

    title = "The run stopped"
    code = "run"
    exit_code = 5


class ZoomUnreachable(RunError):
    """The network, a proxy or Zoom itself does not answer.

    ``wants_proxy_login``: the proxy lets nobody through without a name and password.
    """

    title = "Zoom cannot be reached"
    default_hint = "Check the internet connection, then try again: nothing is lost."
    code = "zoom-unreachable"
    wants_proxy_login = False


class AnswerLost(ZoomUnreachable):
    """Zoom was asked for something, or may have been, and no usable answer came back."""

    code = "answer-lost"


class ZoomRefused(RunError):
    """Zoom answered with an error of its own.

    ``http`` is the status, ``zoom_code`` the ``code`` of the body (0 where it had none): the pair
    is the key (zoom/README.md section 1); ``message`` holds Zoom's own words.
    """

    title = "Zoom refused"
    code = "zoom-refused"

    def __init__(
        self, message: str, *, http: int = 0, zoom_code: int = 0, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.http = http
        self.zoom_code = zoom_code


class MissingScope(ZoomRefused):
    """The app in Zoom's marketplace lacks a permission."""

    title = "A permission is missing"
    default_hint = "Ask your Zoom administrator to add it to the app, then sign in again."
    code = "missing-scope"


class EventUnusable(ZoomRefused):
    """The event takes no registrations: over, full, of the wrong kind, registration off."""

    title = "This event cannot take registrations"
    code = "event-unusable"


class DailyLimitReached(RunError):
    """The account's calls for today are used up; they begin again at 00:00 GMT.

    ``wait`` is how many seconds that is away, as Zoom says; 0 where it says nothing.
    """

    title = "Zoom's limit for today is used up"
    default_hint = "Go on with the run after 00:00 GMT. What was done is kept."
    code = "daily-limit"

    def __init__(self, message: str, *, wait: float = 0.0, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.wait = wait


class JournalError(RunError):
    """The record of runs cannot be read or written."""

    title = "The record of runs cannot be used"
    code = "journal"
