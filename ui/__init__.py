"""How people meet the product: the page and the command line. Imports corpus, index and rag."""
