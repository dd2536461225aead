"""What the page keeps: conversations, answers, what readers said of them."""
