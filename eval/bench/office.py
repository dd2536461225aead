"""An office for the load test: everyone signs in, and a folder is for a group of them."""

import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from corpus.formats.registry import SUFFIXES
from eval.bench.people import Paragraphs, client
from eval.bench.processes import ran
from rag.settings import shipped_bulletins

FOLDER, GROUP = "内部", "office"
EDITOR = "editor"  # who adds and removes meanwhile; all others are readers


@dataclass(frozen=True, slots=True)
class LoadOffice:
    """A server's people: `inside` are those who see FOLDER. All have one password, which is made
    for this office; `served` is the tree of bulletins.
    """

    inside: frozenset[str]
    password: str
    served: Path

    def seen_by(self, name: str, known: Paragraphs) -> Paragraphs:
        """The paragraphs that an answer to somebody may cite, of those that there are."""
        if name in self.inside:
            return known
        return {key: text for key, text in known.items() if not is_closed(key[0])}


def is_closed(bulletin: str) -> bool:
    """Whether a bulletin lies in the folder of the group."""
    return bulletin.startswith(f"{FOLDER}/")


def office_of(home: Path, names: Sequence[str]) -> LoadOffice:
    """An office in a data directory that is not there yet, where every second one of these people
    is in the group, and some of the shipped bulletins lie in its folder.
    """
    office = LoadOffice(frozenset(names[::2]), secrets.token_urlsafe(), home.with_name("served"))
    furnish(office.served)
    ran(home, "collection", "give", FOLDER, GROUP)
    for name in names:
        role = "editor" if name == EDITOR else "reader"
        ran(home, "user", "add", name, "--role", role, told=f"{office.password}\n")
        if name in office.inside:
            ran(home, "user", "group", name, GROUP)
    return office


def furnish(tree: Path) -> None:
    """Lay the shipped bulletins into a tree that is not there yet, the first half in FOLDER."""
    files = sorted(path for path in shipped_bulletins().iterdir() if path.suffix in SUFFIXES)
    (tree / FOLDER).mkdir(parents=True)
    for number, file in enumerate(files):
        shutil.copy(file, tree / FOLDER if number < len(files) // 2 else tree)


def settings_of(home: Path, office: LoadOffice | None) -> Mapping[str, str]:
    """The settings by which a server is that of an office; none where there is none."""
    if office is None:
        return {}
    return {"JIANBAO_AUTH": f"{home / 'users.json'}", "JIANBAO_BULLETINS": f"{office.served}"}


async def come_in(url: str, name: str, office: LoadOffice | None) -> httpx.AsyncClient:
    """The browser of somebody, signed in where there is an office.

    :raises httpx.HTTPError: the server does not let in.
    """
    browser = client(url)
    if office is not None:
        sent = await browser.post("/login", data={"name": name, "password": office.password})
        if sent.status_code != 303:
            sent.raise_for_status()
    (await browser.get("/")).raise_for_status()  # the cookie
    return browser
