"""The page's own words: Chinese as they stand in the code, English for browsers that ask for it."""

import re
from typing import TYPE_CHECKING

from corpus.formats.registry import USUAL_SUFFIXES
from ui.views.asking_words import ASKING
from ui.views.escaping import escape
from ui.views.keeping_words import KEEPING

if TYPE_CHECKING:
    import gradio as gr
    from gradio.i18n import I18nData

# Each locale is matched as a whole, so every Chinese one that browsers send is named.
CHINESE = ("zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG", "zh-MO")
ENGLISH = {**ASKING, **KEEPING}

_SIDE_BY_SIDE = re.compile(r"^(?P<zh>[^\x00-\x7f]+) (?P<en>[a-zA-Z][a-zA-Z .]*)(?P<end>）?)$")

# What Gradio tells a screen reader at the end of an event; it has no words for it in Chinese.
_DONE = "common.complete"


def label(chinese: str) -> "I18nData":
    """Words for a component of the page, shown in the language of the browser; {kinds} are those
    of the files that are taken in.

    :raises KeyError: they have no English.
    """
    from gradio.i18n import I18nData

    return I18nData(_with_kinds(_known(chinese), "、"))


def both(chinese: str, **values: object) -> str:
    """Words as HTML in both languages, of which the style sheet shows the browser's; {names} are
    filled with values, which are escaped.

    :raises KeyError: they have no English.
    """
    english = ENGLISH[chinese]
    filled = {name: escape(str(value)) for name, value in values.items()}
    zh, en = (escape(text).replace("&#123;", "{").replace("&#125;", "}").format(**filled)
              for text in (chinese, english))  # fmt: skip
    return _spans(zh, en)


def in_both(chinese: str, english: str) -> str:
    """As both, of words that come in both languages; they are escaped."""
    return _spans(escape(chinese), escape(english))


def split_in_both(words: str) -> str:
    """As in_both, of words that a table has side by side: Chinese, a blank, English.

    >>> split_in_both("缺少地区 place missing"), split_in_both("开封市")
    ('<span class="jb-zh">缺少地区</span><span class="jb-en">place missing</span>', '开封市')
    """
    found = _SIDE_BY_SIDE.match(words)
    if found is None:
        return escape(words)
    return in_both(found["zh"] + found["end"], found["en"] + found["end"])


def _spans(zh: str, en: str) -> str:
    return f'<span class="jb-zh">{zh}</span><span class="jb-en">{en}</span>'


def translations() -> "gr.I18n":
    """What the page's server gives browsers to translate with."""
    import gradio as gr

    english = {_with_kinds(text, "、"): _with_kinds(en, ", ") for text, en in ENGLISH.items()}
    chinese = {text: text for text in english}
    return gr.I18n(
        en=english | {_DONE: "Done"}, **dict.fromkeys(CHINESE, chinese | {_DONE: "完成"})
    )


def _known(chinese: str) -> str:
    ENGLISH[chinese]
    return chinese


def _with_kinds(text: str, between: str) -> str:
    return text.replace("{kinds}", between.join(s.removeprefix(".") for s in USUAL_SUFFIXES))
