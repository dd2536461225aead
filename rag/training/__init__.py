"""How the ranker is made: `python -m rag.training --data FOLDER`."""
