"""Brings loopback up in a network namespace where there is no `ip` command."""

import fcntl
import socket
import struct

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    request = struct.pack("16sh22x", b"lo", 0)
    (_, flags) = struct.unpack("16sh22x", fcntl.ioctl(sock, SIOCGIFFLAGS, request))
    fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", flags | IFF_UP))
