"""The servers without Redress, to be killed: `python -m tests.integration.embedded_servers --home DIR ...`."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from deploy.embedded.supervisor import Embedded


async def run(embedded: Embedded) -> None:
    """Start, say where the servers are, and stop on SIGTERM or SIGINT, also while starting."""
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    assert me is not None
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, me.cancel)
    try:
        async with embedded:
            sys.stdout.write(f"{embedded.dsn()}\n{embedded.bootstrap}\n127.0.0.1:{embedded.smtp_port}\n")
            sys.stdout.flush()
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        return


def main() -> int:
    """Parse the command line and run; exit 1 with the reason if the servers cannot start."""
    parser = argparse.ArgumentParser(prog="embedded_servers")
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kafka-port", type=int, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--brokers", type=int, default=1)
    given = parser.parse_args()
    try:
        asyncio.run(run(Embedded(given.home, given.kafka_port, given.smtp_port, given.brokers)))
    except (OSError, RuntimeError) as error:
        sys.stderr.write(f"embedded servers: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
