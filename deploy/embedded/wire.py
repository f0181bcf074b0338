"""The one question put to a broker at start: which brokers does it know? Kafka's own protocol, by hand.

A broker is on the list once the controller has let it in, so a full list also says that a
controller is elected.
"""

import asyncio
import struct

from deploy.embedded.ports import HOST

_METADATA = 3
_VERSION = 1  # answers with ids, hosts, ports, racks, the controller and no more
_NO_TOPICS = 0


async def known_brokers(port: int, *, timeout: float = 2) -> set[int]:
    """Ids of the brokers that the one on this loopback port lists; empty while it does not answer."""
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(_request())
                (length,) = struct.unpack(">i", await reader.readexactly(4))
                return _ids(await reader.readexactly(length))
            finally:
                writer.close()
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return set()


def _request() -> bytes:
    client = b"redress"
    head = struct.pack(">hhih", _METADATA, _VERSION, 1, len(client))
    body = head + client + struct.pack(">i", _NO_TOPICS)
    return struct.pack(">i", len(body)) + body


def _ids(answer: bytes) -> set[int]:
    _, count = struct.unpack_from(">ii", answer)
    at, found = 8, set()
    for _ in range(count):
        node, host = struct.unpack_from(">ih", answer, at)
        at += 6 + host + 4  # past host and port
        (rack,) = struct.unpack_from(">h", answer, at)
        at += 2 + max(rack, 0)
        found.add(node)
    return found
