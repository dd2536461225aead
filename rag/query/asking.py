"""The words a question asks with: what is left without them is what it asks about."""

import re

END_MARKS = re.compile(r"[？?。，,！!\s]+$")  # behind a question, which say nothing
# Measure words that 多少, 几 and 哪 stand before.
COUNTERS = (
    "平方米|平方公里|立方米|公里|公斤|个百分点|个月|人次|周岁|小时|分钟|美元"
    "|[个家名位次条项张处所天人份篇座间户件场期元块钱岁批台辆套支册本门组队片段顿笔步种年米亩吨层级秒周回]"
)
ASKING = re.compile(
    r"请问|一共|总共|到底|目前|现在|具体|什么时候|时候|多少|几[个家名位次条项张处所天]?|哪[些几个里位]?"
    r"|为什么|什么|怎么样?|怎样|如何|为何|是不是|有没有"
    r"|吗|呢|了|的|是|有|在|都|被|和|跟|与|[?？。，,！!]"
)
# What makes a sentence a question, with the measure word or the noun that belongs to it.
INTERROGATIVE = re.compile(
    rf"请问|(?:是|有|叫|为)?(?:多少|几)(?:{COUNTERS})?"
    rf"|(?:是|在|有)?(?:哪|那)(?:些|几|两|里|儿|位|一)*(?:{COUNTERS}|(?<=[些几里儿位]))"
    r"|(?:是|叫|有)?什么(?:时候|时间|样的?|地方)?|(?:是|叫|有)?啥(?:时候|样的?)?|(?:是|叫)?谁|何时"
    r"|(?:是)?怎么样?的?|怎样|如何|为何|咋样?"
    r"|是不是|有没有|能不能|吗$|呢$|[吧啊呀]$|了$|[?？]"
)

# Sets things side by side, rather than asking about one of them.
COMPARING = re.compile(
    r"比一比|比较一下|比较|对比|相比|分别|各自|各(?![位界级类项地县市区方部种乡镇省族科室行自单])"
    r"|有?(?:什么|啥|哪些|多大)?(?:的)?(?:区别|差别|不同|差异|两样)|口径一样[不吗]?|一样[吗不]|差在哪.{0,3}"
    r"|(?:谁家?|哪[个边家里])更?(?=[多少高低快早大小好])"
    r"|[，,]?(?:谁|哪[个家边天])(?=[^，,]{0,6}(?:更|在?[先前后]|[早晚]))"
)
# Which of several comes first: 谁在前, 哪个先办, 哪天在先. Of each the date is asked.
FIRST = re.compile(
    r"[，,]?(?:谁|哪[个家边天])(?P<what>[^，,]{0,6}?)(?:更?[早晚]|在[先前后]|先|后)(?P<act>[^，,先后]{0,2})$"
)
# Asks for something of every place that there is.
EVERYWHERE = re.compile(
    r"哪[些几一]?[个座]?(?:省|市|城市|县|区|地方|地)|各(?:省|市|县|区|地|城市)|[几这那三四五六]些?个?城?市"
    r"|谁(?:家)?(?:最|更)|哪里最|(?:地方|城市|市县?|县市?|地区)(?:名|名称)?都?列(?:出来|一下|举)"
    r"|分别|which (?:city|cities|places?)",
    re.IGNORECASE,
)


def without_asking(question: str) -> str:
    """A question as what it is about: 安阳查出多少重点问题？ -> 安阳查出重点问题."""
    text, before = question.strip(), ""
    while text != before:  # 了？ ends in 了 once the mark is gone
        before, text = text, INTERROGATIVE.sub("", text).strip(" ，,。；;")
    return text
