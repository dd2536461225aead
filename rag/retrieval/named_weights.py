"""Learned weights in a file that anyone can read: numbers by the name of their feature."""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files

import numpy as np

from rag.retrieval.features import Array

PLACES = 4  # decimal places of a weight that are kept

Features = Mapping[str, Sequence[str]]  # names of the features of each part


def weights_text(features: Features, weights: Mapping[str, Array]) -> str:
    """The file's text; the weights of a part are float32 of shape (its features,)."""
    named = {
        part: {
            name: round(float(weight), PLACES)
            for name, weight in zip(names, weights[part], strict=True)
        }
        for part, names in features.items()
    }
    return json.dumps(named, ensure_ascii=False, indent=1) + "\n"


def shipped_parts(package: str, file: str, features: Features) -> dict[str, Array]:
    """The weights of each part in a file that a package carries, float32 of shape (its features,);
    a feature without one counts for nothing.
    """
    named = json.loads(files(package).joinpath(file).read_text("utf-8"))
    return {
        part: np.array([named[part].get(name, 0.0) for name in names], dtype=np.float32)
        for part, names in features.items()
    }
