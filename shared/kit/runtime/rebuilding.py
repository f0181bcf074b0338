"""`python -m services.<name>.main rebuild [VIEW ...]`: views anew from the first event, beside the live ones."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from shared.kit.log import Rebuild, RebuildUnderWay, SwitchRefused
from shared.kit.runtime.databases import STORE_PACKAGES
from shared.kit.runtime.definition import Landscape, S, ServiceDefinition
from shared.kit.runtime.starting import pool_when_ready


async def rebuild(
    definition: ServiceDefinition[S], landscape: Landscape, settings: S, only: Sequence[str]
) -> int:
    """Rebuilds all views or those named, and tells what was compared; the exit status."""
    packages = (*STORE_PACKAGES, f"services.{definition.name}")
    name = f"{definition.name} rebuild"
    pool = await pool_when_ready(settings.database_url, packages, name, max_size=4)
    try:
        work = Rebuild(
            pool,
            settings.kafka,
            definition.name,
            (*definition.views(settings), *landscape.views(None)),
            definition.reactors(settings),
            only=only or None,
        )
        made = await work.run()
    except (SwitchRefused, RebuildUnderWay, ValueError) as refused:
        sys.stderr.write(f"{definition.name}: not switched: {refused}\n")
        return 1
    finally:
        await pool.close()
    for table in made.compared:
        sys.stdout.write(f"{definition.name}: {table}\n")
    sys.stdout.write(f"{definition.name}: {made.events} events in {made.seconds:.1f} s; switched\n")
    return 0
