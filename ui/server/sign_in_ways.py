"""The ways in that a server has: passwords of its own, a provider of identities, a proxy."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

from corpus.errors import CallError
from ui.server.accounts import SignIn, some_user_names
from ui.server.oidc_provider import Identity, OidcClient, OidcProvider
from ui.server.proxied import TrustedProxy
from ui.server.role_rules import RoleRules, role_rules
from ui.store.roles import AccessRole
from ui.store.sessions import SESSIONS, Session, Sessions, SignInWay

if TYPE_CHECKING:
    from rag.settings import Settings

OIDC_PREFIX = "oidc:"  # before names that the provider tells: another li may have a password here


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in by a session, under the name that the rest of the server knows, in which
    groups by what the provider says.
    """

    user: str
    role: AccessRole
    way: SignInWay
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignInWays:
    """What is asked of those who come, and who came. `rules` say what those may do who have no
    password here.
    """

    sessions: Sessions
    own: SignIn | None = None
    provider: OidcProvider | None = None
    proxy: TrustedProxy | None = None
    rules: RoleRules = field(default_factory=RoleRules)

    def start(self, name: str) -> str:
        """The secret of a session for a user whose password was right.

        :raises CallError: the user has just been removed.
        :raises LibraryError: a file cannot be used.
        """
        standing = self.own.standing(name) if self.own is not None else None
        if standing is None:
            raise CallError(f"no user {name!r}; jianbao user list shows them")
        return self.sessions.start(Session(SignInWay.OWN, name, standing))

    def start_elsewhere(self, provider: OidcProvider, one: Identity) -> str | None:
        """The secret of a session for whom the provider knows, None where no rule lets in.

        :raises LibraryError: the file cannot be used.
        """
        if self.rules.role(one.name, one.groups) is None:
            return None
        kept = Session(SignInWay.OIDC, one.name, provider.standing, one.groups)
        return self.sessions.start(kept)

    def who(self, secret: str) -> SignedIn | None:
        """Whose secret this is: nobody's where the session is too old, the user was removed or got
        another password, or the provider is another.

        :raises LibraryError: a file cannot be used.
        """
        kept = self.sessions.of(secret)
        if kept is None:
            return None
        if self._standing(kept) != kept.standing:
            self.sessions.end(secret)
            return None
        if kept.way is SignInWay.OWN:
            role = self.own.role(kept.name) if self.own is not None else None
            return None if role is None else SignedIn(kept.name, role, kept.way)
        role = self.rules.role(kept.name, kept.groups)
        user = f"{OIDC_PREFIX}{kept.name}"
        return None if role is None else SignedIn(user, role, kept.way, kept.groups)

    def _standing(self, kept: Session) -> str | None:
        """What the session's user stands on now."""
        if kept.way is SignInWay.OIDC:
            return None if self.provider is None else self.provider.standing
        return None if self.own is None else self.own.standing(kept.name)


def ways_of(settings: "Settings") -> SignInWays | None:
    """The ways that the settings tell, None where anyone may come in.

    :raises CallError: a setting cannot be, or nobody could come in.
    :raises LibraryError: the file of users cannot be read.
    """
    rules = role_rules(settings.roles)
    provider = proxy = None
    if settings.oidc_issuer is not None and settings.oidc_client is not None:
        if find_spec("authlib") is None:
            raise CallError("JIANBAO_OIDC_ISSUER needs the extra: pip install 'jianbao[oidc]'")
        provider = OidcProvider(
            OidcClient(
                settings.oidc_issuer, settings.oidc_client, settings.oidc_secret,
                settings.oidc_name, settings.oidc_groups, settings.oidc_scope,
            )
        )  # fmt: skip
    if settings.proxy_header is not None:
        proxy = TrustedProxy(settings.proxy_header, settings.proxy_from, settings.proxy_groups)
    elsewhere = provider is not None or proxy is not None
    if settings.auth is None and not elsewhere:
        if settings.roles is not None:
            raise CallError(
                "JIANBAO_ROLES is of users who sign in elsewhere; set JIANBAO_OIDC_ISSUER or "
                "JIANBAO_PROXY_HEADER too, or unset it"
            )
        return None
    if settings.auth is not None and not elsewhere:
        some_user_names(settings.auth)  # the page is not served to nobody
    own = SignIn(settings.auth) if settings.auth is not None else None
    return SignInWays(Sessions(settings.home / SESSIONS), own, provider, proxy, rules)
