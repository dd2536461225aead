"""Words and meaning are fused by shares that can be compared."""

import numpy as np
import pytest

from rag.retrieval.fusion import standardised


@pytest.mark.parametrize(("scale", "shift"), [(1.0, 0.0), (0.1, 0.8)])
def test_models_with_other_cosines_give_the_same_standardised_ones(
    scale: float, shift: float
) -> None:
    """Cosines between 0.7 and 0.9 say the same as those between -1 and 1 of another model."""
    background = np.array([-0.2, 0.0, 0.2], dtype=np.float32)
    plain = standardised([0.6, 0.3], background)
    moved = standardised([0.6 * scale + shift, 0.3 * scale + shift], background * scale + shift)
    assert np.allclose(plain, moved, atol=1e-3)
