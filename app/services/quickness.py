"""How the window stays quick while the model computes on every core."""

from __future__ import annotations

import sys

ENGINE_NICENESS = 5
"""Of the engine's threads: with the same right to a core as the window's, a key press waits for one
(99 % of presses were painted in 21 ms, and in 13 with this)."""
_SWITCH_S = 0.0005
"""Until another thread of Python may have its turn; by default it is ten times that."""


def let_the_window_go_first() -> None:
    """Have the engine's thread give Python to the window's at once."""
    sys.setswitchinterval(_SWITCH_S)
