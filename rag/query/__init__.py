"""What is asked: a question with its conversation, and the terms that it is made of."""
