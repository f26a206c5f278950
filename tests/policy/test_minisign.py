"""Signatures of minisign itself hold; anything changed does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.policy.minisign import PublicKey, Signature
from planner.values import InputError

# The public test vectors of minisign's own implementations: the file is the word "test".
KEY = PublicKey.parse(
    "untrusted comment: minisign public key\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n"
)
WHOLE = (
    "untrusted comment: signature from minisign secret key\n"
    "RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=\n"
    "trusted comment: timestamp:1555779966\tfile:test\n"
    "QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==\n"
)
DIGEST = (
    "untrusted comment: signature from minisign secret key\n"
    "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n"
    "trusted comment: timestamp:1556193335\tfile:test\n"
    "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==\n"
)


@pytest.mark.parametrize(
    "text", [WHOLE, DIGEST, DIGEST.replace("\n", "\r\n")], ids=["whole", "digest", "crlf"]
)
def test_a_signature_of_minisign_holds(text: str) -> None:
    signature = Signature.parse(text)
    signature.check_key(KEY)
    signature.check_comment(KEY)
    signature.check_data(KEY, b"test")
    with pytest.raises(InputError) as caught:
        signature.check_data(KEY, b"Test")
    assert caught.value.code == "altered_pack"


def test_a_changed_comment_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        Signature.parse(DIGEST.replace("1556193335", "1556193336")).check_comment(KEY)
    assert caught.value.code == "altered_signature"


def test_another_key_is_named_as_minisign_names_it() -> None:
    with pytest.raises(InputError) as caught:
        Signature.parse(DIGEST).check_key(PublicKey(bytes(8), KEY.key))
    assert (caught.value.code, caught.value.values["key"]) == ("other_key", "E7620F1842B4E81F")


@given(st.integers(0, len(DIGEST) - 2))
def test_a_signature_cut_off_anywhere_is_refused_never_a_crash(length: int) -> None:
    with pytest.raises(InputError):
        _check(DIGEST[:length])


def _check(text: str) -> None:
    signature = Signature.parse(text)
    signature.check_comment(KEY)
    signature.check_data(KEY, b"test")


@given(st.text(max_size=300))
def test_any_other_text_is_no_signature(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Signature.parse(text)
    assert caught.value.code == "unreadable_signature"


@pytest.mark.parametrize("text", ["", "untrusted comment: x\n", "untrusted comment: x\nRWQf\n", "a\nb\nc"])
def test_what_is_no_public_key_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64|padding|character"):
        PublicKey.parse(text)
