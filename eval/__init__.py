"""How good the product is: questions, metrics, reports. Imports corpus, index and rag, never ui.

Write `from eval.metrics import …`: `import eval` would hide Python's built-in function.
"""
