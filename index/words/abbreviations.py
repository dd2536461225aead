"""Short and full names of public bodies and policies: a question may use one, a bulletin the other.

Bodies of government are a closed class. Each line holds forms of one name, as official writing has
them; a list of our own.
"""

from functools import cache

_NAMES = """
人社 人力资源和社会保障
住建 住房和城乡建设
发改 发展和改革
卫健 卫生健康
医保 医疗保障
文旅 文化和旅游 文化旅游
自然资源规划 自然资源和规划
农业农村 农业和农村
市场监管 市场监督管理
市监 市场监督管理
工信 工业和信息化
退役军人 退役军人事务
行政审批 行政审批服务
司法 司法行政
国资委 国有资产监督管理委员会
城管 城市管理 城市综合管理 综合行政执法
公积金 住房公积金
人大 人民代表大会
人大常委会 人民代表大会常务委员会
政协 政治协商会议
法工委 法制工作委员会
社会委 社会建设委员会
财经委 财政经济委员会
监司委 监察和司法委员会
教科文卫委 教育科学文化卫生委员会
农委 农业与农村委员会
代工委 代表工作委员会 选举任免与代表联络
检察院 人民检察院
法院 人民法院
民营经济 非公有制经济 私营经济
专精特新 专业化精细化特色化新颖化
十四五 第十四个五年规划
十五五 第十五个五年规划
低保 最低生活保障
五保 特困供养 特困人员
新农合 新型农村合作医疗
城乡居保 城乡居民基本养老保险
高企 高新技术企业
环保 生态环境 环境保护
残联 残疾人联合会
妇联 妇女联合会
工商联 工商业联合会
团委 共青团
"""


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    groups = [line.split() for line in _NAMES.split("\n") if line]
    return {form: tuple(f for f in group if f != form) for group in groups for form in group}


def other_forms(text: str) -> tuple[str, ...]:
    """Other forms of the names that a text uses, each once; none of those that it uses itself.

    >>> other_forms("市人社局来了多少人")
    ('人力资源和社会保障',)
    """
    forms = _forms()
    found = [other for form, others in forms.items() if form in text for other in others]
    return tuple(other for other in dict.fromkeys(found) if other not in text)
