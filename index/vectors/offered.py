"""Which likeness of words an encoder offers: the one place where one is made."""

from index.vectors.encoded_words import EncodedLikeness
from index.vectors.encoder import Encoder, SentenceTransformerEncoder
from index.vectors.likeness import WordLikeness
from index.vectors.transformer_encoder import TransformerEncoder
from index.vectors.word_table import TableLikeness


def likeness_of(encoder: Encoder) -> WordLikeness:
    """The table of words that the product carries, beside its own encoders; of any other encoder
    its vectors of words.
    """
    own = isinstance(encoder, TransformerEncoder) or (
        isinstance(encoder, SentenceTransformerEncoder) and encoder.embedded
    )
    return TableLikeness() if own else EncodedLikeness(encoder)
