"""What whoever sends a request may see of the library: told here, once, for every door."""

import inspect
import logging
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, TypeVar

from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import LibraryError, WorkError
from index.sight import WHOLE, Sight
from ui.server.owner import GROUPS, ROLE, USER
from ui.server.passwords import plain
from ui.server.program_doors import for_programs, refusal_of
from ui.store.collections_file import Collections
from ui.store.roles import AccessRole

SIGHT = "jianbao.sight"  # key of the request's scope
LOG = logging.getLogger("jianbao.sights")
_UNKNOWN = (
    "授权记录读不出来，除管理员外暂不开放，请联系管理员。What is given to whom cannot be read, so "
    "that nothing is shown to any but administrators; jianbao doctor tells the mend."
)
V = TypeVar("V")


class Sights:
    """ASGI middleware inside Rights: the application finds in the scope of a request what may be
    seen by whoever sent it. An administrator sees all, as does everyone without a sign-in. Where
    nobody can tell what the others may see, they get a sentence and no more.
    """

    def __init__(
        self,
        app: ASGIApp,
        collections: Collections | None,
        everyone: AccessRole | None,
        always: Collection[str] = (),
    ) -> None:
        """`collections` tells what is given to whom, None where nothing is; `everyone` is the role
        of those who did not sign in, None where they must. The addresses `always` go on even where
        it cannot be told what may be seen: so that an administrator comes in.
        """
        self._app = app
        self._always = always
        self._collections = collections
        self._everyone = everyone

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        from anyio.to_thread import run_sync

        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        role = scope.get(ROLE, self._everyone)
        if self._collections is None or (role is not None and role.may(AccessRole.ADMIN)):
            sight = WHOLE
        else:
            who, told = plain(scope.get(USER) or ""), scope.get(GROUPS, ())
            try:
                sight = await run_sync(self._collections.sight, who, told)
            except LibraryError as error:
                LOG.error("nothing is shown", extra={"why": str(error)})  # noqa: TRY400 # one line
                door = self._app if scope["path"] in self._always else _refusal(scope["path"])
                await door(scope, receive, send)
                return
        await self._app({**scope, SIGHT: sight}, receive, send)


def _refusal(path: str) -> ASGIApp:
    """The response to whom nothing is shown: a sentence, to programs in the form that they read."""
    from starlette.responses import PlainTextResponse

    if for_programs(path):
        return refusal_of(path, 503, _UNKNOWN)
    return PlainTextResponse(_UNKNOWN, 503, {"Cache-Control": "no-store"})


def sight_behind(scope: Scope) -> Sight:
    """What may be seen by whoever sent a request.

    :raises WorkError: nobody has told, so that nothing may be.
    """
    sight = scope.get(SIGHT)
    if not isinstance(sight, Sight):
        raise WorkError("this request came by a way on which nobody tells what it may see")
    return sight


def with_visitor(
    tool: Callable[..., Any], kind: type[V], sight_of: Callable[[V], Sight]
) -> Callable[..., Any]:
    """A tool whose first parameter is what the caller may see, as a function whose first parameter
    is the `visitor`, of the type by which a framework hands a request in; callers know of neither.
    """

    @wraps(tool)
    def call(visitor: V, *arguments: Any, **named: Any) -> Any:
        return tool(sight_of(visitor), *arguments, **named)

    sight, *others = inspect.signature(tool).parameters.values()
    hints = {name: hint for name, hint in tool.__annotations__.items() if name != sight.name}
    visitor = sight.replace(name="visitor", annotation=kind)
    signature = inspect.signature(tool).replace(parameters=[visitor, *others])
    call.__dict__["__signature__"] = signature
    call.__annotations__ = {"visitor": kind, **hints}
    return call
