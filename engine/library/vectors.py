"""Embeddings of passages in an index, and the passages nearest to a query by them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from engine.errors import ModelDamaged
from engine.library.control import IndexControl
from engine.library.database import Database, transaction
from engine.library.embedding import ABOUT_NAME, Embedder, Vector
from engine.library.types import IndexProgress, IndexStage

_AT_ONCE = 32


class Embedding:
    """The model that a library's passages are embedded with, and their vectors.

    ``given`` is a model or the folder of one, where there may be none.
    """

    def __init__(self, given: Embedder | Path | None) -> None:
        self._given = given
        self._lock = threading.Lock()
        self._opened: tuple[int, Embedder] | None = None
        self._vectors = Vectors()

    def embedder(self) -> Embedder | None:
        """The model, opened where it is new or another one. Raises ``ModelDamaged``."""
        if not isinstance(self._given, Path):
            return self._given
        with self._lock:
            try:
                made = (self._given / ABOUT_NAME).stat().st_mtime_ns
            except OSError:
                self._opened = None
                return None
            if self._opened is None or self._opened[0] != made:
                self._opened = (made, Embedder(self._given))
            return self._opened[1]

    def nearest(self, database: sqlite3.Connection, query: str, count: int) -> list[int]:
        """As ``Vectors.nearest``; none without a model that works."""
        try:
            embedder = self.embedder()
        except ModelDamaged:
            return []  # words are still found, and refreshing tells
        if embedder is None:
            return []
        return self._vectors.nearest(database, embedder, query, count)


class Vectors:
    """Keeps the vectors of an index in memory between searches; 4 bytes a dimension."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[object, ...] = ()
        self._keys: list[int] = []
        self._matrix: Vector = np.zeros((0, 1), np.float32)

    def nearest(
        self, database: sqlite3.Connection, embedder: Embedder, query: str, count: int
    ) -> list[int]:
        """The ids of the ``count`` passages nearest in meaning to ``query``, the nearest first."""
        with self._lock:
            self._load(database, embedder)
            keys, matrix = self._keys, self._matrix
        if not keys:
            return []
        near = matrix @ embedder.embed([query])[0]
        best = np.argsort(-near, kind="stable")[:count]
        return [keys[at] for at in best]

    def _load(self, database: sqlite3.Connection, embedder: Embedder) -> None:
        state = (
            embedder.fingerprint,
            *database.execute(
                "SELECT count(*), max(passage), total(passage) FROM vectors WHERE model = ?",
                (embedder.fingerprint,),
            ).fetchone(),
        )
        if state == self._state:
            return
        rows = database.execute(
            "SELECT passage, vector FROM vectors WHERE model = ? ORDER BY passage",
            (embedder.fingerprint,),
        ).fetchall()
        size = 4 * embedder.dimensions
        sound = [(key, vector) for key, vector in rows if len(vector) == size]
        self._keys = [key for key, _ in sound]
        joined = b"".join(vector for _, vector in sound)
        self._matrix = np.frombuffer(joined, "<f4").reshape(-1, embedder.dimensions)
        self._state = state


def embed_missing(
    database: Database,
    embedder: Embedder,
    control: IndexControl,
    tell: Callable[[IndexProgress], None],
) -> bool:
    """Embed the passages that this model has not embedded yet (blocking); False if cancelled."""
    with database.connected() as connection:
        missing = [
            row[0]
            for row in connection.execute(
                "SELECT p.id FROM passages p LEFT JOIN vectors v ON v.passage = p.id AND "
                "v.model = ? WHERE v.passage IS NULL ORDER BY p.document, p.start",
                (embedder.fingerprint,),
            )
        ]
        for done in range(0, len(missing), _AT_ONCE):
            tell(IndexProgress(IndexStage.EMBEDDING, done, len(missing)))
            if control.stopped():
                return False
            _embed(connection, embedder, missing[done : done + _AT_ONCE])
    return True


def _embed(connection: sqlite3.Connection, embedder: Embedder, keys: list[int]) -> None:
    marks = ", ".join("?" * len(keys))
    rows = connection.execute(
        "SELECT p.id, substr(t.body, p.start + 1, p.stop - p.start) FROM passages p "  # noqa: S608
        f"JOIN texts t ON t.document = p.document WHERE p.id IN ({marks})",
        keys,
    ).fetchall()
    if not rows:
        return
    vectors = embedder.embed([text for _, text in rows]).astype("<f4")
    with transaction(connection):
        connection.executemany(
            "INSERT OR REPLACE INTO vectors (passage, model, vector) SELECT id, ?, ? "
            "FROM passages WHERE id = ?",
            [
                (embedder.fingerprint, vector.tobytes(), key)
                for (key, _), vector in zip(rows, vectors, strict=True)
            ],
        )
