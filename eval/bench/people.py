"""People at a server under load: those who ask, and one who adds and removes a bulletin.

By asyncio and httpx, which the project has already: locust would bring an event loop, a web server
and a page of its own, and would still have to be taught what a torn answer is.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any
from uuid import uuid4

import httpx

CALL = "/gradio_api/call/ask"
ANSWER_SECONDS = 120.0  # longer than anyone may have to wait: what comes later is an error
TURNED_AWAY = (429, 503)  # a full queue, or too many questions: told, and no error


@dataclass(slots=True)
class Tally:
    """What came of the questions: seconds of each full answer, what went wrong how often, and how
    many answers cite a bulletin, by its id.
    """

    seconds: list[float] = field(default_factory=list)
    turned_away: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    torn: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    cited: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A bulletin that comes and goes: its id, its text, and a word of the page when it is taken."""

    id: str
    text: str


# Paragraphs by bulletin and number: what an answer may cite.
Paragraphs = Mapping[tuple[str, int], str]


def client(url: str) -> httpx.AsyncClient:
    """A browser of its own: it keeps the cookie by which the server knows it."""
    return httpx.AsyncClient(base_url=url, trust_env=False, timeout=ANSWER_SECONDS)


async def asking(
    browser: httpx.AsyncClient, questions: Iterable[str], pause: float, until: float,
    known: Paragraphs, tally: Tally,
) -> None:  # fmt: skip
    """Ask one question after another on one open page, `pause` seconds between, until this time
    (monotonic).
    """
    page = uuid4().hex
    for question in cycle(questions):
        if time.monotonic() >= until:
            return
        began = time.monotonic()
        try:
            answer = await ask(browser, page, question)
        except httpx.HTTPStatusError as error:
            status = error.response.status_code
            if status in TURNED_AWAY:
                tally.turned_away += 1
            else:
                tally.errors[f"HTTP {status}"] += 1
        except (httpx.HTTPError, ValueError) as error:
            tally.errors[f"{type(error).__name__}: {error}"] += 1
        else:
            tally.seconds.append(time.monotonic() - began)
            tally.cited.update({one["bulletin"] for one in answer["citations"]})
            if why := torn(answer, known):
                tally.torn[why] += 1
        await asyncio.sleep(pause)


async def ask(browser: httpx.AsyncClient, page: str, question: str) -> dict[str, Any]:
    """The whole answer to a question, by the page's endpoint for programs. `page` is the number
    that an open page gives itself: without one Gradio prepares a whole page for every question.

    :raises httpx.HTTPError: the server cannot be reached or turns the question away.
    :raises ValueError: it tells of an error, or breaks off.
    """
    data = {"data": [question, None, None, None, None, None], "session_hash": page}
    sent = (await browser.post(CALL, json=data)).raise_for_status()
    told = (await browser.get(f"{CALL}/{sent.json()['event_id']}")).raise_for_status().text
    _, complete, data_line = told.rpartition("event: complete\ndata: ")
    if not complete:
        raise ValueError(f"no answer but {told[-200:]!r}")
    answer: dict[str, Any] = json.loads(data_line)[0]
    return answer


def torn(answer: Mapping[str, Any], known: Paragraphs) -> str:
    """What of an answer does not hang together, "" where it is whole: every citation quotes a
    paragraph that its bulletin has, word for word, and every marker has its citation.
    """
    if not answer["answer"]:
        return "no text"
    if not answer["refused"] and not answer["citations"]:
        return "neither cited nor refused"
    for one in answer["citations"]:
        if one["text"][one["start"] : one["end"]] != one["quote"]:
            return "a quote beside its paragraph"
        if f"[{one['marker']}]" not in answer["answer"]:
            return "a citation without its marker"
        number = one["paragraph"]
        if all(one["bulletin"] != bulletin for bulletin, _ in known):
            return "a bulletin that is not there for who asks"
        if number is not None and known.get((one["bulletin"], number)) != one["text"]:
            return "a paragraph that no bulletin has"
    return ""


async def changing(
    browser: httpx.AsyncClient, visitor: Visitor, pause: float, until: float, tally: Tally
) -> None:
    """Add the bulletin and remove it in turn on the page, `pause` seconds between."""
    events = Events(browser, "editor")
    await events.learn()
    while time.monotonic() < until:
        try:
            files = {"files": (f"{visitor.id}.txt", visitor.text.encode())}
            sent = (await browser.post("/gradio_api/upload", files=files)).raise_for_status()
            file = {"path": sent.json()[0], "orig_name": f"{visitor.id}.txt",
                    "meta": {"_type": "gradio.FileData"}}  # fmt: skip
            told = await events.run("jb-files", "upload", [[file]])
            if "✓" not in told:
                tally.errors[f"not added: {told[-200:]}"] += 1
            await asyncio.sleep(pause)
            told = await events.run("jb-entries", "remove", [], {"ids": [visitor.id]})
            if '"success":true' not in told:
                tally.errors[f"not removed: {told[-200:]}"] += 1
            tally.changes += 2
            await asyncio.sleep(pause)
        except (httpx.HTTPError, ValueError) as error:
            tally.errors[f"editor: {type(error).__name__}: {error}"] += 1


class Events:
    """The page's own events, sent as its script sends them."""

    def __init__(self, browser: httpx.AsyncClient, session: str) -> None:
        self._browser = browser
        self._session = session
        # by element and event: its number, and how many values it takes
        self._known: dict[tuple[str, str], tuple[int, int]] = {}

    async def learn(self) -> None:
        """Read what the page does at which event of which element."""
        config = (await self._browser.get("/config")).raise_for_status().json()
        names = {one["id"]: one["props"].get("elem_id") for one in config["components"]}
        for event in config["dependencies"]:
            for target, happened in event["targets"]:
                if event["backend_fn"] and (name := names.get(target)):
                    taken = (event["id"], len(event["inputs"]))
                    self._known.setdefault((name, happened), taken)

    async def run(
        self, target: str, happened: str, data: Sequence[Any], said: object = None
    ) -> str:
        """Everything the server tells of an event, up to its end; `said` is what the page's script
        sends with it. Values that the server keeps itself stand behind the others, as nothing.
        """
        number, wanted = self._known[target, happened]
        values = [*data, *[None] * (wanted - len(data))]
        body = {"data": values, "fn_index": number, "session_hash": self._session,
                "event_data": said}  # fmt: skip
        (await self._browser.post("/gradio_api/queue/join", json=body)).raise_for_status()
        address = f"/gradio_api/queue/data?session_hash={self._session}"
        return (await self._browser.get(address)).raise_for_status().text
