"""A provider of identities on loopback, as OpenID Connect tells it, for tests of signing in.

It is strict where a real one is: it knows its clients and where each may be sent back to, wants
PKCE, gives a code once and a token to none but its client; whom it signs out it knows by a token of
its own, and it asks where none is shown. What a test wants to be false in a token
is said in `Lies`.
"""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from ports import free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "jianbao", "a secret of the client & more"


@dataclass
class Lies:
    """What is not as it should be: claims that take the place of true ones (None: left out), the
    kind of signature, whether another key signs, and a whole answer for an address.
    """

    claims: dict[str, Any] = field(default_factory=dict)
    signature: str = "RS256"
    other_key: bool = False
    answers: dict[str, tuple[int, Any]] = field(default_factory=dict)


@dataclass
class OidcServer:
    """A running provider; `user` is who sits before the browser, `userinfo` what it tells there.

    `allowed` are the addresses that it leads back to after a sign-in, `allowed_out` those after a
    sign-out; whether it knows of the latter is said by `farewells`, whether the user is signed out
    by `out`: then it asks for a password.
    """

    url: str
    user: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=set)
    allowed_out: set[str] = field(default_factory=set)
    lies: Lies = field(default_factory=Lies)
    skew: float = 0.0
    denied: bool = False
    farewells: bool = True
    out: bool = False
    basic: bool = True
    seen: list[dict[str, str]] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.turn_key()

    def turn_key(self) -> None:
        """Sign by a new key from now on, as providers do now and then."""
        self._key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    def discovery(self, request: Request) -> Response:
        told = {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "code_challenge_methods_supported": ["S256"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic" if self.basic else "client_secret_post"
            ],
        }  # fmt: skip
        if self.farewells:
            told["end_session_endpoint"] = f"{self.url}/logout?realm=office"
        return self._answer(request, told)

    def logout(self, request: Request) -> Response:
        """As OpenID Connect RP-Initiated Logout 1.0 has it."""
        asked = dict(request.query_params)
        back, hint = asked.get("post_logout_redirect_uri"), asked.get("id_token_hint")
        if asked.get("realm") != "office" or asked.get("client_id") != CLIENT:
            return PlainTextResponse("no such client", 400)
        if back is not None and back not in self.allowed_out:
            return PlainTextResponse("not an address of the client", 400)
        if hint is None:
            return PlainTextResponse("do you want to sign out?")
        try:
            claims = jwt.decode(hint, self._key).claims  # however old
        except ValueError:
            return PlainTextResponse("not a token of mine", 400)
        if (claims["iss"], claims["aud"], claims["sub"]) != (self.url, CLIENT, self.user["sub"]):
            return PlainTextResponse("a token of somebody else", 400)
        self.out = True
        return RedirectResponse(back, 302) if back else PlainTextResponse("you are signed out")

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.seen.append(asked)
        if asked.get("client_id") != CLIENT or asked.get("redirect_uri") not in self.allowed:
            return PlainTextResponse("no such client, or not its address", 400)
        back = {"state": asked.get("state", ""), "iss": self.url}
        whole = asked.get("response_type") == "code" and "openid" in asked.get("scope", "").split()
        if not whole or asked.get("code_challenge_method") != "S256":
            back["error"] = "invalid_request"
        elif self.out:
            return PlainTextResponse("your password at the office, please")
        elif self.denied:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_urlsafe(16)
            self._codes[back["code"]] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 302)

    async def token(self, request: Request) -> Response:
        sent = {name: str(value) for name, value in (await request.form()).items()}
        if not self._is_client(request, sent):
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self._codes.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        shown = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["redirect_uri"] != sent.get("redirect_uri")
            or asked["code_challenge"] != shown
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe(16)
        self._tokens.add(access)
        told = {"access_token": access, "token_type": "Bearer", "expires_in": 60,
                "id_token": self._signed(asked.get("nonce"))}  # fmt: skip
        return self._answer(request, told)

    def keys(self, request: Request) -> Response:
        # beside its own a key of another use and one of a kind that nobody knows
        own = self._key.as_dict(private=False)
        other = {**own, "kid": "enc", "use": "enc", "alg": "RSA-OAEP"}
        known = [other, {"kty": "XYZ", "kid": "odd"}, own]
        return self._answer(request, {"keys": known})

    def about(self, request: Request) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self._tokens:
            return JSONResponse({"error": "invalid_token"}, 401)
        return self._answer(request, {"sub": self.user.get("sub"), **self.userinfo})

    def _answer(self, request: Request, told: Any) -> Response:
        status, other = self.lies.answers.get(request.url.path, (200, told))
        if isinstance(other, str):
            return PlainTextResponse(other, status)
        return JSONResponse(other, status)

    def _is_client(self, request: Request, sent: dict[str, str]) -> bool:
        if not self.basic:
            return (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        shown = request.headers.get("authorization", "").removeprefix("Basic ")
        return base64.b64decode(shown).decode() == f"{CLIENT}:{SECRET}"

    def _signed(self, nonce: str | None) -> str:
        now = int(time.time() + self.skew)
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce,
                  **self.user, **self.lies.claims}  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.lies.signature in ("none", "HS256"):
            said = {"alg": self.lies.signature, "kid": str(self._key.kid)}
            signed = f"{_part(json.dumps(said).encode())}.{_part(json.dumps(claims).encode())}"
            # by what everybody can read, as if it were a secret
            mark = hmac.digest(self._key.as_pem(private=False), signed.encode(), "sha256")
            return f"{signed}.{_part(mark) if self.lies.signature == 'HS256' else ''}"
        key_of = self._key
        if self.lies.other_key:
            key_of = RSAKey.generate_key(2048, {"kid": self._key.kid})
        head = {"alg": "RS256", "kid": str(self._key.kid)}
        return jwt.encode(head, claims, key_of)


def _part(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).rstrip(b"=").decode()


@contextmanager
def oidc_server() -> Iterator[OidcServer]:
    """A provider while it runs."""
    port = free_port()
    known = OidcServer(f"http://127.0.0.1:{port}")
    app = Starlette(routes=[
        Route("/.well-known/openid-configuration", known.discovery),
        Route("/authorize", known.authorize), Route("/token", known.token, methods=["POST"]),
        Route("/keys", known.keys), Route("/userinfo", known.about),
        Route("/logout", known.logout),
    ])  # fmt: skip
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.05)
    yield known
    server.should_exit = True
    thread.join(10)
