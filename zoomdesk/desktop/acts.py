"""Say in the person's language what may be done with registrants, and what became of them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from zoomdesk.registration.lifecycle import Act, LifePlan, Result, Why


class ActWords(QObject):
    """Hold the counted texts that no widget owns: lupdate knows plural forms in ``tr`` only."""

    def verb(self, act: Act, count: int) -> str:
        """Say what the button does: ``Cancel 12 registrations``."""
        words = {
            Act.APPROVE: self.tr("Approve %Ln people", "", count),
            Act.DENY: self.tr("Deny %Ln people", "", count),
            Act.CANCEL: self.tr("Cancel %Ln registrations", "", count),
            Act.DELETE: self.tr("Delete %Ln people", "", count),
        }
        return words[act]

    def question(self, act: Act, count: int) -> str:
        """Ask it."""
        words = {
            Act.APPROVE: self.tr("Approve %Ln people?", "", count),
            Act.DENY: self.tr("Deny %Ln people?", "", count),
            Act.CANCEL: self.tr("Cancel %Ln registrations?", "", count),
            Act.DELETE: self.tr("Delete %Ln people from Zoom’s list?", "", count),
        }
        return words[act]

    def going_on(self, act: Act) -> str:
        """Name it while it goes on."""
        words = {
            Act.APPROVE: self.tr("Approving"),
            Act.DENY: self.tr("Denying"),
            Act.CANCEL: self.tr("Cancelling registrations"),
            Act.DELETE: self.tr("Deleting"),
        }
        return words[act]

    def busy(self, act: Act | None) -> str:
        """Say why something else has to wait, while an act or, for None, a run goes on."""
        registering = self.tr("People are being registered")
        return self.tr("Registrants are being changed") if act else registering

    def effect(self, act: Act) -> str:
        """Say what it means for whom it is done with."""
        words = {
            Act.APPROVE: self.tr("Each gets a link of their own, and it is written into the row."),
            Act.DENY: self.tr("They cannot join. A link that they have stops working."),
            Act.CANCEL: self.tr("Their links stop working. They can be approved again later."),
            Act.DELETE: self.tr(
                "Zoom forgets them, with all that they answered. Their links stop working."
            ),
        }
        return words[act]

    def mails(self, plan: LifePlan, *, practice: bool) -> str:
        """Say whether Zoom mails them."""
        if practice:
            return self.tr("Practice: nobody is mailed.")
        if plan.mails is None:
            return self.tr("Zoom may mail them, as the event is set.")
        return self.tr("Zoom mails them.") if plan.mails else self.tr("Zoom mails nobody.")

    def reason(self, act: Act, why: Why, count: int) -> str:
        """Count the rows that are left out for a reason."""
        already = {
            Act.APPROVE: self.tr("%Ln approved already", "", count),
            Act.DENY: self.tr("%Ln denied already", "", count),
            Act.CANCEL: self.tr("%Ln cancelled already", "", count),
            Act.DELETE: self.tr("%Ln gone already", "", count),
        }
        words = {
            Why.ALREADY: already[act],
            Why.UNLISTED: self.tr("%Ln not on Zoom’s list", "", count),
            Why.HIDDEN: self.tr("%Ln perhaps hidden in Zoom’s list", "", count),
            Why.OTHER: self.tr("%Ln with the ID of another address", "", count),
            Why.WAITING: self.tr("%Ln waiting for approval", "", count),
            Why.LIMIT: self.tr("%Ln changed ten times today", "", count),
            Why.NO_ADDRESS: self.tr("%Ln without a usable address", "", count),
        }
        return words[why]

    def result(self, act: Act, result: Result) -> str:
        """Name how it ended, after its number."""
        done = {
            Act.APPROVE: (self.tr("approved"), self.tr("not approved")),
            Act.DENY: (self.tr("denied"), self.tr("not denied")),
            Act.CANCEL: (self.tr("cancelled"), self.tr("not cancelled")),
            Act.DELETE: (self.tr("deleted"), self.tr("not deleted")),
        }
        words = {
            Result.DONE: done[act][0],
            Result.ALREADY: self.tr("as wanted already"),
            Result.LEFT_OUT: self.tr("left out"),
            Result.FAILED: done[act][1],
            Result.UNCONFIRMED: self.tr("not confirmed"),
            Result.STOPPED: self.tr("not reached"),
        }
        return words[result]


_words = ActWords()
verb, question, going_on, effect = _words.verb, _words.question, _words.going_on, _words.effect
mails, reason, result, busy = _words.mails, _words.reason, _words.result, _words.busy
