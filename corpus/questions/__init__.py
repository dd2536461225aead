"""Questions about texts, with their truth, as files hold them.

Here at the bottom because both read them that know nothing of each other: training, which learns
from questions, and evaluation, which asks them.
"""
