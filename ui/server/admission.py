"""Who may ask now: nobody waits long, nobody takes the place of all others, nobody asks too often.

Gradio's own limit (`queue(max_size=…)`) counts without looking who asks, and says in English alone
that it is full. Here a question is turned away before it is queued, in a sentence.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from starlette.types import ASGIApp, Receive, Scope, Send

from ui.server.owner import BROWSER_COOKIE, USER, cookies_of, owner_behind
from ui.server.program_doors import QUESTION_PATHS, refusal_of
from ui.server.rate import RateLimit
from ui.server.uploads import SENT

QUESTIONS = "questions"  # Gradio's id of the queue in which all questions wait
ASKER = "jianbao.asker"  # key of the request's scope: whose question this is
# Questions that wait or are being answered: two busy cores answer some 7 a second, so that nobody
# waits longer than WAIT_SECONDS (docs/load.md).
MAX_QUESTIONS = 100
MAX_OPEN = 4  # questions of one asker: half of those that are answered at the same time
WAIT_SECONDS = 20
BUSY = (
    f"现在提问的人很多，请过{WAIT_SECONDS}秒再问。"
    f"Many people are asking; ask again in {WAIT_SECONDS} seconds."
)
OPEN = (
    "您有{open}个问题还没答完，请等一等再问。"
    "{open} questions of yours are still being answered; wait for one of them."
)
OFTEN = (
    "您问得太快（每分钟至多{rate}个问题），请过{seconds}秒再问。"
    "You ask too fast (at most {rate} questions a minute); ask again in {seconds} seconds."
)
_CALL, _JOIN, _MCP = "/gradio_api/call/", "/gradio_api/queue/join", "/mcp"


@dataclass(frozen=True, slots=True)
class PageQueue:
    """What the page's queue tells: who has asked each question that waits or is being answered, and
    whether the page's event of a number is a question.
    """

    askers: Callable[[], list[str]]
    is_question: Callable[[object], bool]


class Admission:
    """ASGI middleware inside Gate and Uploads, outside BrowserCookie: who has no cookie yet is
    known by the address.
    """

    def __init__(self, app: ASGIApp, queue: PageQueue, rate: RateLimit | None = None) -> None:
        """`rate` bounds how often a signed-in user asks."""
        self._app = app
        self._queue = queue
        self._rate = rate
        self._coming: Counter[str] = Counter()  # on their way into the queue, or by a program

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["method"] != "POST" or not self._is_question(scope):
            await self._app(scope, receive, send)
            return
        asker = _asker(scope)
        if refused := self._refused(asker, scope):
            told, seconds = refused
            await _refuse(told, seconds, scope, receive, send)
            return
        self._coming[asker] += 1
        try:
            await self._app({**scope, ASKER: asker}, receive, send)
        finally:
            self._coming -= Counter({asker: 1})  # which forgets who has none left

    def _refused(self, asker: str, scope: Scope) -> tuple[str, int] | None:
        """Why this one may not ask now, and after how many seconds to try again."""
        askers = [*self._queue.askers(), *self._coming.elements()]
        if len(askers) >= MAX_QUESTIONS:
            return BUSY, WAIT_SECONDS
        if askers.count(asker) >= MAX_OPEN:
            return OPEN.format(open=MAX_OPEN), 1
        if self._rate is not None and scope.get(USER) and (wait := self._rate.wait(asker)):
            return OFTEN.format(rate=self._rate.per_minute, seconds=ceil(wait)), ceil(wait)
        return None

    def _is_question(self, scope: Scope) -> bool:
        path, sent = scope["path"], scope.get(SENT)
        said = sent if isinstance(sent, dict) else {}
        if path.startswith(_JOIN):
            return self._queue.is_question(said.get("fn_index"))
        if path.startswith(_MCP):
            return said.get("method") == "tools/call"
        return path in QUESTION_PATHS or bool(path.startswith(_CALL))


def _asker(scope: Scope) -> str:
    """The owner of a question; for who sends neither a session nor a cookie, the address."""
    if scope.get(USER) or BROWSER_COOKIE in cookies_of(scope):
        return owner_behind(scope)
    return f"address:{scope['client'][0] if scope.get('client') else ''}"


async def _refuse(told: str, seconds: int, scope: Scope, receive: Receive, send: Send) -> None:
    """429 for all reasons: of any other status but 503 the page shows the sentence."""
    headers = {"Retry-After": str(seconds)}
    await refusal_of(scope["path"], 429, told, headers=headers)(scope, receive, send)
