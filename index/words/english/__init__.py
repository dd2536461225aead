"""English words and pinyin names to the Chinese words that may stand for them."""
