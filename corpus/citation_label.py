"""How a unit is cited: the title of its bulletin, its number, the cell of a table."""

from corpus.bulletin import Kind

KIND_LABELS = {
    Kind.MASTHEAD: "刊头",
    Kind.TITLE: "标题",
    Kind.HEADING: "小标题",
    Kind.BYLINE: "署名",
    Kind.PARAGRAPH: "正文",
    Kind.TABLE: "表",
    Kind.CAPTION: "图表说明",
    Kind.EDITOR_NOTE: "编者按",
    Kind.CREDIT: "供稿",
    Kind.PAGE_NUMBER: "页码",
    Kind.DISTRIBUTION: "报送单位",
    Kind.PAGE_CREDIT: "版面信息",
}


def citation_label(
    title: str, number: int | None, kind: Kind, row: str = "", column: str = ""
) -> str:
    """The human form of a citation: 《title》第N段, 《title》第N段·表 row column for a cell of a
    table, or 《title》 and the kind of unit.

    Book-title marks inside the title become the inner marks 〈〉, as the national standard for
    punctuation (GB/T 15834) asks.
    """
    inner = title.replace("《", "〈").replace("》", "〉")
    if number is None:
        return f"《{inner}》{KIND_LABELS[kind]}"
    if kind is not Kind.TABLE:
        return f"《{inner}》第{number}段"
    return " ".join(filter(None, (f"《{inner}》第{number}段·{KIND_LABELS[kind]}", row, column)))
