"""What a provider's signed token (JWT) says, once it is known to be genuine, ours, of now."""

from dataclasses import dataclass
from typing import Any

from corpus.errors import CallError

LEEWAY_SECONDS = 120  # how far the provider's clock may be from ours
# Signatures by a key that the provider alone has: never none, never our own secret (HS256).
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_KINDS = ("RSA", "EC")


@dataclass(frozen=True, slots=True)
class Expected:
    """Who must have signed a token, for which client, in answer to which question."""

    issuer: str
    client: str
    nonce: str


def signed_claims(
    token: dict[str, Any], keys: dict[str, Any], expected: Expected, now: float
) -> dict[str, Any]:
    """The claims of the `id_token` of a provider's answer `token`; `keys` is the provider's key set
    (JWKS), `now` in seconds since 1970.

    :raises CallError: it is not signed by one of the keys, or not what is expected, or not of now.
    """
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet
    from joserfc.jws import JWSRegistry

    held = {"nonce": expected.nonce, "client_id": expected.client,
            "access_token": token.get("access_token")}  # fmt: skip
    options = {"iss": {"essential": True, "value": expected.issuer},
               "aud": {"essential": True, "value": expected.client}}  # fmt: skip
    registry = JWSRegistry(algorithms=list(SIGNATURES), strict_check_header=False)
    try:
        known = KeySet.import_key_set({"keys": _signing(keys)})
        signed = jwt.decode(str(token.get("id_token", "")), key=known, registry=registry)
        claims = CodeIDToken(signed.claims, signed.header, options, held)
        claims.validate(now=int(now), leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise CallError(f"id_token: {error or type(error).__name__}") from error
    return dict(claims)


def _signing(keys: dict[str, Any]) -> list[Any]:
    """The keys that sign and that are of a kind we know; a provider may have others."""
    told = keys.get("keys")
    every = [key for key in told if isinstance(key, dict)] if isinstance(told, list) else []
    return [key for key in every if key.get("kty") in _KINDS and key.get("use", "sig") == "sig"]
