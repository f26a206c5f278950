"""The catalogue gives the same words as the standard library, one at a time."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from planner import paths
from planner.catalogue import Catalogue

MO = paths.resources() / "i18n" / "zh" / "LC_MESSAGES" / "wenbao.mo"


def test_every_sentence_is_found_as_the_standard_library_finds_it() -> None:
    catalogue = Catalogue(MO)
    with MO.open("rb") as file:
        known = gettext.GNUTranslations(file)
    ids = [key if isinstance(key, str) else key[0] for key in known._catalog if key]  # type: ignore[attr-defined]
    assert len(ids) > 2000
    assert [catalogue.words(one) for one in ids] == [known.gettext(one) for one in ids]


@pytest.mark.parametrize("message", ["", "~", "No such sentence", "A", "Earnings!"])
def test_what_has_no_words_stays_as_it_is(message: str) -> None:
    assert Catalogue(MO).words(message) == message


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.mo").write_bytes(bytes(64))
    with pytest.raises(ValueError, match=r"other\.mo"):
        Catalogue(tmp_path / "other.mo")
