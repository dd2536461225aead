"""Passwords: kept as hashes that cost whoever guesses, and held against what is typed."""

import hashlib
import hmac
import secrets
import unicodedata
from typing import Any

from corpus.text.surrogates import encodable

# scrypt with the least that OWASP's Password Storage Cheat Sheet asks: 128 MiB and a third of a
# second for each guess. Kept with each hash, so that they can be raised.
COST = {"n": 2**17, "r": 8, "p": 1}
SALT_BYTES, HASH_BYTES = 16, 32
MAX_MEMORY = 256 * 2**20  # bytes that scrypt may take; 128 * n * r are needed


def hashed(password: str) -> dict[str, Any]:
    """What is kept of a password: salt, hash and cost."""
    salt = secrets.token_bytes(SALT_BYTES)
    return {"scrypt": COST, "salt": salt.hex(), "hash": _scrypt(password, salt, COST).hex()}


def matches(password: str, kept: dict[str, Any]) -> bool:
    """Whether this is the password of which something is kept."""
    made = _scrypt(password, bytes.fromhex(kept["salt"]), kept["scrypt"])
    return hmac.compare_digest(made, bytes.fromhex(kept["hash"]))


def _scrypt(password: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, **cost, maxmem=MAX_MEMORY, dklen=HASH_BYTES)


def plain(text: str) -> str:
    """The one form of a text that looks the same: input methods write é in two ways."""
    return unicodedata.normalize("NFC", encodable(text))
