"""Which type is strong: bold by its weight, or a black face by its name."""

import re

BOLD_WEIGHT = 600  # from this font weight on, type is bold
_STRONG = re.compile(r"bold|black|heavy|hei|黑|xiaobiaosong|小标宋", re.IGNORECASE)


def is_strong(face: str, weight: float) -> bool:
    """Whether type of a face (its name) and weight (400 is normal) stands out of the text."""
    return weight >= BOLD_WEIGHT or bool(_STRONG.search(face))
