"""The encodings of Chinese text, and the characters that show that one does not fit."""

ENCODINGS = ("utf-8-sig", "gb18030")  # tried in this order: GB18030 accepts most byte strings
# Any script has letters; these categories do not occur in text: control, surrogate, private, none.
NO_TEXT = frozenset({"Cc", "Cs", "Co", "Cn"})
MAX_NO_TEXT_SHARE = 0.01  # of the characters; a stray bell is no harm
