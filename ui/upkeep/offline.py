"""Whether answering a question tries to reach another machine.

Python tells an audit hook (PEP 578) of every connection and every name that is looked up through
its sockets, by whichever library. Compiled code that opens sockets by itself is not seen by it;
on Linux the process's own connections are read from /proc besides, when the question is answered.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

# Events with the position of the address in their arguments.
_EVENTS = {
    "socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1, "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0, "socket.gethostbyaddr": 0, "socket.getnameinfo": 0,
}  # fmt: skip
_TABLES = ("tcp", "tcp6", "udp", "udp6")


@contextmanager
def watched() -> Iterator[list[str]]:
    """What this process tries to reach meanwhile: addresses outside of this machine, in the order
    of the attempts.
    """
    reached: list[str] = []
    watching = True  # a hook stays for the life of the process

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if watching and event in _EVENTS:
            address = arguments[_EVENTS[event]]
            host = address[0] if isinstance(address, tuple) else address
            if not is_local(host):
                reached.append(f"{event.removeprefix('socket.')} {address}")

    sys.addaudithook(hook)
    try:
        yield reached
        reached += [f"open socket {address}" for address in _open() if not is_local(address)]
    finally:
        watching = False


def is_local(host: object) -> bool:
    """Whether an address means this machine: the loopback, none, or a path in its file system."""
    if isinstance(host, bytes):
        host = host.decode("utf-8", "replace")
    if not isinstance(host, str) or host in ("", "localhost") or host.startswith(("/", "\0")):
        return True
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_unspecified


def _open() -> Iterator[str]:
    """The other ends of this process's internet sockets, as far as Linux tells them."""
    own = set()
    for descriptor in Path("/proc/self/fd").glob("*"):
        if descriptor.is_symlink() and (name := str(descriptor.readlink())).startswith("socket:"):
            own.add(name[len("socket:[") : -1])
    for table in _TABLES:
        path = Path("/proc/self/net") / table
        for line in path.read_text().splitlines()[1:] if path.exists() else ():
            fields = line.split()
            if fields[9] in own:
                yield _address(fields[2].partition(":")[0])


def _address(code: str) -> str:
    """An address as the kernel writes it: 32-bit words in hexadecimal, each little-endian here."""
    words = [bytes.fromhex(code[n : n + 8]) for n in range(0, len(code), 8)]
    return str(ip_address(b"".join(w[::-1] if sys.byteorder == "little" else w for w in words)))
