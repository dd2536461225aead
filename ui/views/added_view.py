"""Files that were added, as HTML: what came of each, and what is asked before one is taken in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Self

from corpus.bulletin import Bulletin, Loss
from corpus.formats.page_progress import PageReached
from index.incoming import Incoming, Standing
from index.records import Entry
from ui.views.escaping import escape
from ui.views.losses_view import losses_html
from ui.views.page_words import both


@dataclass(frozen=True, slots=True)
class FileContents:
    """What was found in a file."""

    title: str
    paragraphs: int
    doubtful: int
    losses: tuple[Loss, ...] = ()

    @classmethod
    def of(cls, bulletin: Bulletin) -> Self:
        """That of a bulletin."""
        doubtful = sum(figure.doubt is not None for u in bulletin.units for figure in u.figures)
        return cls(bulletin.title, len(bulletin.paragraphs), doubtful, bulletin.losses)


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a file: how it was taken in and what it holds, or why it was not; the title of
    the bulletin that it has `replaced`, or of its `twin`, another one of the same bytes. `left`
    where somebody chose not to take it.
    """

    name: str
    state: str
    contents: FileContents | None = None
    replaced: str = ""
    twin: str = ""
    left: bool = False


class IntakeChoice(StrEnum):
    """What somebody may want of a file that is asked about; the page's form sends the value."""

    SKIP = ""
    TAKE = "1"  # in place of what has its name, or beside its like
    BESIDE = "2"  # under another name, where its own is taken


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that is taken in only if somebody says so, and how it stands to the library."""

    path: Path
    foreseen: Incoming


@dataclass(frozen=True, slots=True)
class Intake:
    """Files of one go: what came of some, and those that are asked about."""

    told: tuple[Added, ...] = ()
    asked: tuple[Asked, ...] = ()

    def with_one(self, one: Added | Asked) -> Self:
        """These and one more."""
        if isinstance(one, Added):
            return replace(self, told=(*self.told, one))
        return replace(self, asked=(*self.asked, one))


def intake_html(
    intake: Intake, waiting: Sequence[str] = (), turn: PageReached | None = None
) -> str:
    """A line for each file, those that wait too; of several that are done, the sum. What is to be
    asked is asked when nothing waits any more. The first that waits is being read, at `turn` where
    it is a scan.
    """
    items = "".join(map(_added, intake.told)) + "".join(
        f'<li class="jb-waiting">{_reading(turn) if n == 0 else both("等待")} {escape(name)}</li>'
        for n, name in enumerate(waiting)
    )
    asked = "" if waiting else _asked_html(intake.asked)
    told = _sum(intake, waiting)
    return f'{told}<ul class="jb-added" aria-live="polite">{items}</ul>{asked}'


def _reading(turn: PageReached | None) -> str:
    if turn is None:
        return both("正在读取")
    share = f'<progress max="{turn.of}" value="{turn.page - 1}"></progress>'
    told = both("正在识别扫描页：第{page}页，共{of}页", page=turn.page, of=turn.of)
    return f'<span class="jb-page-turn">{told} {share}</span>'


def _sum(intake: Intake, waiting: Sequence[str]) -> str:
    if waiting:
        done = len(intake.told) + len(intake.asked)
        every = done + len(waiting)
        share = f'<progress max="{every}" value="{done}"></progress>'
        return f'<p class="jb-sum">{share} {done} / {every}</p>' if every > 1 else ""
    if len(intake.told) < 2:
        return ""
    taken = [one.contents for one in intake.told if one.contents]
    failed = sum(one.contents is None and not one.left for one in intake.told)
    paragraphs = sum(one.paragraphs for one in taken)
    told = both("收下{count}份，共{paragraphs}段", count=len(taken), paragraphs=paragraphs)
    refused = both("；{failed}份未收", failed=failed) if failed else ""
    return f'<p class="jb-sum">{told}{refused}</p>'


def _added(one: Added) -> str:
    if one.left:
        return f'<li class="jb-waiting">{escape(one.name)}{both("：")}{both(one.state)}</li>'
    if one.contents is None:
        return f'<li class="jb-failed">✗ {escape(one.name)}{both("：")}{escape(one.state)}</li>'
    found = both("{paragraphs}段", paragraphs=one.contents.paragraphs)
    if one.contents.doubtful:
        found += both("，") + both("{doubtful}处存疑数字", doubtful=one.contents.doubtful)
    if one.replaced:
        found += both("，") + both("替换了同名文件《{title}》", title=one.replaced)
    if one.twin:
        found += both("，") + both("与库中《{title}》内容完全相同", title=one.twin)
    found += losses_html(one.contents.losses)
    name = f"《{escape(one.contents.title)}》"
    return f"<li>✓ {name}{both(one.state)}{both('：')}{found}</li>"


def _asked_html(asked: Sequence[Asked]) -> str:
    """A form with a choice for each file; nothing is taken that nobody has chosen."""
    if not asked:
        return ""
    choices = "".join(_choice(n, one) for n, one in enumerate(asked))
    every = "".join(
        f'<button type="button" class="jb-all" data-take="{take}">{both(words)}</button>'
        for take, words in (("1", "全部收下"), ("", "全部跳过"))
    )
    head = both("{count}份请您决定", count=len(asked))
    return (
        f'<form class="jb-asked"><p class="jb-sum" role="status">{head}</p>{choices}'
        f'<p class="jb-decide"><button type="submit" class="jb-yes">{both("确定")}</button>'
        f"{every if len(asked) > 1 else ''}</p></form>"
    )


def _choice(n: int, one: Asked) -> str:
    replaces = one.foreseen.standing is Standing.REPLACES
    choices = [(IntakeChoice.TAKE, "替换" if replaces else "收下")]
    choices += [(IntakeChoice.BESIDE, "两份都留")] if replaces else []
    choices += [(IntakeChoice.SKIP, "跳过")]
    boxes = "".join(
        f'<label><input type="radio" name="jb-take-{n}" value="{value}"'
        f"{'' if value else ' checked'}> {both(words)}</label>"
        for value, words in choices
    )
    told = (
        "将替换库中同名的《{title}》（{facts}）；旧版保留，引用过它的回答仍可打开"
        if replaces
        else "与库中《{title}》（{facts}）内容相同；收下也只存一份，多记一处"
    )
    other = one.foreseen.other
    what = both(told, title=other.title, facts=_facts(other)) if other else ""
    return (
        f"<fieldset><legend>{escape(one.path.name)}</legend>"
        f'<p>{what}</p><div class="jb-take">{boxes}</div></fieldset>'
    )


def _facts(entry: Entry) -> str:
    """What tells a bulletin from others of its title."""
    return " · ".join(filter(None, (entry.id, entry.date)))
