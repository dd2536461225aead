"""The page's words around questions, answers and their sources, Chinese with their English."""

ASKING = {
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
    "深色": "Dark",
    "浅色": "Light",
    "从": "From",
    "如 2024、去年": "2024, 2024-06",
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
    "导出整个对话：": "Export the conversation: ",
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
