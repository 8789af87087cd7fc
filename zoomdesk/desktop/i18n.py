"""Say times, durations and lists in the person's language, and load the translations.

Texts of the window go through ``tr()`` of a QObject, or ``QCoreApplication.translate`` where there
is none; numbers in them are ``%Ln``, so that every language has its own plural forms. English has
a translation as well: its plurals.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from zoomdesk import paths
from zoomdesk.registration.wording import Reason
from zoomdesk.roster.fields import EXTRA_FIELDS, Field, Topic

translate = QCoreApplication.translate

# The dash is for a time that nobody knows yet.
_NONE = "–"


def install(app: QCoreApplication, language: str = "en") -> None:
    """Load Qt's own texts and ours for a language, and speak it in dates and lists as well.

    Numbers and dates are those of the language as the person's own country writes it.
    """
    country = QLocale.system().territory()
    QLocale.setDefault(QLocale(QLocale(language).language(), country))
    qt = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(QLocale(language), "qtbase", "_", folder):
        app.installTranslator(qt)
    ours = QTranslator(app)
    if ours.load(str(paths.resource("translations", f"zoomdesk_{language}.qm"))):
        app.installTranslator(ours)


def moment(when: datetime | None) -> str:
    """Say a date and time in the person's own time zone: ``Tue 5 Jan 2027, 09:00``."""
    if when is None:
        return _NONE
    local = when.astimezone()
    locale = QLocale()
    day = locale.dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)
    month = locale.monthName(local.month, QLocale.FormatType.ShortFormat)
    text = translate("i18n", "%1 %2 %3 %4, %5", "weekday, day, month, year, time")
    parts = (day, local.day, month, local.year, f"{local:%H:%M}")
    for number, part in enumerate(parts, 1):
        text = text.replace(f"%{number}", str(part))
    return text


def zone_name() -> str:
    """Name the person's time zone shortly: ``CET``, ``UTC+02``."""
    name = datetime.now(UTC).astimezone().tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name}"


class Plurals(QObject):
    """Hold the counted texts that no widget owns: lupdate knows plural forms in ``tr`` only."""

    def about(self, seconds: float) -> str:
        """Say roughly how long: ``about 2 seconds``."""
        if seconds < 90:
            return self.tr("about %Ln seconds", "", max(1, round(seconds)))
        if seconds < 5400:
            return self.tr("about %Ln minutes", "", round(seconds / 60))
        return self.tr("about %Ln hours", "", round(seconds / 3600))

    def ago(self, when: datetime) -> str:
        """Say how long ago something was: ``just now``, ``2 minutes ago``."""
        seconds = (datetime.now(UTC) - when).total_seconds()
        if seconds < 60:
            return self.tr("just now")
        if seconds < 3600:
            return self.tr("%Ln minutes ago", "", int(seconds // 60))
        if seconds < 86400:
            return self.tr("%Ln hours ago", "", int(seconds // 3600))
        return fill(self.tr("on %1"), moment(when))

    def more(self, count: int) -> str:
        """End a list that is longer than what is shown of it: ``and 12 more``."""
        return self.tr("and %Ln more", "", count)

    def reason(self, reason: Reason, count: int) -> str:
        """Count the rows that are left out for a reason: ``5 already registered``."""
        words = {
            Reason.ALREADY: self.tr("%Ln already registered", "", count),
            Reason.PENDING: self.tr("%Ln waiting for approval", "", count),
            Reason.DENIED: self.tr("%Ln denied by the host", "", count),
            Reason.HOST: self.tr("%Ln hosting the event", "", count),
            Reason.QUESTIONS: self.tr("%Ln without a required answer", "", count),
            Reason.ANSWERS: self.tr("%Ln with an answer that the form does not take", "", count),
            Reason.TRIES: self.tr("%Ln sent three times today", "", count),
            Reason.HIDDEN: self.tr("%Ln perhaps registered", "", count),
            Reason.ERROR: self.tr("%Ln with errors", "", count),
        }
        return words[reason]


_plurals = Plurals()
about, ago, more, reason = _plurals.about, _plurals.ago, _plurals.more, _plurals.reason


def listed(parts: list[str]) -> str:
    """Join words as a sentence does: ``a, b and c``."""
    return QLocale().createSeparatedList(parts) if len(parts) > 1 else "".join(parts)


def number(value: int) -> str:
    """Write a number as the person's language does: ``12,345``."""
    return QLocale().toString(value)


def fill(text: str, *parts: object) -> str:
    """Put parts into ``%1``, ``%2`` … of a translated text, all in one pass.

    One pass, because a part may itself hold ``%1``: a sheet may be called anything.
    """
    for place in range(len(parts), 0, -1):
        text = text.replace(f"%{place}", f"\ue000{place}\ue001")
    for place, part in enumerate(parts, 1):
        text = text.replace(f"\ue000{place}\ue001", str(part))
    return text


def field_name(field: Field) -> str:
    """Name what a column holds, as an office says it."""
    names = {
        Field.EMAIL: translate("fields", "Email"),
        Field.FIRST_NAME: translate("fields", "First name"),
        Field.LAST_NAME: translate("fields", "Last name"),
        Field.FULL_NAME: translate("fields", "Full name"),
        Field.ORG: translate("fields", "Company"),
        Field.JOB_TITLE: translate("fields", "Job title"),
        Field.PHONE: translate("fields", "Phone"),
        Field.ADDRESS: translate("fields", "Address"),
        Field.CITY: translate("fields", "City"),
        Field.STATE: translate("fields", "State or province"),
        Field.ZIP: translate("fields", "Postcode"),
        Field.COUNTRY: translate("fields", "Country"),
        Field.INDUSTRY: translate("fields", "Industry"),
        Field.COMMENTS: translate("fields", "Comments"),
        Field.NO_OF_EMPLOYEES: translate("fields", "Number of employees"),
        Field.PURCHASING_TIME_FRAME: translate("fields", "Purchasing time frame"),
        Field.ROLE_IN_PURCHASE_PROCESS: translate("fields", "Role in purchasing"),
        Field.LANGUAGE: translate("fields", "Language"),
    }
    return names[field]


def topic_name(topic: Topic) -> str:
    """Name what a column answers: a field as an office says it, a question by its title."""
    return field_name(topic) if isinstance(topic, Field) else topic.text


CHOOSABLE = (Field.EMAIL, Field.FIRST_NAME, Field.LAST_NAME, Field.FULL_NAME, *EXTRA_FIELDS)
"""The fields in the order in which a person is offered them."""
