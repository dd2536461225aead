"""How the encoder that embeds is made: contrast of questions with the passages that answer them."""
