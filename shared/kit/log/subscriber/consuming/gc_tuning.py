"""Python's cycle collector, told what this process does.

A batch is some hundred thousand small objects that all die together and hold no cycles. At its usual threshold of
700 the collector looks at them, and at everything ever imported, so often that reading takes twice as long.
"""

from __future__ import annotations

import gc
from typing import Final

_YOUNG: Final = 250_000
_MIDDLE: Final = 20
_OLD: Final = 50


def collect_less_often() -> None:
    """For the whole process: what is loaded by now is left alone, what is new is looked at every 250,000 objects."""
    if gc.get_threshold()[0] == _YOUNG:
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
