"""What stands in a text: sentences, dates, places, quotes, names of documents."""
