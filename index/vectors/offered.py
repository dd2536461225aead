"""What depends on which encoder it is: likeness of words, weight of words beside vectors."""

from index.vectors.encoded_words import EncodedLikeness
from index.vectors.encoder import Encoder, SentenceTransformerEncoder
from index.vectors.likeness import WordLikeness
from index.vectors.transformer_encoder import TransformerEncoder
from index.vectors.word_table import TableLikeness

# Weight of words against meaning. Beside the transformer: on the watched questions, and on 979 of
# other documents, .15 finds most among five and twelve units of .05, .15 and .25. Beside the table,
# and other models, a first trial's: our own questions are level from .5 to .8.
BESIDE_TRANSFORMER, BESIDE_TABLE = 0.15, 0.65


def words_weight_of(encoder: Encoder) -> float:
    """What a unit's words count, 0 to 1, where its meaning is told by the vectors of an encoder."""
    return BESIDE_TRANSFORMER if isinstance(encoder, TransformerEncoder) else BESIDE_TABLE


def likeness_of(encoder: Encoder) -> WordLikeness:
    """The table of words that the product carries, beside its own encoders; of any other encoder
    its vectors of words.
    """
    own = isinstance(encoder, TransformerEncoder) or (
        isinstance(encoder, SentenceTransformerEncoder) and encoder.embedded
    )
    return TableLikeness() if own else EncodedLikeness(encoder)
