"""Offers what a crash left behind, one document after the other."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QObject

from app.core.journal import RecoveredDocument
from app.services.recovery import RecoveryService
from app.windows.desk import Desk
from app.windows.notice import Notice


class RecoveryOffer(QObject):
    """Asks in the notice bar; Later keeps a document for the next start."""

    def __init__(
        self,
        recovery: RecoveryService,
        desk: Desk,
        notice: Notice,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._recovery = recovery
        self._desk = desk
        self._notice = notice

    def ask(self, found: list[RecoveredDocument]) -> None:
        """Offer the first of ``found``, and the rest once that is answered."""
        if not found:
            return
        first, rest = found[0], found[1:]
        name = first.path.name if first.path else self.tr("a document that was never saved")
        words = " ".join(first.text.split())[:60]
        more = self.tr("({count} more after this one)").format(count=len(rest)) if rest else ""

        def next_one() -> None:
            self.ask(rest)

        def restore() -> None:
            self._desk.restore(first)
            next_one()

        def discard() -> None:
            self._recovery.forget(first.doc_id)
            next_one()

        then = QDateTime.fromSecsSinceEpoch(round(first.modified_at))
        when = then.toString("yyyy-MM-dd HH:mm")

        def restore_all() -> None:
            for one in found:
                self._desk.restore(one)

        every = ((self.tr("Restore All"), restore_all),) if rest else ()
        self._notice.say(
            self.tr(
                "Unsaved text of {name} from {time} was found: \u201c{words}\u2026\u201d {more}"
            ).format(name=name, time=when, words=words, more=more),
            (self.tr("Restore"), restore),
            *every,
            (self.tr("Discard"), discard),
            (self.tr("Later"), None),
        )
