"""The sentences that answer: read, weighed, gathered as evidence."""
