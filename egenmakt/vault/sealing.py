"""Sealing as such: AES-256-GCM bound to its place, and keys derived for one use each."""

import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
KEY = 32


class Unreadable(Exception):
    """What was sealed cannot be opened: its key is gone, or it was moved or changed."""


def new_key() -> bytes:
    """256 random bits."""
    return os.urandom(KEY)


def seal(key: bytes, plain: bytes, *, place: str) -> bytes:
    """`plain` under `key`, readable only at the same `place` (table, row, field and version)."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def unseal(key: bytes, sealed: bytes, *, place: str) -> bytes:
    """What `seal` was given. Raises Unreadable for another key, place or a changed byte."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable(place.split("|")[0]) from wrong


def derived(key: bytes, use: str) -> bytes:
    """A key of its own for one `use`, so that no key serves two (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY, salt=None, info=use.encode()).derive(key)


def digest(key: bytes, message: bytes) -> bytes:
    """HMAC-SHA256 (RFC 2104), 32 bytes."""
    return hmac.new(key, message, sha256).digest()
