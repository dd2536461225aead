"""What the settings of signing in may hold; rag/settings.py reads them."""

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from corpus.errors import CallError

LOOPBACK_NETWORKS = "127.0.0.0/8,::1"  # where a proxy stands unless it is said
DEFAULT_SCOPE = "openid profile email"


def is_safe_address(url: str) -> bool:
    """Whether nobody on the way can read or change what is sent to an address: it is https://, or
    of this machine.
    """
    try:
        told = urlsplit(url)
        host = told.hostname or ""
    except ValueError:
        return False
    if told.scheme == "https":
        return host != ""
    try:
        own = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
    return told.scheme == "http" and own


def issuer_value(value: str | None) -> str | None:
    """The address of a provider of identities.

    :raises CallError: others could listen on the way to it.
    """
    if value is not None and not is_safe_address(value):
        raise CallError(
            f"JIANBAO_OIDC_ISSUER is {value!r}; set it to the provider's address with https:// "
            "(http:// on this machine alone), as its discovery document tells it"
        )
    return value


def scope_value(value: str) -> str:
    """The scopes that a provider is asked for.

    :raises CallError: openid is not among them.
    """
    if "openid" not in value.split():
        raise CallError(f"JIANBAO_OIDC_SCOPE is {value!r}; openid must be among the scopes")
    return value


def header_value(name: str, value: str | None) -> str | None:
    """The name of a header; `name` is the setting.

    :raises CallError: no header has such a name.
    """
    if value is not None and not (value.isascii() and value.replace("-", "").isalnum()):
        raise CallError(f"JIANBAO_{name} is {value!r}; set it to a header, as X-Forwarded-User")
    return value


def network_values(value: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Addresses and networks with commas between them.

    :raises CallError: one of them is none.
    """
    try:
        return tuple(ip_network(one.strip()) for one in value.split(","))
    except ValueError as error:
        raise CallError(
            f"JIANBAO_PROXY_FROM is {value!r} ({error}); set it to addresses or networks with "
            "commas between, as 10.0.0.5,10.1.0.0/16"
        ) from error
