"""Signatures in minisign's format: Ed25519 over a file or its BLAKE2b-512 digest, with a trusted comment.

The format is that of https://jedisct1.github.io/minisign/: text files of a comment line and a base64 line,
`Ed` for a signature of the file itself and `ED` for one of its digest. Everything is in bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from planner.values import InputError, mark

WHOLE, DIGEST = b"Ed", b"ED"
TRUSTED = "trusted comment: "
LONGEST = 10_000  # characters of a signature file
_KEY_ID, _KEY, _SIGNATURE = 8, 32, 64


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`key_id` (8 bytes) only tells keys apart; `key` (32 bytes) is what counts."""

    key_id: bytes
    key: bytes

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """From a public key file; ValueError if it is none."""
        lines = text.split("\n")
        decoded = base64.b64decode(lines[1].strip(), validate=True) if len(lines) > 1 else b""
        if len(decoded) != len(WHOLE) + _KEY_ID + _KEY or decoded[:2] != WHOLE:
            raise ValueError("not a minisign public key")
        return cls(decoded[2:10], decoded[10:])


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signature file holds; `comment` is trusted only after `check_comment`."""

    algorithm: bytes
    key_id: bytes
    signature: bytes
    comment: str
    over_comment: bytes

    @classmethod
    def parse(cls, text: str) -> Signature:
        """From a signature file; an InputError if it is cut off or none."""
        try:
            _untrusted, first, comment, second = text[:LONGEST].replace("\r\n", "\n").rstrip("\n").split("\n")
            head = base64.b64decode(first, validate=True)
            over_comment = base64.b64decode(second, validate=True)
        except (ValueError, binascii.Error):
            raise _unreadable() from None
        sizes = (len(head), len(over_comment))
        if (
            sizes != (2 + _KEY_ID + _SIGNATURE, _SIGNATURE)
            or head[:2] not in (WHOLE, DIGEST)
            or not comment.startswith(TRUSTED)
        ):
            raise _unreadable()
        return cls(head[:2], head[2:10], head[10:], comment.removeprefix(TRUSTED), over_comment)

    def check_key(self, key: PublicKey) -> None:
        """An InputError if another key than `key` made it."""
        if self.key_id != key.key_id:
            raise InputError(
                "other_key",
                mark("This policy pack is signed by somebody else's key ({key}), so it was not installed."),
                field="signature",
                key=self.key_id[::-1].hex().upper(),
            )

    def check_comment(self, key: PublicKey) -> None:
        """An InputError if the trusted comment, or the signature it belongs to, was changed."""
        if not _holds(key, self.over_comment, self.signature + self.comment.encode()):
            raise InputError(
                "altered_signature",
                mark("The signature file was changed after it was signed, so nothing was installed."),
                field="signature",
            )

    def check_data(self, key: PublicKey, data: bytes) -> None:
        """An InputError if `data` is not to the byte what was signed."""
        signed = data if self.algorithm == WHOLE else hashlib.blake2b(data, digest_size=64).digest()
        if not _holds(key, self.signature, signed):
            raise InputError(
                "altered_pack",
                mark("The policy pack was changed after it was signed, so it was not installed."),
                field="pack",
            )


def _holds(key: PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _unreadable() -> InputError:
    return InputError(
        "unreadable_signature",
        mark("The signature file is cut off or is no signature, so nothing was installed."),
        field="signature",
    )
