"""Loopback ports that a part is about to listen on."""

import socket

HOST = "127.0.0.1"


class PortTakenError(RuntimeError):
    """Another program listens on a port that was asked for."""


def refuse_taken(*ports: int) -> None:
    """Raise PortTakenError if one of the ports is in use: what answers there would be taken for ours."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # closed connections don't matter
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise PortTakenError(
                    f"port {port} cannot be used ({error.strerror}): choose others"
                ) from None
