"""Evidence to an answer in the words of the source, in the form that was asked for."""
