"""Bulk changes of class: which revision came after which, so that one undo takes all of it back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from station.journal.audit import AuditEvent
from station.journal.errors import Refusal, RefusedError
from station.journal.records import time_text
from station.journal.reviewing import Reviewing

_HELD_BY = "SELECT reviewer FROM review_leases WHERE part = ? AND until > ?"
_NOTE = "INSERT INTO relabels (command, author, views, time) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A view with its new revision and the one before, None where there was none."""

    uid: UUID
    view: str
    revision: UUID
    parent: UUID | None


class Relabelling(Reviewing):
    """What the writer's thread keeps of bulk changes; the revisions themselves are annotations like any other."""

    def check_free(self, uid: UUID, reviewer: str) -> None:
        """Raise `RefusedError` where another reviewer has the part, or there is no such part."""
        rows = self._rows(_HELD_BY, self._row_of_known(uid), time_text(self._now()))
        if rows and rows[0][0] != reviewer:
            raise RefusedError(Refusal.NOT_NOW, f"{rows[0][0]} has this part at present.")

    def note_relabel(self, views: Sequence[Relabelled], author: str, class_name: str, *, key: UUID, answer: str) -> str:
        """Note what a bulk change of class did, under its command's key. Raises `StorageError`."""

        def note() -> str:
            now = self._now()
            self._renew(author)
            text = json.dumps(
                [[str(v.uid), v.view, str(v.revision), str(v.parent) if v.parent else None] for v in views]
            )
            self._connection.execute(_NOTE, (str(key), author, text, time_text(now)))
            details = {"relabel": str(key), "author": author, "class": class_name, "views": str(len(views))}
            self._chain.append(AuditEvent.RELABELLED, details, now)
            return answer

        return self._answered(key, note)

    def relabel_of(self, command: UUID, author: str) -> tuple[Relabelled, ...]:
        """Return what a bulk change of class did.

        Raises
        ------
        RefusedError
            If there was none by that key, it is another person's, or it is undone.
        """
        rows = self._rows("SELECT author, views, undone FROM relabels WHERE command = ?", str(command))
        if not rows or rows[0][0] != author or rows[0][2]:
            raise RefusedError(Refusal.SUPERSEDED, "There is no such change of class of yours to take back.")
        return tuple(
            Relabelled(UUID(uid), view, UUID(revision), UUID(parent) if parent else None)
            for uid, view, revision, parent in json.loads(rows[0][1])
        )

    def note_relabel_undone(self, command: UUID, author: str, *, key: UUID, answer: str) -> str:
        """Note that a bulk change of class was taken back. Raises `StorageError`."""

        def note() -> str:
            self._connection.execute("UPDATE relabels SET undone = 1 WHERE command = ?", (str(command),))
            details = {"relabel": str(command), "author": author}
            self._chain.append(AuditEvent.RELABEL_UNDONE, details, self._now())
            return answer

        return self._answered(key, note)
