"""The record that offices set above a document on their pages: 发文机关, 成文日期, 发布日期."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.formats.page_markup import BLOCKS, tag_of, text_of
from corpus.text.reading_text import solid

MIN_FIELDS = 3  # fewer are a line of date and source
MAX_VALUE = 120  # characters; what is longer is the document
_TITLE, _ORGAN, _WRITTEN, _NUMBER, _PUBLISHED = (
    "标题",
    "发文机关",
    "成文日期",
    "发文字号",
    "发布日期",
)
_LABELS = {
    **dict.fromkeys(("标题", "名称", "信息名称", "文件名称", "公文名称"), _TITLE),
    **dict.fromkeys(
        ("发文机关", "发文单位", "制发机关", "制发单位", "发布机构", "发布机关", "公开主体",
         "公开机构", "信息来源"), _ORGAN,
    ),
    **dict.fromkeys(("成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "生成日期",
                     "制发日期"), _WRITTEN),
    **dict.fromkeys(("发文字号", "文号", "文件编号", "公文字号"), _NUMBER),
    **dict.fromkeys(("发布日期", "发布时间", "公开日期", "公开时间", "上网日期"), _PUBLISHED),
    **dict.fromkeys(
        ("索引号", "主题分类", "主题词", "体裁分类", "组配分类", "服务对象", "信息类别", "有效性",
         "效力状态", "生效日期", "废止日期", "关键词", "信息分类"), "",
    ),
}  # fmt: skip
_LABEL = re.compile(rf"({'|'.join(sorted(_LABELS, key=len, reverse=True))})[：:]?")
_SHOWN = (_ORGAN, _WRITTEN, _NUMBER, _PUBLISHED)  # when it was written before when it was published
_HOLDERS = ("table", "ul", "dl")


@dataclass(frozen=True, slots=True)
class WebRecord:
    """What a record says: the title, None where it has none, and its lines (label：value)."""

    title: str | None
    lines: tuple[str, ...]


def take_record(root: Any) -> WebRecord | None:
    """The record of a page, which loses it; None if it has none."""
    for holder in list(root.iter(*_HOLDERS)):
        if next(holder.iterdescendants(*_HOLDERS), None) is not None:
            continue
        fields = dict(reversed(list(_fields(holder))))  # the first of two counts
        if len(fields) >= MIN_FIELDS and (_WRITTEN in fields or _PUBLISHED in fields):
            holder.clear(keep_tail=True)
            lines = tuple(f"{label}：{fields[label]}" for label in _SHOWN if fields.get(label))
            return WebRecord(fields.get(_TITLE) or None, lines)
    return None


def _fields(holder: Any) -> Iterator[tuple[str, str]]:
    """Labels, by the name that the house gives them, with what stands behind them."""
    cells = [
        text
        for element in holder.iter("td", "th", "li", "dt", "dd")
        if not any(tag_of(inner) in BLOCKS - {"p", "div"} for inner in element.iterdescendants())
        and (text := text_of(element).strip())
    ]
    for n, text in enumerate(cells):
        plain = solid(text)
        match = _LABEL.match(plain)
        if match is None:
            continue
        rest = plain[match.end() :]
        behind = cells[n + 1] if n + 1 < len(cells) else ""
        if not rest and not _LABEL.match(solid(behind)):
            rest = solid(behind)
        elif match[0] == match[1] and rest:  # 名称 begins 名称变更 too: only a colon parts them
            continue
        if len(rest) <= MAX_VALUE:
            yield _LABELS[match[1]] or match[1], rest
