"""The page's own words: Chinese as they stand in the code, English for browsers that ask for it."""

from typing import TYPE_CHECKING

from corpus.formats.registry import USUAL_SUFFIXES
from ui.views.escaping import escape

if TYPE_CHECKING:
    import gradio as gr
    from gradio.i18n import I18nData

# Each locale is matched as a whole, so every Chinese one that browsers send is named.
CHINESE = ("zh", "zh-CN", "zh-TW", "zh-HK", "zh-SG", "zh-MO")
ENGLISH = {
    # the page
    "依据简报原文回答，每句注明出处；资料中没有的，直说没有。": (
        "Answers in the words of the bulletins, every sentence cited; a plain no where they are "
        "silent."
    ),
    "修改密码": "Change password",
    "退出登录": "Sign out",
    "统计": "Statistics",
    "审计记录": "Records",
    "提问": "Ask",
    "请就简报内容提问": "Ask about the bulletins",
    "问简报里的事：多少、谁、何时": "Ask: how many, who, when",
    "每句有出处，数字已核对": "Every sentence cited, every figure checked",
    # the start
    "资料库有{count}份简报": "The library holds {count} bulletin(s)",
    "，{period}": ", {period}",
    "，涉及{places}": "; places: {places}",
    "等{count}地": " and others, {count} places in all",
    "可以这样问": "You may begin with",
    "数字": "Figures",
    "做法": "Measures",
    "比较": "Comparison",
    "概述": "Summary",
    "时间": "Time",
    "资料": "Library",
    # limits
    "限定范围": "Limit the question to",
    "只问这些简报": "These bulletins",
    "只问这些地方": "These places",
    "从（如 2024、去年）": "From (2024, 2024-06)",
    "到": "To",
    "不限": "No limits",
    "限定：{bounds}，共{count}份简报": "Limited to {bounds}: {count} bulletin(s)",
    "；{undated}份没有日期，不在其内": "; {undated} without a date are left out",
    # the way to an answer
    "检索": "Search",
    "阅读": "Read",
    "作答": "Answer",
    "已停止": "Stopped",
    # punctuation between pieces that are told in both languages
    "，": ", ",
    "；": "; ",
    "：": ": ",
    "（{bounds}）": " ({bounds})",
    # the answer card
    "已理解为：{question}": "Understood as: {question}",
    "修改后再问": "Change and ask again",
    "出处": "Sources",
    "确信": "Certain",
    "可能": "Likely",
    "可能相关，请核对": "May be related; check the source",
    "{sentences} 句，全部有出处；数字已核对": (
        "{sentences} sentence(s), each with its source; figures checked"
    ),
    "{sentences} 句，全部有出处；数字未能核对：{missing}": (
        "{sentences} sentence(s), each with its source; figures that could not be checked: "
        "{missing}"
    ),
    "其中{doubtful}处原文存疑": "{doubtful} doubtful as printed",
    "原文为中文，按原文引用": "Quoted from the bulletins in Chinese, as printed",
    "查阅范围：全部{count}份简报": "Searched: all {count} bulletins",
    "查阅范围：{count}份简报（{bounds}）": "Searched: {count} bulletin(s) ({bounds})",
    "{undated}份简报没有日期，不在所限时间内": (
        "{undated} bulletin(s) without a date are outside the period"
    ),
    "查阅{count}份简报": "{count} bulletin(s) searched",
    "已核对{sentences}句": "{sentences} sentence(s) checked",
    "已更正：模型所写的{count}句与所引段落不符，未采用": (
        "Corrected: {count} sentence(s) of the model did not agree with what they cite"
    ),
    "可以接着问：": "You may go on with:",
    "答得对": "Right",
    "答得不对": "Wrong",
    "限定范围再问": "Ask again with limits",
    "复制": "Copy",
    "文本": "Text",
    "导出整个对话：": "Export the conversation:",
    # conversations
    "对话": "Conversations",
    "＋ 新对话": "＋ New",
    "搜索对话": "Search conversations",
    "没有找到": "Nothing found",
    "还没有对话": "No conversations yet",
    "今天": "Today",
    "昨天": "Yesterday",
    "更早": "Earlier",
    "改名": "Rename",
    "删除这个对话": "Delete this conversation",
    "取消": "Cancel",
    # opinions
    "哪里不对？（可不填）": "What is wrong? (optional)",
    "正确的段落在哪份简报（可不填）": "The right paragraph stands in (optional)",
    "第几段": "Paragraph",
    "提交": "Send",
    # the library
    "资料库": "Library",
    "资料库是空的，请添加简报。": "The library is empty; add bulletins.",
    "共{count}份简报": "{count} bulletin(s)",
    "简报": "Bulletin",
    "地区": "Place",
    "日期": "Date",
    "段落": "Paragraphs",
    "存疑数字": "Doubtful figures",
    "添加简报：拖到这里，或点击选择（{kinds}，可多选）": (
        "Add bulletins: drop them here or click ({kinds}; several at once)"
    ),
    "入库": "Added",
    "查找简报": "Find bulletins",
    "全选": "All",
    "移除所选": "Remove",
    "移除后不再用来回答，确定吗？": "They will no longer be answered from. Sure?",
    "正在读取": "Reading",
    "正在识别扫描页：第{page}页，共{of}页": "Recognising a scan: page {page} of {of}",
    "等待": "Waiting",
    "收下{count}份，共{paragraphs}段": "{count} taken in, {paragraphs} paragraph(s)",
    "；{failed}份未收": "; {failed} refused",
    "替换了同名文件《{title}》": "in place of 《{title}》, a file of the same name",
    "与库中《{title}》内容完全相同": "the same bytes as 《{title}》 in the library",
    "确认移除": "Remove it",
    "{count}份请您决定": "{count} for you to decide",
    "将替换库中同名的《{title}》（{facts}）；旧版保留，引用过它的回答仍可打开": (
        "would replace 《{title}》 ({facts}), which has its name; the version before is kept and "
        "opens where it was cited"
    ),
    "与库中《{title}》（{facts}）内容相同；收下也只存一份，多记一处": (
        "holds the same as 《{title}》 ({facts}); it would be kept once, with both places"
    ),
    "替换": "Replace",
    "收下": "Take in",
    "跳过": "Skip",
    "确定": "OK",
    "全部收下": "Take all",
    "全部跳过": "Skip all",
    "已跳过": "skipped",
    # the folder that is served
    "文件夹": "Folder",
    "未跟随，服务启动时同步": "not followed; read when the server starts",
    "等待文件写完：{names}": "waiting for files that are being written: {names}",
    "等{count}个": " and others, {count} in all",
    "正在同步": "being taken in",
    "无法跟随：{why}": "cannot be followed: {why}",
    "正在跟随，有变化一分钟内入库": "followed; what changes is taken in within a minute",
    "上次同步{when}": "last taken in {when}",
    "没有变化": "no change",
    "新增{n}": "{n} new",
    "更新{n}": "{n} changed",
    "移除{n}": "{n} gone",
    "移动{n}": "{n} moved",
    "上次同步有{count}个文件未取": "{count} file(s) were left out at the last time",
    "全部文件夹": "All folders",
    "内容相同：{places}": "the same content: {places}",
    # what is set by hand
    "手工设定": "set by hand",
    "设定日期、地区、刊名": "Set date, place, series",
    "只改检索和限定范围所依据的信息，不改原文；留空则以文件所载为准。": (
        "Changes what questions are limited by, never the text. What is left empty is as the file "
        "has it."
    ),
    "刊名": "Series",
    "现为：{value}": "now: {value}",
    "现无": "now: none",
    "正文": "text",
    "文件名": "file name",
    "所在文件夹": "folder",
    "文件属性，仅供参考": "properties of the file, not believed",
    "保存": "Save",
    "已添加": "added",
    "已更新": "updated",
    "已在库中": "already in the library",
    "{paragraphs}段": "{paragraphs} paragraph(s)",
    "{doubtful}处存疑数字": "{doubtful} doubtful figure(s)",
    # sources
    "点击回答中的出处标记 [1]，此处显示原文并标出所引段落。": (
        "Click a marker [1] in an answer: its bulletin opens here, the quoted sentence marked."
    ),
    "共{paragraphs}段": "{paragraphs} paragraphs",
    "这是引用时的版本，此后已被替换。": "The version that was cited; it has been replaced since.",
    "打开现行版本": "Open the present version",
    "第{number}段": "paragraph {number}",
    "第{page}页": "page {page}",
    "第{page}页的原样": "Page {page} as printed",
    "打开原件": "Open the file",
    "下载": "Download",
    "原件文字（未校正）": "Text as in the file (not repaired)",
}

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
