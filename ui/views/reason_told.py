"""Why a file was not taken in, as the page says it."""


def chinese_first(message: str) -> str:
    """The message of an error, its Chinese before its English.

    >>> chinese_first("the file is empty; extract it again (文件是空的)")
    '文件是空的 (the file is empty; extract it again)'
    """
    english, bracket, chinese = message.removesuffix(")").rpartition(" (")
    return f"{chinese} ({english})" if bracket and not chinese.isascii() else message


def without_place(message: str) -> str:
    """As chinese_first, without the path of the file on the server that the message begins with."""
    return chinese_first(message.partition(": ")[2] if message.startswith("/") else message)
