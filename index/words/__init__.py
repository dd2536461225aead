"""Words of texts and of questions, and the units that hold them."""
