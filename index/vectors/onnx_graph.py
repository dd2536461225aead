"""A graph of ONNX Runtime with the tokenizer it was trained with: opened, checked, run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

TOKENIZER = "tokenizer.json"
# Without instructions for eight bits a processor's sums of signed and unsigned bytes overflow: the
# same question would get another answer than on a newer one. This has them done in other steps.
WHOLE_SUMS = "session.x64quantprecision"
VOCABULARY = "vocabulary"  # entry of the graph's metadata: how many tokens it knows
Outputs = tuple[NDArray[np.float32], ...]
Unusable = Callable[[str], ModelError]  # what is wrong with the files to what is raised


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph that is open, with its tokenizer; `name` is its file's."""

    name: str
    session: "InferenceSession"
    tokenizer: "Tokenizer"
    unusable: Unusable

    def run(self, feed: Mapping[str, NDArray[Any]], outputs: Sequence[str]) -> Outputs:
        """The outputs of that name, float32.

        :raises ModelError: the graph does not take what it says it takes, or gives no numbers.
        """
        try:
            made = tuple(self.session.run(list(outputs), dict(feed)))
        except Exception as error:  # one of a dozen classes, all of them Exception's alone
            raise self.unusable(f"{self.name} fails: {_first_line(error)}") from error
        if not all(np.isfinite(output).all() for output in made):
            raise self.unusable(f"{self.name} is damaged: it gives what is no number")
        return made


def open_graph(
    path: Path,
    inputs: Sequence[str],
    outputs: Sequence[str],
    threads: int,
    unusable: Unusable,
) -> Graph:
    """The graph in a file, with the tokenizer beside it; a call computes on so many threads.

    :raises ModelError: a file is missing or damaged, or the two do not belong together.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    folder, name = path.parent, path.name
    for needed in (name, TOKENIZER):
        if not (folder / needed).is_file():
            raise unusable(f"it has no {needed}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry(WHOLE_SUMS, "1")
    options.log_severity_level = 4  # what is wrong is raised, and told once
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    except Exception as error:  # the library raises nothing more special
        raise unusable(f"{TOKENIZER} cannot be read: {_first_line(error)}") from error
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        takes = tuple(one.name for one in session.get_inputs())
        gives = tuple(one.name for one in session.get_outputs())
        known = session.get_modelmeta().custom_metadata_map.get(VOCABULARY)
    except Exception as error:  # one of a dozen classes, all of them Exception's alone
        raise unusable(f"{name} cannot be read: {_first_line(error)}") from error
    if (takes, gives) != (tuple(inputs), tuple(outputs)):
        raise unusable(f"{name} takes {takes} and gives {gives}, not {inputs}, {outputs}")
    if known != str(tokenizer.get_vocab_size()):
        raise unusable(
            f"{name} knows {known} tokens and {TOKENIZER} has {tokenizer.get_vocab_size()}"
        )
    return Graph(name, session, tokenizer, unusable)


def known(tokenizer: "Tokenizer", token: str) -> int:
    """The number of a token.

    :raises ValueError: the tokenizer has no such token.
    """
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokenizer has no token {token}")
    return int(number)


def _first_line(error: Exception) -> str:
    return " ".join(str(error).strip().splitlines()[:1])[:200]
