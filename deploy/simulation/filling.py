"""Fills a running sandbox, or goes on where that was stopped: `python -m deploy.simulation.filling HOME SEED CASES`.

The cases are those of the moment at which it was begun: the same lives, so what is filed already is filed once.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from deploy.sandbox import mark
from deploy.simulation.council import load_council
from deploy.simulation.filing import Filing, NotFiled
from deploy.simulation.going_on import going_on, told
from shared.rules.calendar import london_day
from shared.rules.regimes.working import long


async def fill(home: Path, seed: int, cases: int) -> str:
    """Files what isn't filed yet, and says in a sentence what is there.

    Raises:
        NotFiled, OSError: not everything could be filed; the next call goes on from there.
    """
    began = mark.began_at(home)
    if began is None:
        raise NotFiled(f"{home} isn't a sandbox that is being filled.")
    found = going_on(seed, cases, began)
    async with Filing.into(home, load_council()) as filing:
        async for _ in filing.file(found):
            pass
    mark.end(home)
    if (day := london_day(began)) == london_day(datetime.now(UTC)):
        return told(found)
    return f"{len(found)} cases, as they stood on {long(day)}, when it was begun."


if __name__ == "__main__":
    folder, its_seed, number = sys.argv[1:]
    try:
        print(asyncio.run(fill(Path(folder), int(its_seed), int(number))))  # noqa: T201  what its log says last
    except (NotFiled, OSError) as error:
        sys.exit(str(error))
