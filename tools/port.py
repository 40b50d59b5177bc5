"""Say in one line why nothing can be served at a port: ``python tools/port.py PORT``."""

from __future__ import annotations

import socket
import sys

HOST = "127.0.0.1"


def refused(port: str) -> str:
    """Return why no server can listen at a port, with a remedy, or nothing if one can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        return f"PORT={port} is no port; give a number below 65536: PORT=8001"
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            place.bind((HOST, int(port)))
        except OSError as error:
            return f"port {port}: {(error.strerror or 'refused').lower()}; give another: PORT=8001"
    return ""


if __name__ == "__main__":
    said = refused(sys.argv[1])
    sys.exit(f"error: {said}" if said else 0)
