"""Settings: the only reader of the environment."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from platformdirs import user_data_path

from corpus.errors import CallError
from rag.sign_in_values import (
    DEFAULT_SCOPE,
    LOOPBACK_NETWORKS,
    header_value,
    issuer_value,
    network_values,
    scope_value,
)

PREFIX = "JIANBAO_"
DEFAULT_HOST = "127.0.0.1"  # the page has no sign-in: it listens where only this machine reaches it
DEFAULT_PORT = 7860
DEFAULT_RATE = 60  # questions a minute of a signed-in user; 0: any number
LOG_FORMS = ("text", "json")  # the first of each is the default
LOG_LEVELS = ("info", "debug", "warning", "error")
LINEAR = "linear"  # as earlier versions called a reader without a model, which is gone


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; every field has the environment variable JIANBAO_<NAME>."""

    home: Path
    bulletins: Path
    library: Path | None = None  # kept bulletins and index, where several machines share them
    embedding_model: str | None = None
    reader: str | None = None  # a folder of the product's own form, or a cross-encoder
    chroma_url: str | None = None
    milvus_uri: str | None = None
    llm_model: str | None = None
    llm_base_url: str | None = None
    llm_api_key: str | None = None
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    auth: Path | None = None
    oidc_issuer: str | None = None  # the provider of identities, by its address
    oidc_client: str | None = None
    oidc_secret: str | None = None
    oidc_scope: str = DEFAULT_SCOPE
    oidc_name: str = "preferred_username"  # the claims that hold a user's name and groups
    oidc_groups: str = "groups"
    proxy_header: str | None = None  # in which a proxy tells who is signed in
    proxy_groups: str | None = None  # in which it tells the groups
    proxy_from: tuple[IPv4Network | IPv6Network, ...] = ()
    roles: str | None = None  # of users who are kept elsewhere; ui/server/role_rules.py reads it
    rate: int = DEFAULT_RATE
    log: str = "text"
    log_level: str = "info"
    log_questions: bool = False
    audit_days: int = 0  # for how many days records are kept; 0: all of them
    audit_questions: bool = False
    stats_questions: bool = False  # whether statistics keep words of refused questions
    watch: bool = True  # whether the server takes in what changes in the folder

    @property
    def library_home(self) -> Path:
        """Folder of kept bulletins and index: the data directory, unless it is said apart."""
        return self.library or self.home


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment; an empty variable counts as unset.

    :raises CallError: a variable's value cannot be.
    """
    given = os.environ if environment is None else environment

    def get(name: str) -> str | None:
        return given.get(PREFIX + name, "").strip() or None

    home, library, bulletins = get("HOME"), get("LIBRARY"), get("BULLETINS")
    for name, other in (("OIDC_ISSUER", "OIDC_CLIENT"), ("OIDC_CLIENT", "OIDC_ISSUER"),
                        ("OIDC_SECRET", "OIDC_ISSUER"), ("PROXY_GROUPS", "PROXY_HEADER"),
                        ("PROXY_FROM", "PROXY_HEADER")):  # fmt: skip
        if get(name) and not get(other):
            raise CallError(f"{PREFIX}{name} is set and {PREFIX}{other} is not; set both")
    return Settings(
        home=Path(home).expanduser() if home else user_data_path("jianbao", appauthor=False),
        library=Path(library).expanduser() if library else None,
        bulletins=Path(bulletins).expanduser() if bulletins else shipped_bulletins(),
        embedding_model=get("EMBEDDING_MODEL"),
        reader=_reader(get("READER")),
        chroma_url=_url("CHROMA_URL", get("CHROMA_URL")),
        milvus_uri=_milvus_uri(get("MILVUS_URI")),
        llm_model=get("LLM_MODEL"),
        llm_base_url=_url("LLM_BASE_URL", get("LLM_BASE_URL")),
        llm_api_key=get("LLM_API_KEY"),
        host=get("HOST") or DEFAULT_HOST,
        auth=Path(auth).expanduser() if (auth := get("AUTH")) else None,
        oidc_issuer=issuer_value(get("OIDC_ISSUER")),
        oidc_client=get("OIDC_CLIENT"),
        oidc_secret=get("OIDC_SECRET"),
        oidc_scope=scope_value(get("OIDC_SCOPE") or DEFAULT_SCOPE),
        oidc_name=get("OIDC_NAME") or "preferred_username",
        oidc_groups=get("OIDC_GROUPS") or "groups",
        proxy_header=header_value("PROXY_HEADER", get("PROXY_HEADER")),
        proxy_groups=header_value("PROXY_GROUPS", get("PROXY_GROUPS")),
        proxy_from=network_values(get("PROXY_FROM") or LOOPBACK_NETWORKS),
        roles=get("ROLES"),
        rate=_rate(get("RATE") or str(DEFAULT_RATE)),
        port=read_port(f"{PREFIX}PORT", get("PORT") or str(DEFAULT_PORT)),
        log=_one_of("LOG", get("LOG"), LOG_FORMS),
        log_level=_one_of("LOG_LEVEL", get("LOG_LEVEL"), LOG_LEVELS),
        log_questions=_one_of("LOG_QUESTIONS", get("LOG_QUESTIONS"), ("0", "1")) == "1",
        audit_days=_audit_days(get("AUDIT_DAYS") or "0"),
        audit_questions=_one_of("AUDIT_QUESTIONS", get("AUDIT_QUESTIONS"), ("0", "1")) == "1",
        stats_questions=_one_of("STATS_QUESTIONS", get("STATS_QUESTIONS"), ("0", "1")) == "1",
        watch=_one_of("WATCH", get("WATCH"), ("1", "0")) == "1",
    )


def shipped_bulletins() -> Path:
    """Folder of the bulletins that the product carries."""
    return Path(str(files("corpus").joinpath("bulletins")))


def read_port(name: str, value: str) -> int:
    """A port number; `name` is what the error calls it.

    :raises CallError: it is no number from 1 to 65535.
    """
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value) <= 65535:
        raise CallError(f"{name} is {value!r}; set it to a number from 1 to 65535")
    return int(value)


def _reader(value: str | None) -> str | None:
    if value == LINEAR:
        raise CallError(
            f"{PREFIX}READER is {value!r}, a reader of earlier versions that is gone; unset it for "
            "the embedded one, or set it to the folder or hub name of a cross-encoder with one "
            "label, or to a folder that python -m rag.training.reading export wrote"
        )
    return value


def _rate(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise CallError(
            f"{PREFIX}RATE is {value!r}; set it to the questions that a user may ask in a minute, "
            "or to 0 for any number"
        )
    return int(value)


def _audit_days(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise CallError(
            f"{PREFIX}AUDIT_DAYS is {value!r}; set it to the days that records are kept, or to 0 "
            "to keep all"
        )
    return int(value)


def _one_of(name: str, value: str | None, known: Sequence[str]) -> str:
    """The value, by default the first that is known."""
    if value is not None and value.lower() not in known:
        raise CallError(f"{PREFIX}{name} is {value!r}; set it to {' or '.join(known)}")
    return value.lower() if value else known[0]


def _url(name: str, value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise CallError(
            f"{PREFIX}{name} is {value!r}; set it to an address with http:// or https://"
        )
    return value


def _milvus_uri(value: str | None) -> str | None:
    """The address of a server, or a path that Milvus Lite takes: one that ends in .db."""
    if value is None or value.startswith(("http://", "https://")):
        return value
    if not value.endswith(".db"):
        raise CallError(
            f"{PREFIX}MILVUS_URI is {value!r}; set it to an address with http:// or https://, "
            "or to a path that ends in .db"
        )
    return str(Path(value).expanduser())
