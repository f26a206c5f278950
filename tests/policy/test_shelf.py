"""Updates: a good one is used, every bad one is refused with its reason, and the former pack always stays."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.policy import load_pack
from planner.policy.archive import LARGEST, MOST_FILES, read_archive, write_archive
from planner.policy.changes import changes_at
from planner.policy.minisign import WHOLE
from planner.policy.shelf import KEPT_UPDATES, Label, Shelf
from planner.values import InputError, Place
from tests.policy.packs import SHIPPED, Maker, new_shelf, raised

BEIJING = Place("CN-BJ")


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    return Maker(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def good(maker: Maker) -> tuple[bytes, str]:
    return maker.signed(2, raised)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return new_shelf(tmp_path)


def floor(shelf: Shelf) -> int:
    return int(shelf.current().value("pension.base_lower", BEIJING, date(2026, 8, 1)).number)


SHIPPED_FLOOR = int(load_pack().value("pension.base_lower", BEIJING, date(2026, 8, 1)).number)


def refused(shelf: Shelf, maker: Maker, archive: bytes, signature: str) -> InputError:
    """The reason, after making sure that the pack in use is what it was."""
    before = (shelf.current().folder, floor(shelf))
    with pytest.raises(InputError) as caught:
        shelf.install(archive, signature, maker.public)
    assert (shelf.current().folder, floor(shelf)) == before
    assert not list(shelf.kept.glob(".new-*"))
    return caught.value


def test_an_update_is_used_and_can_be_rolled_back(
    shelf: Shelf, maker: Maker, good: tuple[bytes, str]
) -> None:
    assert shelf.former() is None
    installed = shelf.install(*good, maker.public)
    assert (installed.sequence, shelf.current().sequence, floor(shelf)) == (2, 2, 7300)
    former = shelf.former()
    assert former is not None
    assert former.sequence == 1
    assert shelf.roll_back().sequence == 1
    assert floor(shelf) == SHIPPED_FLOOR
    assert shelf.install(*good, maker.public).sequence == 2, "what was rolled back may be installed again"


def test_there_is_nothing_before_the_shipped_pack(shelf: Shelf) -> None:
    with pytest.raises(InputError) as caught:
        shelf.roll_back()
    assert caught.value.code == "no_former_pack"


def test_a_signature_of_the_whole_file_holds_too(shelf: Shelf, maker: Maker) -> None:
    archive = write_archive(maker.pack(2, raised))
    label = Label("cn", 2, "2027.2", "2027-01-01", len(archive))
    shelf.install(archive, maker.key.sign(archive, str(label), WHOLE), maker.public)
    assert floor(shelf) == 7300


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_one_altered_byte_is_refused(shelf: Shelf, maker: Maker, good: tuple[bytes, str], data) -> None:
    archive, signature = good
    at = data.draw(st.integers(0, len(archive) - 1))
    altered = bytearray(archive)
    altered[at] ^= data.draw(st.integers(1, 255))
    assert refused(shelf, maker, bytes(altered), signature).code == "altered_pack"


@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_cut_off_pack_says_how_much_is_there(
    shelf: Shelf, maker: Maker, good: tuple[bytes, str], share: float
) -> None:
    archive, signature = good
    error = refused(shelf, maker, archive[: int(len(archive) * share)], signature)
    assert error.code == "truncated_pack"
    assert error.values["whole"] == len(archive)


def test_something_appended_is_an_alteration(shelf: Shelf, maker: Maker, good: tuple[bytes, str]) -> None:
    assert refused(shelf, maker, good[0] + b"\0", good[1]).code == "altered_pack"


def test_another_key_is_refused(shelf: Shelf, maker: Maker, tmp_path: Path) -> None:
    stranger = Maker(tmp_path / "stranger")
    archive, signature = stranger.signed(3, raised)
    assert refused(shelf, maker, archive, signature).code == "other_key"


def test_another_key_that_claims_to_be_ours_is_refused(shelf: Shelf, maker: Maker, tmp_path: Path) -> None:
    stranger = Maker(tmp_path / "stranger")
    stranger.key.key_id = maker.key.key_id
    archive, signature = stranger.signed(3, raised)
    assert refused(shelf, maker, archive, signature).code == "altered_signature"


def test_older_and_same_packs_are_refused(shelf: Shelf, maker: Maker, good: tuple[bytes, str]) -> None:
    shelf.install(*maker.signed(5, raised), maker.public)
    error = refused(shelf, maker, *good)
    assert (error.code, error.values["number"], error.values["newest"]) == ("older_pack", 2, 5)
    assert "older" in str(error)
    same = refused(shelf, maker, *maker.signed(5))
    assert (same.code, "in use already" in str(same)) == ("older_pack", True)
    shelf.roll_back()
    assert refused(shelf, maker, *good).code == "older_pack", (
        "going back does not open the door to older packs"
    )


def test_a_pack_of_another_jurisdiction_is_refused(shelf: Shelf, maker: Maker) -> None:
    error = refused(shelf, maker, *maker.signed(2, name="hk"))
    assert (error.code, error.values["pack"], error.values["expected"]) == ("wrong_pack", "hk", "cn")


@pytest.mark.parametrize("other", [{"sequence": 9}, {"version": "2030.1"}], ids=["sequence", "version"])
def test_a_label_that_is_not_the_packs_own_is_refused(
    shelf: Shelf, maker: Maker, good: tuple[bytes, str], other: dict
) -> None:
    archive, _signature = good
    label = replace(Label("cn", 2, "2027.2", "2027-01-01", len(archive)), **other)
    assert refused(shelf, maker, archive, maker.sign(archive, label)).code == "mislabelled_pack"


def test_a_signature_without_a_label_is_refused(shelf: Shelf, maker: Maker, good: tuple[bytes, str]) -> None:
    signature = maker.key.sign(good[0], "timestamp:1\tfile:pack.zip")
    assert refused(shelf, maker, good[0], signature).code == "unlabelled_pack"


def test_a_half_written_signature_is_refused(shelf: Shelf, maker: Maker, good: tuple[bytes, str]) -> None:
    assert refused(shelf, maker, good[0], good[1][:150]).code == "unreadable_signature"


def test_a_signed_pack_with_faults_is_refused(shelf: Shelf, maker: Maker) -> None:
    def break_(folder: Path) -> None:
        raised(folder)
        file = folder / "values" / "contribution_limits.csv"
        file.write_text(file.read_text("utf-8").replace(",7300,", ",730,"), "utf-8")

    archive = write_archive(maker.pack(2, break_))
    error = refused(
        shelf, maker, archive, maker.sign(archive, Label("cn", 2, "2027.2", "2027-01-01", len(archive)))
    )
    assert (error.code, error.values["where"]) == ("unsound_pack", "pension.base_lower CN-BJ 2026-07-01")


def test_a_signed_file_that_is_no_pack_is_refused(shelf: Shelf, maker: Maker) -> None:
    label = Label("cn", 2, "2027.2", "2027-01-01", 5)
    assert refused(shelf, maker, b"hello", maker.sign(b"hello", label)).code == "no_archive"
    empty = zipped({})
    label = replace(label, size=len(empty))
    assert refused(shelf, maker, empty, maker.sign(empty, label)).code == "no_archive"


def test_an_installed_pack_that_was_damaged_is_passed_over(
    shelf: Shelf, maker: Maker, good: tuple[bytes, str]
) -> None:
    folder = shelf.install(*good, maker.public).folder
    file = folder / "values" / "rates.csv"
    file.write_bytes(file.read_bytes()[:-1])
    assert (shelf.current().sequence, floor(shelf)) == (1, SHIPPED_FLOOR)
    assert shelf.install(*good, maker.public).sequence == 2, "and can be mended by installing it again"


def test_the_pack_behind_an_earlier_result_can_still_be_asked(
    shelf: Shelf, maker: Maker, good: tuple[bytes, str]
) -> None:
    shelf.install(*good, maker.public)
    former = shelf.of_version(load_pack().version)
    assert former is not None
    assert [
        one.key for one in changes_at(former, shelf.current(), BEIJING, date(2026, 8, 1), date(2026, 9, 1))
    ] == ["pension.base_lower"]
    assert shelf.of_version("1999") is None


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, maker: Maker, good: tuple[bytes, str]
) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be", "utf-8")
    shelf = new_shelf(tmp_path)
    error = refused(shelf, maker, *good)
    assert (error.code, error.values["folder"]) == ("cannot_write", str(tmp_path / "kept"))


def test_only_a_few_updates_are_kept(shelf: Shelf, maker: Maker) -> None:
    for sequence in range(2, 4 + KEPT_UPDATES):
        shelf.install(*maker.signed(sequence), maker.public)
    folders = sorted(int(path.name) for path in shelf.kept.iterdir() if path.is_dir())
    assert folders == list(range(4, 4 + KEPT_UPDATES))


def test_the_shipped_pack_is_remembered_when_the_program_brings_a_newer_one(
    tmp_path: Path, maker: Maker
) -> None:
    before = new_shelf(tmp_path)
    before.remember_shipped()
    before.remember_shipped()
    assert (before.current().folder, before.former()) == (SHIPPED, None)
    after = Shelf(maker.pack(7, raised), tmp_path / "kept")
    former = after.of_version(load_pack().version)
    assert former is not None
    assert [
        one.key for one in changes_at(former, after.current(), BEIJING, date(2026, 8, 1), date(2026, 9, 1))
    ] == ["pension.base_lower"]
    assert after.roll_back().sequence == 1


def test_a_newer_program_brings_a_newer_pack(tmp_path: Path, maker: Maker, good: tuple[bytes, str]) -> None:
    new_shelf(tmp_path).install(*good, maker.public)
    newer = Shelf(maker.pack(7), tmp_path / "kept")
    assert newer.current().sequence == 7


# Archives


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_archive_gives_back_the_pack_to_the_byte() -> None:
    files = read_archive(write_archive(SHIPPED))
    assert files["pack.toml"] == (SHIPPED / "pack.toml").read_bytes()
    assert len(files) == len([path for path in SHIPPED.rglob("*") if path.is_file()])
    assert write_archive(SHIPPED) == write_archive(SHIPPED)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"../pack.toml": b""}, "strange_file"),
        ({"/etc/passwd": b""}, "strange_file"),
        ({"values/../../x.csv": b""}, "strange_file"),
        ({"values\\x.csv": b""}, "strange_file"),
        ({"values/run.py": b""}, "strange_file"),
        ({"values/bomb.csv": bytes(LARGEST + 1)}, "too_large"),
        ({f"values/a{number}.csv": b"" for number in range(MOST_FILES + 1)}, "too_large"),
    ],
    ids=["up", "root", "deep", "backslash", "program", "bomb", "many"],
)
def test_hostile_archives_are_not_opened(files: dict[str, bytes], code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_archive(zipped(files))
    assert caught.value.code == code


def test_the_same_name_twice_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("pack.toml", b"a")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("pack.toml", b"b")
    with pytest.raises(InputError, match=r"pack\.toml"):
        read_archive(buffer.getvalue())


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_never_a_crash(data: bytes) -> None:
    with pytest.raises(InputError):
        read_archive(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_archive_is_refused_or_read_never_a_crash(data) -> None:
    whole = zipped({"pack.toml": b'name = "cn"' * 20, "values/rates.csv": b"key,place\n" * 30})
    altered = bytearray(whole)
    for _time in range(data.draw(st.integers(1, 4))):
        altered[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        files = read_archive(bytes(altered))
    except InputError:
        return
    assert set(files) <= {"pack.toml", "values/rates.csv"}
