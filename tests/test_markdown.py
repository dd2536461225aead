"""Markdown is read as what it says: its signs are no text."""

from corpus.bulletin import Kind
from corpus.formats.markdown import is_markdown
from corpus.parse import parse

FILE = """# 关于某县托育工作的报告

## 一、基本情况

**去年以来**，全县新建托育机构 *12* 家[^a]，
新增托位480个。
其中公办托位占比达到四成。

1. 加强监督，办好实事。
2. 压实责任，抓好落实。

> 下一步将督促落实，详见[办法](https://a.cn/b)。

| 乡镇 | 托位（个） |
|---|---:|
| 城关 | 310 |
| 东乡 | 170 |

[^a]: 数据由县卫健委提供。
"""


def test_signs_of_markdown_are_left_out() -> None:
    """Headings, paragraphs, points, quotations and tables are units; their signs are gone."""
    bulletin = parse(FILE.encode(), "a.txt")
    assert bulletin.articles[0].title == "关于某县托育工作的报告"
    assert [(unit.kind, unit.text) for unit in bulletin.units[1:]] == [
        (Kind.HEADING, "一、基本情况"),
        (Kind.PARAGRAPH, "去年以来，全县新建托育机构12家，新增托位480个。"),
        (Kind.PARAGRAPH, "其中公办托位占比达到四成。"),
        (Kind.PARAGRAPH, "1.加强监督，办好实事。"),
        (Kind.PARAGRAPH, "2.压实责任，抓好落实。"),
        (Kind.PARAGRAPH, "下一步将督促落实，详见办法。"),
        (Kind.CAPTION, "乡镇，托位（个）"),
        (Kind.TABLE, "城关：托位310个"),
        (Kind.TABLE, "东乡：托位170个"),
        (Kind.PARAGRAPH, "⁽¹⁾数据由县卫健委提供。"),
    ]


def test_a_lone_sign_is_no_markdown() -> None:
    """A # or a row of stars in a text of another kind is its own."""
    assert not is_markdown("某县简报\n\n#1 电梯已加装完成，共投入38万元。\n\n* * *\n")
    assert not is_markdown("# 编号 12\n\n全县新建托育机构12家。\n")
