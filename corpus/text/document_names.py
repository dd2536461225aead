"""Names of documents in a text: titles in book-title marks, numbers of official documents."""

import re

_TITLE = re.compile(r"《(?:[^《》\n]|《[^《》\n]*》){1,80}》")
# The organ's short name, at most six characters, does not take in the word before it (以, 按, 见).
_NUMBER = re.compile(r"(?:(?![以按据由见])[一-鿿]){1,6}[〔\[［]\s*\d{4}\s*[〕\]］]\s*\d{1,5}\s*号")


def find_documents(text: str) -> list[str]:
    """Documents named in a reading text, in order: 《河南省养老服务条例》, 国办函〔2004〕71号."""
    found = [(match.start(), match[0]) for match in _TITLE.finditer(text)]
    found += [(match.start(), match[0]) for match in _NUMBER.finditer(text)]
    return [name for _, name in sorted(found)]
