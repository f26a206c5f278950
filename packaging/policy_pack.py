"""For maintainers: make a key pair, and build and sign a policy pack.

    policy_pack.py keygen SECRET PUBLIC                 a new key pair; SECRET never goes into the repository
    policy_pack.py build FOLDER OUT.zip --key SECRET    check, pack and sign: OUT.zip and OUT.zip.minisig

Keys and signatures are minisign's, without a password on the secret key (`minisign -G -W`); keep it on a disk
that is itself encrypted.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import secrets
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from planner.policy import load_pack
from planner.policy.archive import write_archive
from planner.policy.check import faults
from planner.policy.minisign import DIGEST, TRUSTED, WHOLE
from planner.policy.shelf import Label

_PLAIN = b"\x00\x00"  # no password
_BLAKE = b"B2"
_LENGTH = 2 + 2 + 2 + 32 + 8 + 8 + 8 + 64 + 32


class SecretKey:
    """`key_id` (8 bytes) and the Ed25519 seed (32 bytes)."""

    def __init__(self, key_id: bytes, seed: bytes) -> None:
        self.key_id = key_id
        self.private = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def parse(cls, text: str) -> SecretKey:
        decoded = base64.b64decode(text.split("\n")[1])
        if len(decoded) != _LENGTH or decoded[:2] != WHOLE or decoded[2:4] != _PLAIN:
            raise ValueError("not a minisign secret key without a password")
        return cls(decoded[54:62], decoded[62:94])

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def secret_text(self) -> str:
        seed = self.private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        held = self.key_id + seed + self.public
        check = hashlib.blake2b(WHOLE + held, digest_size=32).digest()
        return _lines("minisign secret key", WHOLE + _PLAIN + _BLAKE + bytes(48) + held + check)

    def public_text(self) -> str:
        name = self.key_id[::-1].hex().upper()
        return _lines(f"minisign public key {name}", WHOLE + self.key_id + self.public)

    def sign(self, data: bytes, comment: str, algorithm: bytes = DIGEST) -> str:
        """The signature file for `data` with its trusted comment."""
        message = data if algorithm == WHOLE else hashlib.blake2b(data, digest_size=64).digest()
        signature = self.private.sign(message)
        first = _lines("signature of a Wenbao policy pack", algorithm + self.key_id + signature)
        over = base64.b64encode(self.private.sign(signature + comment.encode())).decode()
        return f"{first}{TRUSTED}{comment}\n{over}\n"


def new_key() -> SecretKey:
    return SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))


def build(folder: Path, key: SecretKey) -> tuple[bytes, str]:
    """The archive of the pack in `folder` and its signature file; ValueError if the pack has faults."""
    pack = load_pack(folder)
    if found := faults(pack, like=load_pack()):
        raise ValueError("\n".join(f"{one.code} {one.where}" for one in found))
    archive = write_archive(folder)
    label = Label(pack.name, pack.sequence, pack.version, str(pack.issued_on), len(archive))
    return archive, key.sign(archive, str(label))


def _lines(comment: str, data: bytes) -> str:
    return f"untrusted comment: {comment}\n{base64.b64encode(data).decode()}\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    actions = parser.add_subparsers(dest="action", required=True)
    keygen = actions.add_parser("keygen")
    keygen.add_argument("secret", type=Path)
    keygen.add_argument("public", type=Path)
    signing = actions.add_parser("build")
    signing.add_argument("folder", type=Path)
    signing.add_argument("out", type=Path)
    signing.add_argument("--key", type=Path, required=True)
    options = parser.parse_args()
    if options.action == "keygen":
        key = new_key()
        with os.fdopen(os.open(options.secret, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(key.secret_text())
        options.public.write_text(key.public_text(), "utf-8")
        return 0
    try:
        archive, signature = build(options.folder, SecretKey.parse(options.key.read_text("utf-8")))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    options.out.write_bytes(archive)
    options.out.with_name(options.out.name + ".minisig").write_text(signature, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
