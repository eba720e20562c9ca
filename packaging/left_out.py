"""What the packaged program goes without: what it never loads, and whatever could dial out."""

from __future__ import annotations

import sys
from pathlib import PurePath

MODULES = [
    # Training needs torch, half a gigabyte, and is for those who install from the sources.
    "torch",
    "engine.train",
    "lemminflect",
    # Clients of the network. Nothing in Inkling opens a socket.
    "PySide6.QtNetwork",
    "ssl",
    "ftplib",
    "huggingface_hub",
    "imaplib",
    "nntplib",
    "poplib",
    "requests",
    "smtplib",
    "telnetlib",
    "urllib3",
    "xmlrpc",
    # Tests and tools of the libraries.
    "IPython",
    "matplotlib",
    "numpy.f2py",
    "numpy.testing",
    "onnx.backend.test",
    "onnx.reference",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "onnxruntime.transformers",
    "pandas",
    "pydoc",
    "pytest",
    "scipy",
    "setuptools",
    "sympy",
    "tkinter",
]

_NAMES = (
    "libQt6Network",
    "libQt6Qml",
    "libQt6Quick",
    "libQt6VirtualKeyboard",
    "libQt6Pdf",
    "libqtuiotouchplugin",
    "libqtvirtualkeyboard",
    "Qt6Network",
    "Qt6Qml",
    "Qt6Quick",
    "opengl32sw",
)
_FOLDERS = (
    "QtNetwork.framework",
    "QtPdf.framework",
    "QtQml.framework",
    "QtQuick.framework",
    "QtVirtualKeyboard.framework",
    "plugins/tls",
    "plugins/networkinformation",
    "plugins/generic",
    "plugins/egldeviceintegrations",
    "plugins/platforms/libqeglfs",
    "plugins/platforms/libqlinuxfb",
    "plugins/platforms/libqminimalegl",
    "plugins/platforms/libqvkkhrdisplay",
    "plugins/platforms/libqvnc",
    # GTK's dialogs would bring a second toolkit; the desktop portal shows the system's own.
    "plugins/platformthemes/libqgtk3",
    "plugins/wayland-graphics-integration-client/libvulkan",
    "plugins/wayland-shell-integration/libivi",
    "assets/translations/inkling_zh_CN.ts",
)


# On Linux the system's libraries are taken from the system: a graphics driver that is newer than a
# bundled C++ library cannot be loaded beside it. These are Qt's, Python's, and what many lack.
_CARRIED = (
    "libQt6",
    "libcrypto",
    "libffi",
    "libgfortran-",
    "libhunspell",
    "libicu",
    "libpypdfium",
    "libpyside6",
    "libpython3",
    "libquadmath-",
    "libscipy_openblas",
    "libshiboken6",
    "libsqlite3",
    "libxcb-cursor",
    "libxcb-icccm",
    "libxcb-image",
    "libxcb-keysyms",
    "libxcb-render-util",
    "libxcb-util",
    "libxkbcommon-x11",
)


def is_left_out(name: str) -> bool:
    """Whether the bundle's file of this name is never loaded, or has to be the system's own."""
    path = PurePath(name)
    of_system = sys.platform == "linux" and len(path.parts) == 1 and ".so" in path.name
    return (
        path.name.startswith(_NAMES)
        or any(part in path.as_posix() for part in _FOLDERS)
        or (of_system and not path.name.startswith(_CARRIED))
    )
