"""The files of a reading model: opened, checked against each other, run."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from rag.reading.encoding import QUESTION, Encoded, Encoding

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

GRAPH, TOKENIZER = "reader.onnx", "tokenizer.json"
INPUTS = ("ids", "segments", "numbers")
OUTPUTS = ("absent", "sentences", "begins", "ends")
VOCABULARY = "vocabulary"  # entry of the graph's metadata: how many tokens it knows
THREADS = 2  # of a call; a laptop has more cores, and other people's questions want them
Outputs = tuple[NDArray[np.float32], ...]


def embedded_reader() -> Path:
    """Folder of the reading model that the product carries."""
    return Path(str(files("rag.reading").joinpath("model")))


@dataclass(frozen=True, slots=True)
class ReadingModel:
    """A model that is open: of which folder, its graph, and the encoding that it was taught."""

    folder: Path
    session: "InferenceSession"
    encoding: Encoding

    def run(self, window: Encoded) -> Outputs:
        """The graph's outputs for a window, float32: "absent" of shape (); the logits of
        "sentences" (sentences,); those of the tokens that the answer "begins" and "ends" with
        (tokens,).

        Windows do not share a call: in eight bits they would share a scale, and what is read beside
        a window would move its logits by 0.3 and more. Nor would it be faster, for the padding.

        :raises ModelError: the graph does not take what it says it takes, or gives no numbers.
        """
        ids, segments = (np.array([row], dtype=np.int64) for row in (window.ids, window.segments))
        numbers = np.arange(QUESTION + 1, segments.max() + 1, dtype=np.int64)
        feed = dict(zip(INPUTS, (ids, segments, numbers), strict=True))
        try:
            outputs = tuple(output[0] for output in self.session.run(list(OUTPUTS), feed))
        except Exception as error:  # one of a dozen classes, all of them Exception's alone
            raise _unusable(self.folder, f"{GRAPH} fails: {_first_line(error)}") from error
        if not all(np.isfinite(output).all() for output in outputs):
            raise _unusable(self.folder, f"{GRAPH} is damaged: it gives what is no number")
        return outputs


def load_model(folder: Path) -> ReadingModel:
    """The model of a folder.

    :raises ModelError: a file is missing or damaged, or the two do not belong together.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    for name in (GRAPH, TOKENIZER):
        if not (folder / name).is_file():
            raise _unusable(folder, f"it has no {name}")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what is wrong is raised, and told once
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        encoding = Encoding(tokenizer)
    except Exception as error:  # the library raises nothing more special
        raise _unusable(folder, f"{TOKENIZER} cannot be read: {_first_line(error)}") from error
    try:
        session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        takes = tuple(one.name for one in session.get_inputs())
        gives = tuple(one.name for one in session.get_outputs())
        known = session.get_modelmeta().custom_metadata_map.get(VOCABULARY)
    except Exception as error:  # one of a dozen classes, all of them Exception's alone
        raise _unusable(folder, f"{GRAPH} cannot be read: {_first_line(error)}") from error
    if (takes, gives) != (INPUTS, OUTPUTS):
        raise _unusable(folder, f"{GRAPH} takes {takes} and gives {gives}, not {INPUTS}, {OUTPUTS}")
    if known != str(tokenizer.get_vocab_size()):
        raise _unusable(
            folder,
            f"{GRAPH} knows {known} tokens and {TOKENIZER} has {tokenizer.get_vocab_size()}",
        )
    return ReadingModel(folder, session, encoding)


def _first_line(error: Exception) -> str:
    return " ".join(str(error).strip().splitlines()[:1])[:200]


def _unusable(folder: Path, reason: str) -> ModelError:
    return ModelError(
        f"reader {folder}: {reason}; set JIANBAO_READER to another model, or unset it and install "
        "the program again"
    )
