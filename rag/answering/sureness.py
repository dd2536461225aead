"""How sure an answer is, in three words."""

from enum import StrEnum

# Probabilities of being answered from which an answer is told as certain, and as likely; below, it
# is told as something to look at.
SURE_FROM, LIKELY_FROM = 0.9, 0.65


class Sureness(StrEnum):
    """What stands beside an answer: Chinese and English are in ui/views/asking_words.py."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


def sureness_of(answered: float) -> Sureness:
    """The word for a probability, 0 to 1, that a question is answered at all.

    >>> sureness_of(0.95), sureness_of(0.7), sureness_of(0.5)
    (<Sureness.SURE: 'sure'>, <Sureness.LIKELY: 'likely'>, <Sureness.UNSURE: 'unsure'>)
    """
    if answered >= SURE_FROM:
        return Sureness.SURE
    return Sureness.LIKELY if answered >= LIKELY_FROM else Sureness.UNSURE
