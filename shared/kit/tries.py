"""Trying again what may fail for a while: the one loop of its kind."""

from __future__ import annotations

import asyncio


class Tries:
    """`async for number in Tries():` goes round until it is left, with pauses: twice as long each time, to a limit.

    Args:
        first: the pause after the first try, in seconds.
        longest: the longest pause, in seconds.
    """

    def __init__(self, first: float = 0.05, longest: float = 2.0) -> None:
        self._first = first
        self._longest = longest
        self._next = first
        self._number = 0

    def __aiter__(self) -> Tries:
        return self

    async def __anext__(self) -> int:
        """The number of this try, from 1; waits before every one but the first."""
        if self._number:
            await self.pause()
        self._number += 1
        return self._number

    async def pause(self) -> None:
        """Waits before the next try, for loops of another form."""
        pause, self._next = self._next, min(2 * self._next, self._longest)
        await asyncio.sleep(pause)

    def reset(self) -> None:
        """Something went well: what fails now fails anew, and the next pause is the first again."""
        self._next = self._first
