"""Sessions of the model with adapters merged in, made when first asked for, beside the plain one.

Merging takes seconds and happens once for a model and an adapter: on a thread of low priority, in a
folder that is kept. Opening what was merged before takes as long as opening the model. Meanwhile
nothing waits but the requests that want the adapter.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine.api import AdapterInfo, AdapterStatus
from engine.cancel import CancelToken
from engine.errors import EngineClosed, EngineError, ModelDamaged
from engine.machine import give_way, memory
from engine.runtime.session import DecoderSession
from engine.store.adapters import check_fits, find_adapter
from engine.store.manifest import Manifest, read_manifest
from engine.store.merged import merged_place, tidy
from engine.store.verified import verify_once

_log = logging.getLogger(__name__)
_MOST = 2
"""Adapters that are kept open at once: that of completion, and that of a rewrite."""
_UNUSED_S = 600.0
_NICENESS = 10
_STOPPING_S = 5.0
_STEP = 0.01
_MERGED_SHARE, _VERIFIED_SHARE = 0.8, 0.9


@dataclass(frozen=True, slots=True)
class AdapterPlaces:
    """The model's package, folders that adapters are looked for in, where merged packages go.

    ``data_dir`` None is a folder for the time of the process.
    """

    model_dir: Path
    folders: tuple[Path, ...]
    data_dir: Path | None


@dataclass(slots=True)
class _Shelved:
    """One adapter: on its way, open, or failed. ``claimed``: a request waits to use it."""

    progress: float = 0.0
    session: DecoderSession | None = None
    sha256: str = ""
    error: EngineError | None = None
    claimed: bool = True
    used: float = field(default_factory=time.monotonic)


class AdaptedSessions:
    """Opened by name; ``need`` and ``session`` are two steps, so that nobody waits between.

    ``open_session`` opens a package, ``before`` waits for what goes first. ``changed`` hears of
    every change, on any thread; ``dropped`` of a session that was let go, on that of ``session``.
    """

    def __init__(
        self,
        places: AdapterPlaces,
        open_session: Callable[[Path, Manifest], DecoderSession],
        *,
        before: Callable[[], object],
        changed: Callable[[], None],
        dropped: Callable[[DecoderSession], None],
    ) -> None:
        self._places = places
        self._spare: tempfile.TemporaryDirectory[str] | None = None
        self._open_session = open_session
        self._before = before
        self._changed = changed
        self._dropped = dropped
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._shelf: dict[str, _Shelved] = {}
        self._threads: list[threading.Thread] = []
        self._closing = CancelToken()

    def need(self, name: str) -> None:
        """See that the adapter is made ready for a request that is to come; never blocks."""
        with self._lock:
            known = self._shelf.get(name)
            if known is not None and known.error is None:
                known.claimed = True
                return
            shelved = self._shelf[name] = _Shelved()
            thread = threading.Thread(
                target=self._prepare, args=(name, shelved), name="inkling-adapter", daemon=True
            )
            self._threads = [each for each in self._threads if each.is_alive()] + [thread]
        thread.start()

    def settled(self, name: str) -> bool:
        """Whether ``session`` has an answer."""
        shelved = self._shelf.get(name)
        return shelved is None or shelved.session is not None or shelved.error is not None

    def session(self, name: str) -> DecoderSession:
        """The session of an adapter that was needed and is settled.

        Raises:
            EngineError: why there is none.
        """
        with self._lock:
            shelved = self._shelf.get(name)
            if shelved is None or shelved.session is None:
                error = shelved.error if shelved is not None else None
                raise error or EngineClosed("The adapter is not ready. Try again.")
            first = shelved.claimed
            shelved.claimed, shelved.used = False, time.monotonic()
        if first:
            self._make_room()
        return shelved.session

    def sweep(self) -> None:
        """Let go of sessions that were not used for long."""
        if self._shelf:
            before = time.monotonic() - _UNUSED_S
            self._drop([name for name, shelved in self._idle() if shelved.used < before])

    def status(self) -> tuple[AdapterStatus, ...]:
        """How far each adapter is, by name."""
        with self._lock:
            return tuple(
                AdapterStatus(
                    name,
                    shelved.progress,
                    shelved.session is not None,
                    shelved.error,
                    shelved.sha256,
                )
                for name, shelved in sorted(self._shelf.items())
            )

    def stop(self) -> None:
        """Stop what is being made, at the next layer."""
        self._closing.cancel()

    def close(self) -> None:
        """Stop, wait a moment for it, and let all go."""
        self.stop()
        until = time.monotonic() + _STOPPING_S
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        with self._lock:
            self._shelf.clear()
        if self._spare is not None:
            with suppress(OSError):  # Windows keeps what is mapped
                self._spare.cleanup()

    def _idle(self) -> list[tuple[str, _Shelved]]:
        """Open sessions that no request waits for, the longest unused first."""
        with self._lock:
            idle = [
                (name, shelved)
                for name, shelved in self._shelf.items()
                if shelved.session is not None and not shelved.claimed
            ]
        return sorted(idle, key=lambda each: each[1].used)

    def _make_room(self) -> None:
        """Let go of those that are more than there is room for: one where memory is short."""
        available = memory().available
        needed = read_manifest(self._places.model_dir).size_bytes
        room = 1 if available is not None and available < 2 * needed else _MOST
        idle = [name for name, _ in self._idle()]
        self._drop(idle[: max(0, len(idle) - room)])

    def _drop(self, names: Sequence[str]) -> None:
        for name in names:
            with self._lock:
                shelved = self._shelf.get(name)
                if shelved is None or shelved.claimed or shelved.session is None:
                    continue
                del self._shelf[name]
            self._dropped(shelved.session)
        if names:
            self._changed()

    # On a thread of its own, from here on.

    def _prepare(self, name: str, shelved: _Shelved) -> None:
        def report(share: float) -> None:
            if share >= shelved.progress + _STEP:
                shelved.progress = share
                self._changed()

        try:
            self._before()
            with self._one_at_a_time:
                shelved.session = self._ready(name, shelved, report)
            shelved.progress = 1.0
        except EngineError as error:
            shelved.error = error
        except OSError as error:
            shelved.error = EngineError(
                f"The adapter {name} could not be prepared: {error.strerror or error}. Your "
                "documents and the model are not affected. See that there is room on the disk, "
                "and try again."
            )
        # A defect must not leave a request waiting.
        except Exception:  # noqa: BLE001
            _log.exception("preparing the adapter %s failed", name)
            shelved.error = EngineError(
                f"The adapter {name} could not be prepared. Your documents and the model are not "
                "affected."
            )
        self._changed()

    def _ready(
        self, name: str, shelved: _Shelved, report: Callable[[float], None]
    ) -> DecoderSession:
        if self._closing.cancelled():
            raise EngineClosed("The engine was closed.")
        info = find_adapter(name, self._places.folders)
        shelved.sha256 = info.sha256
        manifest = read_manifest(self._places.model_dir)
        check_fits(info, manifest)
        place = merged_place(self._data_dir(), manifest, info)
        if not place.exists():
            self._merge(info, place, report)
        tidy(place, manifest, info)
        try:
            return self._open(place, report)
        except ModelDamaged:
            # What was made can be made again.
            shutil.rmtree(place, ignore_errors=True)
            self._merge(info, place, report)
            return self._open(place, report)

    def _merge(self, info: AdapterInfo, place: Path, report: Callable[[float], None]) -> None:
        # Here, since it brings onnx, which running a model does not need.
        from engine.export.merge import merge_adapter

        # The threads of a session keep the priority of the one that opens it: another merges.
        with ThreadPoolExecutor(1, "inkling-merge", give_way, (_NICENESS,)) as aside:
            merging = aside.submit(
                merge_adapter,
                self._places.model_dir,
                info,
                place,
                progress=lambda share: report(share * _MERGED_SHARE),
                cancelled=self._closing.cancelled,
            )
            merging.result()

    def _open(self, place: Path, report: Callable[[float], None]) -> DecoderSession:
        merged = read_manifest(place)
        verify_once(place, merged, lambda _: report(_VERIFIED_SHARE), self._closing)
        return self._open_session(place, merged)

    def _data_dir(self) -> Path:
        if self._places.data_dir is not None:
            return self._places.data_dir
        if self._spare is None:
            self._spare = tempfile.TemporaryDirectory(prefix="inkling-adapted-")
        return Path(self._spare.name)
