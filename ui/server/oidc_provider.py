"""The office's provider of identities (OpenID Connect): who somebody is, as it signs it.

The code flow with PKCE. The provider is asked anew at each sign-in for where it is and for its
keys: sign-ins are rare, keys change, and a provider that is down is told of as such.
"""

import logging
import re
import secrets
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.errors import CallError, WorkError
from rag.sign_in_values import is_safe_address
from ui.server.id_token import Expected, signed_claims
from ui.server.passwords import plain

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import AsyncOAuth2Client

TIMEOUT_SECONDS = 10.0
SECRET_BYTES = 32
_DISCOVERY = "/.well-known/openid-configuration"
_NAME = re.compile(r"[\w.@+-](?:[\w.@+ -]{0,98}[\w.@+-])?")
LOG = logging.getLogger("jianbao.sign_in")
_DOWN = (
    "单位的登录服务没有应答，请稍后再试或联系管理员。The provider of identities {issuer} does not "
    "answer ({why}); try again, or see that it runs and that JIANBAO_OIDC_ISSUER is its address"
)
_WRONG = (
    "登录未完成，请重新登录。The sign-in did not come to an end ({why}); sign in again, and where "
    "that does not help see the settings of the client at the provider"
)


@dataclass(frozen=True, slots=True)
class OidcClient:
    """How this server is known to the provider, which claims tell name and groups (a dot leads into
    a claim), and which scopes it takes to get them.
    """

    issuer: str
    client: str
    secret: str | None = None
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"
    scope: str = "openid profile email"


@dataclass(frozen=True, slots=True)
class OidcAttempt:
    """A sign-in under way, which one browser alone knows; secrets of 256 bits."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says that somebody is, and the token in which it signed that."""

    name: str
    groups: tuple[str, ...]
    token: str


class OidcProvider:
    """Speaks with the provider for a server."""

    def __init__(self, client: OidcClient, clock: Callable[[], float] = time.time) -> None:
        self._known = client
        self._clock = clock
        self._trust: ssl.SSLContext | None = None  # of one reading of all certificates

    @property
    def standing(self) -> str:
        """What sessions of its users hang on: those of another provider are none."""
        return f"{self._known.issuer} {self._known.client}"

    async def begin(self, back: str) -> tuple[str, OidcAttempt]:
        """The provider's address where the browser goes, and what it must bring back to `back`.

        :raises WorkError: the provider does not answer as one.
        """
        attempt = OidcAttempt(*(secrets.token_urlsafe(SECRET_BYTES) for _ in range(3)))
        async with await self._client(back) as client:
            told = await self._discovered(client)
            url, _ = client.create_authorization_url(
                told["authorization_endpoint"], state=attempt.state, nonce=attempt.nonce,
                code_verifier=attempt.verifier,
            )  # fmt: skip
        return str(url), attempt

    async def finish(self, attempt: OidcAttempt, back: str, sent: Mapping[str, str]) -> Identity:
        """Who comes back from the provider with what stands in the address.

        :raises CallError: it is not the answer to this attempt, or the provider did not let in.
        :raises WorkError: the provider does not answer as one.
        """
        if not secrets.compare_digest(attempt.state.encode(), sent.get("state", "").encode()):
            raise _wrong("state")
        if (error := sent.get("error")) is not None:
            raise _wrong(f"the provider says {error[:80]!r}")
        async with await self._client(back) as client:
            told = await self._discovered(client)
            if sent.get("iss", told["issuer"]) != told["issuer"]:  # RFC 9207
                raise _wrong("iss")
            token = await self._token(client, told, sent.get("code", ""), attempt.verifier)
            keys = await self._json(client, told["jwks_uri"])
            expected = Expected(told["issuer"], self._known.client, attempt.nonce)
            try:
                claims = signed_claims(token, keys, expected, self._clock())
            except CallError as error:
                raise _wrong(str(error)) from error
            more = await self._more(client, told, claims)
        return self._identity(more, str(token["id_token"]))

    async def way_out(self, back: str, token: str) -> str | None:
        """The provider's address where the browser is signed out there too, and which leads on to
        `back`; None where the provider has none. With the `token` of the sign-in it need not ask
        who that is: it may be empty.

        :raises WorkError: the provider does not answer as one.
        """
        from authlib.common.urls import add_params_to_uri

        async with await self._client(back) as client:
            address = str((await self._discovered(client)).get("end_session_endpoint", ""))
        if not is_safe_address(address):
            return None
        told = {"client_id": self._known.client, "post_logout_redirect_uri": back,
                "id_token_hint": token}  # fmt: skip
        return str(add_params_to_uri(address, [(k, v) for k, v in told.items() if v]))

    async def _client(self, back: str) -> "AsyncOAuth2Client":
        import httpx2
        from anyio.to_thread import run_sync
        from authlib.integrations.httpx_client import AsyncOAuth2Client

        if self._trust is None:
            self._trust = await run_sync(httpx2.create_ssl_context)
        return AsyncOAuth2Client(
            client_id=self._known.client, client_secret=self._known.secret, redirect_uri=back,
            scope=self._known.scope, code_challenge_method="S256", timeout=TIMEOUT_SECONDS,
            verify=self._trust,
            leeway=0,  # a token is used at once, and some providers let it live for a minute
        )  # fmt: skip

    async def _discovered(self, client: "AsyncOAuth2Client") -> dict[str, Any]:
        """What the provider tells of itself."""
        told = await self._json(client, self._known.issuer.rstrip("/") + _DISCOVERY)
        ends = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if str(told.get("issuer", "")).rstrip("/") != self._known.issuer.rstrip("/"):
            raise self._down(f"it calls itself {told.get('issuer')!r}")
        for end in ends:
            if not is_safe_address(str(told.get(end, ""))):
                raise self._down(f"{end} is {told.get(end)!r}")
        return told

    async def _json(self, client: "AsyncOAuth2Client", url: str) -> dict[str, Any]:
        import httpx2

        try:
            answer = await client.request("GET", url, withhold_token=True)
            answer.raise_for_status()
            told = answer.json()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise self._down(f"{url}: {error or type(error).__name__}") from error
        if not isinstance(told, dict):
            raise self._down(f"{url} gives no object")
        return told

    async def _token(
        self, client: "AsyncOAuth2Client", told: dict[str, Any], code: str, verifier: str
    ) -> dict[str, Any]:
        """What the provider gives for a code."""
        import httpx2
        from authlib.common.errors import AuthlibBaseError

        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self._known.secret and "client_secret_basic" not in methods:
            client.token_endpoint_auth_method = "client_secret_post"
        try:
            token = await client.fetch_token(
                told["token_endpoint"], code=code, code_verifier=verifier
            )
        except AuthlibBaseError as error:
            raise _wrong(f"no token: {error}") from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise self._down(f"token: {error or type(error).__name__}") from error
        return dict(token)

    async def _more(
        self, client: "AsyncOAuth2Client", told: dict[str, Any], claims: dict[str, Any]
    ) -> dict[str, Any]:
        """The claims, with those that the provider tells at another address alone."""
        wanted = (self._known.name_claim, self._known.groups_claim)
        url = str(told.get("userinfo_endpoint", ""))
        if all(_found(claims, claim) is not None for claim in wanted) or not is_safe_address(url):
            return claims
        import httpx2
        from authlib.common.errors import AuthlibBaseError

        try:
            answer = await client.get(url)
            answer.raise_for_status()
            more = answer.json()
        except (httpx2.HTTPError, AuthlibBaseError, ValueError) as error:
            raise self._down(f"userinfo: {error or type(error).__name__}") from error
        if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
            raise _wrong("userinfo is of somebody else")
        return {**more, **claims}

    def _identity(self, claims: dict[str, Any], token: str) -> Identity:
        name = _found(claims, self._known.name_claim)
        if not isinstance(name, str) or not _NAME.fullmatch(name := plain(name).strip()):
            raise _wrong(f"no claim {self._known.name_claim}; JIANBAO_OIDC_NAME says which to take")
        groups = _found(claims, self._known.groups_claim)
        told = [groups] if isinstance(groups, str) else groups if isinstance(groups, list) else []
        return Identity(name, tuple(one for one in told if isinstance(one, str)), token)

    def _down(self, why: str) -> WorkError:
        LOG.error("provider of identities", extra={"issuer": self._known.issuer, "why": why})
        return WorkError(_DOWN.format(issuer=self._known.issuer, why=why))


def _wrong(why: str) -> CallError:
    return CallError(_WRONG.format(why=why))


def _found(claims: dict[str, Any], claim: str) -> object:
    """A claim by its name, or by the names that lead to it."""
    if claim in claims:
        return claims[claim]
    value: object = claims
    for name in claim.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value
