"""An engine for the time of one command: open, generate with streaming, close."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from app.cli.console import Console
from app.cli.interrupts import ignore_interrupts
from app.core.avoided import AVOIDED_SETTING, avoidable
from app.core.model_devices import WantedDevice, wanted_device
from app.core.paths import app_paths
from app.core.settings import SETTINGS_NAME, SettingsStore
from engine import (
    GATES,
    Avoiding,
    DeviceWish,
    EngineClosed,
    EngineState,
    EngineStatus,
    GenerationChunk,
    GenerationRequest,
    GenerationResult,
    LocalEngine,
    ModelInfo,
    TextEngine,
    WithAdapter,
    describe_model,
    find_adapter,
    find_model,
)

Result = TypeVar("Result")

_POLL_S = 0.1
"""Waits are cut into pieces this long, since Windows lets no Ctrl+C into an endless wait."""
_SLOW_LOAD_S = 1.5


def model_folder(name: str | None) -> Path:
    """The folder of the model of that name, or of the one in use; raises ``ModelNotFound``."""
    if name is None:
        name = _settings().get("model") or None
    return find_model(name, app_paths(os.environ).models)


def device_wish(device: str | None, folder: Path) -> WantedDevice:
    """What is to compute the model in ``folder``: the device of that name, or of the settings."""
    return wanted_device(_settings(), folder, device)


def gate_of_preferences() -> float:
    """The least probability of a word that is shown, as the preferences say."""
    return GATES[_settings().get("ghost.eagerness")]


def find_model_info(name: str | None) -> ModelInfo:
    """What the manifest of the model of that name, or of the default one, says."""
    return describe_model(model_folder(name))


def _settings() -> SettingsStore:
    return SettingsStore(app_paths(os.environ).config / SETTINGS_NAME)


def local_engine(
    name: str | None, threads: int | None = None, device: str | None = None
) -> TextEngine:
    """An engine that is loading the model of that name; the caller closes it."""
    folder = model_folder(name)
    wish = DeviceWish(device_wish(device, folder).device)
    paths = app_paths(os.environ)
    return LocalEngine(
        folder,
        threads=threads,
        device=wish,
        data_dir=paths.data,
        adapters=paths.adapter_folders,
    )


@contextmanager
def open_engine(
    name: str | None,
    console: Console,
    *,
    device: str | None = None,
    adapter: str | None = None,
) -> Iterator[TextEngine]:
    """A loaded engine, closed at the end, Ctrl+C included. Raises what loading failed with.

    With ``adapter`` one that answers with it, which is made ready first.
    """
    engine = local_engine(name, device=device)
    try:
        wait_until_ready(engine, console)
        if notice := engine.status().notice:
            console.note(str(notice))
        if adapter:
            prepare_adapter(engine, adapter, console)
        careful = Avoiding(engine, avoidable(_settings().get(AVOIDED_SETTING)))
        yield WithAdapter(careful, adapter) if adapter else careful
    except KeyboardInterrupt:
        ignore_interrupts()
        raise
    finally:
        if not engine.close():
            console.abandon_threads = True


def wait_until_ready(engine: TextEngine, console: Console) -> None:
    """Wait for the model; raises the ``EngineError`` that loading ended with."""
    settled = threading.Event()

    def watch(status: EngineStatus) -> None:
        if status.state is not EngineState.LOADING:
            settled.set()

    unsubscribe = engine.subscribe(watch)
    try:
        watch(engine.status())
        started, told = time.monotonic(), False
        while not settled.wait(_POLL_S):
            if not told and time.monotonic() - started > _SLOW_LOAD_S:
                console.note("Loading the model ...")
                told = True
    finally:
        unsubscribe()
    status = engine.status()
    if status.state in (EngineState.FAILED, EngineState.CLOSED):
        raise status.error or EngineClosed("The model could not be loaded.")


def adapter_prompt(name: str | None) -> str:
    """The prompt that an adapter was trained with, "" where it has none or none is named.

    Raises ``AdapterNotFound`` and ``AdapterDamaged``.
    """
    folders = app_paths(os.environ).adapter_folders
    return find_adapter(name, folders).prompt if name else ""


def prepare_adapter(engine: TextEngine, name: str, console: Console) -> None:
    """Make an adapter ready, telling how far it is; raises the ``EngineError`` if it fails."""
    engine.prepare_adapter(name)
    shown = 0.0
    while True:
        status = engine.status()
        found = next((each for each in status.adapters if each.name == name), None)
        if found is not None and found.error is not None:
            raise found.error
        if found is not None and found.ready:
            break
        if status.state in (EngineState.FAILED, EngineState.CLOSED):
            raise status.error or EngineClosed("The engine ended before the adapter was ready.")
        if found is not None and found.progress > shown:
            shown = found.progress
            console.progress("Preparing the adapter", shown)
        time.sleep(_POLL_S)
    if shown:
        console.progress("Preparing the adapter", 1.0)


def generate(
    engine: TextEngine, request: GenerationRequest, on_text: Callable[[str], None]
) -> GenerationResult:
    """Run ``request``; ``on_text`` gets new text on this thread. Raises what it failed with."""
    chunks: queue.SimpleQueue[GenerationChunk] = queue.SimpleQueue()
    engine.submit(request, chunks.put)
    while True:
        try:
            chunk = chunks.get(timeout=_POLL_S)
        except queue.Empty:
            if engine.status().state in (EngineState.FAILED, EngineState.CLOSED):
                raise EngineClosed("The engine ended before the text was finished.") from None
            continue
        if chunk.text:
            on_text(chunk.text)
        if chunk.result is not None:
            if chunk.result.error is not None:
                raise chunk.result.error
            return chunk.result


def run_interruptibly(work: Callable[[], Result]) -> Result:
    """Run blocking ``work`` on another thread, so that Ctrl+C is heard on every system.

    Raises what it raises. The thread is abandoned on an interrupt; closing the engine ends it.
    """
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except Exception as error:  # noqa: BLE001 - raised again below, on the caller's thread
            future.set_exception(error)

    thread = threading.Thread(target=run, name="inkling-command", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_POLL_S)
    return future.result()


def quietly(_: str) -> None:
    """Takes new text and writes nothing: with ``--json`` the result comes at the end."""
