"""A bulletin as HTML for the source panel, the cited paragraph and sentence marked."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from corpus.bulletin import Bulletin, Kind, Span, Unit
from corpus.citation_label import KIND_LABELS
from corpus.errors import CallError
from corpus.figures.misread import told_doubt
from corpus.hand_facts import NO_FACTS, HandFacts
from index.library import Library
from ui.views.addresses import original_address, picture_address
from ui.views.escaping import escape
from ui.views.facts_view import by_hand
from ui.views.file_media import PDF, media_of
from ui.views.page_words import both

_HEADINGS = {Kind.TITLE: "h3", Kind.HEADING: "h4"}


@dataclass(frozen=True, slots=True)
class Target:
    """What an address asks to show: a unit of a bulletin, the quoted range in its text, and the
    version that it was quoted from, None for the one there is.
    """

    bulletin: str
    paragraph: int | None
    position: int | None
    quote: Span
    version: str | None = None


def read_address(address: str) -> Target | None:
    """The target of /?bulletin=ID&paragraph=N…, or None if the address names no bulletin.

    :raises CallError: a number in it is none.
    """
    query = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
    if "bulletin" not in query:
        return None

    def number(key: str) -> int | None:
        value = query.get(key)
        if value is None:
            return None
        if not value.isdecimal() or len(value) > 9:
            raise CallError(f"地址中的 {key}={value} 不是数字 (not a number)")
        return int(value)

    quote = Span(number("start") or 0, number("end") or 0)
    version = query.get("version")
    return Target(query["bulletin"], number("paragraph"), number("unit"), quote, version)


def nothing_html() -> str:
    """The panel before anything is open in it."""
    words = both("点击回答中的出处标记 [1]，此处显示原文并标出所引段落。")
    return f'<div class="jb-source jb-empty"><p>{words}</p></div>'


def source_html(library: Library, address: str) -> str:
    """The panel for an address; a word to the user where it leads nowhere."""
    try:
        target = read_address(address)
        if target is None:
            return nothing_html()
        bulletin = library.kept.cited(target.bulletin, target.version)
        current = library.kept.entry(target.bulletin)
    except CallError as error:
        return f'<div class="jb-source jb-empty"><p>{escape(str(error))}</p></div>'
    older = "" if bulletin.sha256 == current.sha256 else _older(current.id)
    shown = _shown(bulletin, target)
    head = _head(bulletin, shown, library.kept.facts().get(current.id, NO_FACTS))
    picture = ""
    if shown and not older:  # of an earlier version no picture is made
        name = library.kept.file_name(bulletin.id)
        picture = _pictured(bulletin, shown, target.quote, name)
    units = "".join(
        _unit_html(unit, target.quote) + picture
        if _is_target(unit, position, target)
        else _unit_html(unit, None)
        for position, unit in enumerate(bulletin.units)
    )
    return f'<article class="jb-source">{head}{older}{units}</article>'


def _is_target(unit: Unit, position: int, target: Target) -> bool:
    if target.paragraph is not None:
        return unit.number == target.paragraph
    return position == target.position


def _shown(bulletin: Bulletin, target: Target) -> Unit | None:
    """The unit that a target names."""
    found = (u for n, u in enumerate(bulletin.units) if _is_target(u, n, target))
    return next(found, None)


def _head(bulletin: Bulletin, shown: Unit | None, said: HandFacts) -> str:
    """What stays above the text: title, date, places, the paragraph and page that are shown, and
    the way to the file itself; what was said by hand is marked.
    """
    places = "、".join(dict.fromkeys(a.place for a in bulletin.articles if a.place))
    facts = ((bulletin.date, said.date), (places, said.place))
    parts = [escape(fact) + (by_hand() if by else "") for fact, by in facts if fact]
    if shown is not None and shown.number:
        parts.append(both("第{number}段", number=shown.number))
    if shown is not None and shown.page:
        parts.append(both("第{page}页", page=shown.page))
    parts.append(both("共{paragraphs}段", paragraphs=len(bulletin.paragraphs)))
    title = bulletin.title_of(shown) if shown is not None else bulletin.title
    files = "".join(
        f'<a href="{escape(address)}"{target}>{both(words)}</a>'
        for words, address, target in (
            ("打开原件", original_address(bulletin.id), ' target="_blank" rel="noopener"'),
            ("下载", original_address(bulletin.id, download=True), " download"),
        )
    )
    return (
        f'<header class="jb-source-head"><h2>{escape(title)}</h2>'
        f'<p class="jb-facts">{" · ".join(parts)}</p><p class="jb-files">{files}</p></header>'
    )


def _older(bulletin_id: str) -> str:
    """A word above the text of an earlier version, with the way to the one that replaced it."""
    address = escape(f"/?{urlencode({'bulletin': bulletin_id}, errors='replace')}")
    link = f'<a class="jb-cite" href="{address}">{both("打开现行版本")}</a>'
    return f'<p class="jb-loss">⚠ {both("这是引用时的版本，此后已被替换。")} {link}</p>'


def _unit_html(unit: Unit, quote: Span | None) -> str:
    classes = f"jb-unit jb-{unit.kind.value}" + (" jb-cited" if quote else "")
    tag = _HEADINGS.get(unit.kind, "p")
    text = _marked(unit, quote) if quote else _plain(unit, 0, len(unit.text))
    number = f'<span class="jb-number">{unit.number}</span>' if unit.number else ""
    told = [] if unit.number else [KIND_LABELS[unit.kind]]
    told += ["由文字识别读出，请对照原件"] if unit.recognised else []
    label = f' title="{"；".join(told)}"' if told else ""
    whole = f'<{tag} class="{classes}"{label}>{number}{text}</{tag}>'
    return whole + _printed(unit) if quote else whole


def _pictured(bulletin: Bulletin, unit: Unit, quote: Span, name: str) -> str:
    """The page of the unit as a picture, the quote boxed; of a PDF alone."""
    if media_of(name) != PDF or not unit.page:
        return ""
    position = bulletin.units.index(unit)
    address = picture_address(bulletin.id, position, unit.page, quote.start, quote.end)
    words = both("第{page}页的原样", page=unit.page)
    told = f"第{unit.page}页 page {unit.page}"
    return (
        f'<details class="jb-picture" open><summary>{words}</summary>'
        f'<a href="{escape(address)}" target="_blank" rel="noopener">'
        f'<img src="{escape(address)}" alt="{told}" loading="lazy"></a></details>'
    )


def _printed(unit: Unit) -> str:
    """The characters of the file, where they are not those of the reading text."""
    if unit.source == unit.text:
        return ""
    summary = f"<summary>{both('原件文字（未校正）')}</summary>"
    return f'<details class="jb-printed">{summary}{escape(unit.source)}</details>'


def _marked(unit: Unit, quote: Span) -> str:
    start, end = min(quote.start, len(unit.text)), min(quote.end, len(unit.text))
    if start >= end:
        return _plain(unit, 0, len(unit.text))
    marked = f"<mark>{_plain(unit, start, end)}</mark>"
    return _plain(unit, 0, start) + marked + _plain(unit, end, len(unit.text))


def _plain(unit: Unit, start: int, end: int) -> str:
    """Escaped text[start:end] with its doubtful figures marked."""
    pieces = []
    position = start
    for figure in unit.figures:
        if figure.doubt and start <= figure.start and figure.end <= end:
            pieces.append(escape(unit.text[position : figure.start]))
            note = told_doubt(figure)
            note += f"，应为{figure.suggestion}" if figure.suggestion else ""
            pieces.append(
                f'<span class="jb-doubt" title="{escape(note)}">{escape(figure.text)}</span>'
            )
            position = figure.end
    return "".join(pieces) + escape(unit.text[position:end])
