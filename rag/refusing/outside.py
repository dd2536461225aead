"""Requests that no bulletin can answer: orders to the system, and what lies outside the domain."""

import re

# Words that speak to the system and not of bulletins: to forget, to play, to tell its orders, to
# say what is dictated.
_ORDER = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要理会|别管|绕过)[^。]{0,12}(?:指令|规则|提示|要求|限制|设定|以上|之前|前面)"
    r"|不用(?:再?查|管|看|理会?|核对)(?:资料|材料|简报|原文|出处|来源)"
    r"|系统提示词?|提示词(?:是|发|给|输出|打印)|内部(?:指令|提示)|你现在是|扮演|越狱|(?:开发者|管理员)模式"
    r"|从现在(?:起|开始).{0,2}你(?:不是|是|叫|就是|要)|没有任何限制|解除.{0,4}限制|限制.{0,2}解除"
    r"|(?:所有|每[个次条])(?:回答|回复|答案).{0,8}(?:加上|写上|附上)|你的(?:设定|提示词|指令|规则)|设定全文"
    r"|照我(?:说|给)的|(?:只|直接)(?:回答|回复|输出|打印|说)[“\"「:：]"
    r"|ignore (?:all |any |the |your )*(?:previous|above|prior|rules|instructions)"
    r"|system (?:prompt|override)|hidden instructions?|(?:developer|admin) mode"
    r"|jailbreak|you are now"
    r"|disregard (?:all |any |the |your )*(?:previous|above|rules|instructions)"
    r"|(?:reply|respond|answer) only with|stop answering from"
    r"|(?:print|reveal|show|output) (?:me )?your (?:\w+ )?(?:instructions|prompt|rules)",
    re.IGNORECASE,
)
# What machines are told and nobody asks: statements of SQL, markup, templates, shell commands.
_PROGRAM = re.compile(
    r"(?:^|;|--)\s*(?:select\b.+\bfrom\b|drop\s+(?:table|database|index|view)\b|insert\s+into\b"
    r"|delete\s+from\b|update\s+\w+\s+set\b|(?:alter|create|truncate)\s+(?:table|database)\b)"
    r"|\bunion\s+(?:all\s+)?select\b|'\s*or\s+'?1'?\s*=\s*'?1"
    r"|</?(?:script|iframe|img|svg|style|body|html)\b|\bon(?:error|load|click)\s*=|javascript:"
    r"|\{\{.*\}\}|\$\{.*\}|<%.*%>|\brm\s+-[rf]+\b|\bsudo\s+\w|\bcurl\s+https?:|^\s*(?:import|def|function)\s+\w+\s*[(:;]",
    re.IGNORECASE | re.DOTALL,
)
# What people ask an assistant for and no office asks its bulletins: works to be written, the
# weather, the markets, recipes, games. The noun must not stand in the paragraph found.
_ELSEWHERE = re.compile(
    r"(?:写|作|编|来|讲)(?:一?[首篇个段副]|几[首篇个段副])?.{0,10}(?:诗|词|歌|对联|笑话|故事|小说|作文|情书)"
    r"|(?P<noun>天气|气温|下雨|股票|股价|大盘|彩票|星座|运势|菜谱|食谱|汇率|比分|球赛|电影|机票|火车票)"
    r"|(?:帮我|给我|替我|请).{0,6}(?:翻译|编程|写代码|画|算命|订)|(?:红烧|清蒸|糖醋|怎么炒|怎么炖)"
    r"|(?:好吃|好玩|旅游景点|酒店)(?:的|吗|有哪些|推荐)"
    r"|\b(?:poem|song|joke|recipe|weather|stock price|horoscope|lottery|translate)\b",
    re.IGNORECASE,
)


def gives_orders(question: str) -> bool:
    """Whether a question is an order to the system, or a program, rather than a question."""
    return bool(_ORDER.search(question) or _PROGRAM.search(question))


def is_elsewhere(question: str, near: str) -> bool:
    """Whether a question is of another domain than bulletins are; `near` is the text nearest to it,
    which may speak of such a thing all the same (气象部门发布天气预警).
    """
    found = _ELSEWHERE.search(question)
    return found is not None and not (found["noun"] and found["noun"] in near)
