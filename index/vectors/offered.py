"""Which likeness of words an encoder offers: the one place where one is made."""

from index.vectors.encoded_words import EncodedLikeness
from index.vectors.encoder import Encoder, SentenceTransformerEncoder
from index.vectors.likeness import WordLikeness
from index.vectors.word_table import TableLikeness


def likeness_of(encoder: Encoder) -> WordLikeness:
    """The embedded model's table where that is the encoder; of any other its vectors of words."""
    if isinstance(encoder, SentenceTransformerEncoder) and encoder.embedded:
        return TableLikeness()
    return EncodedLikeness(encoder)
