"""How the reader is made: samples, the model that is trained on them, and the file it becomes."""
