"""The shipped pack is clean, and each fault is found where it is put in."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.policy import load_pack
from planner.policy.check import faults

SHIPPED = load_pack().folder
LIMITS = "values/contribution_limits.csv"
Row = dict[str, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "cn"))


def change(file: Path, which: Callable[[Row], bool], **new: str) -> None:
    """Set columns of the rows of `file` that are meant."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    meant = [row for row in rows if which(row)]
    assert meant, "the row to break is not there"
    for row in meant:
        row.update(new)
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def beijing(key: str, year: str) -> Callable[[Row], bool]:
    return lambda row: (row["key"], row["place"], row["valid_from"][:4]) == (key, "CN-BJ", year)


def codes(folder: Path) -> list[str]:
    return sorted({fault.code for fault in faults(load_pack(folder))})


def test_the_shipped_pack_is_clean() -> None:
    assert [f"{fault.where}: {fault.code}" for fault in faults(load_pack())] == []


@pytest.mark.parametrize(
    ("key", "new", "code"),
    [
        ("pension.base_lower", {"valid_to": "2026-05-31"}, "gap"),
        ("pension.base_lower", {"valid_to": "2026-07-31"}, "overlap"),
        ("pension.base_lower", {"valid_to": ""}, "overlap"),
        ("pension.base_lower", {"valid_to": "2025-06-01"}, "empty_period"),
        ("pension.base_lower", {"value": "716"}, "out_of_range"),
        ("pension.base_lower", {"value": "9000"}, "share_off"),
        ("pension.base_upper", {"value": "30000"}, "share_off"),
        ("pension.base_lower", {"unit": "yuan/year"}, "wrong_unit"),
        ("pension.base_lower", {"area": "nowhere"}, "unknown_area"),
        ("pension.base_lower", {"place": "999999"}, "damaged_pack"),
        ("pension.base_lower", {"place": "110105"}, "unknown_place"),
        ("pension.base_lower", {"valid_from": "soon"}, "damaged_pack"),
        ("pension.base_lower", {"state": "maybe"}, "damaged_pack"),
        ("pension.base_lower", {"confidence": "surely"}, "damaged_pack"),
        ("pension.base_lower", {"checked": ""}, "not_checked"),
        ("pension.base_lower", {"source_title": "", "source_url": ""}, "no_source"),
        ("pension.base_lower", {"source_title": "No official page seen.", "source_url": ""}, "no_source"),
        ("pension.base_lower", {"source_title": " "}, "no_title"),
        ("pension.base_lower", {"source_title": "某网站转载的通知"}, "mirror"),
        ("pension.base_lower", {"source_title": "github.com/someone/tables"}, "mirror"),
        ("pension.base_lower", {"source_url": "https://github.com/someone/tables"}, "mirror"),
        ("pension.base_lower", {"source_url": "https://gov.cn.example.org/notice"}, "mirror"),
    ],
)
def test_a_broken_row_is_found(folder: Path, key: str, new: Row, code: str) -> None:
    change(folder / LIMITS, beijing(key, "2025"), **new)
    found = codes(folder)
    assert code in found


def test_what_was_not_checked_for_a_year_is_due_for_review(folder: Path) -> None:
    pack = load_pack(folder)
    assert faults(pack, pack.issued_on) == ()
    change(folder / LIMITS, beijing("pension.base_lower", "2026"), checked="2025-10-31")
    found = faults(load_pack(folder), date(2026, 11, 1))
    assert [(one.code, one.where) for one in found] == [("review_due", "pension.base_lower CN-BJ 2026-07-01")]
    assert str(found[0].values["due"]) == "2026-10-31"
    assert faults(load_pack(folder), date(2026, 10, 31)) == ()


def test_a_table_is_reviewed_too(folder: Path) -> None:
    found = faults(load_pack(folder), date(2029, 1, 1))
    assert "annuity_months" in {one.where for one in found if one.code == "review_due"}


def test_limits_that_cross_are_found(folder: Path) -> None:
    change(folder / LIMITS, beijing("pension.base_upper", "2025"), value="7162")
    assert "limits_crossed" in codes(folder)


def test_fixed_bases_must_reach_from_limit_to_limit(folder: Path) -> None:
    change(folder / LIMITS, lambda row: row["key"] == "pension.fixed_bases", value="4952 9000 7000 24762")
    assert "bases_do_not_fit" in codes(folder)


def test_a_city_in_two_classes_or_of_another_province_is_found(folder: Path) -> None:
    change(folder / "tables/areas.csv", lambda row: row["area"] == "class3", cities="420100 110000")
    assert codes(folder) == ["city_in_two_classes", "city_outside"]


def test_a_province_without_a_needed_value_is_found(folder: Path) -> None:
    change(folder / "values/minimum_wage.csv", lambda row: row["place"] == "CN-ZJ", place="330100")
    assert [(fault.code, fault.where) for fault in faults(load_pack(folder))] == [
        ("missing", "minimum_wage.hour CN-ZJ"),
        ("missing", "minimum_wage.month CN-ZJ"),
    ]


def test_a_file_that_is_gone_or_half_written_is_named(folder: Path) -> None:
    (folder / "values/rates.csv").unlink()
    (folder / "tables/hazard.csv").write_bytes(b"occupation,measure\n\xff\xfe")
    found = faults(load_pack(folder))
    assert [fault.code for fault in found] == ["damaged_pack", "damaged_pack"]
    assert {fault.values["field"] for fault in found} == {"rates.csv", "hazard.csv"}


@pytest.mark.parametrize(
    "text", ["[[", '[["pension.account_rate"]]\nvalue = "0.08"\nvalid_from = 2006-01-01\n']
)
def test_national_rules_half_written_are_named(folder: Path, text: str) -> None:
    (folder / "national.toml").write_text(text, "utf-8")
    (fault,) = faults(load_pack(folder))
    assert (fault.code, "national.toml" in str(fault.values["field"])) == ("damaged_pack", True)


def test_a_table_row_without_provenance_is_found(folder: Path) -> None:
    change(folder / "tables/annuity_months.csv", lambda row: row["age"] == "60", confidence="")
    assert codes(folder) == ["damaged_pack"]


def unlike(folder: Path) -> list[str]:
    return [f"{fault.code} {fault.where}" for fault in faults(load_pack(folder), like=load_pack())]


def test_the_shipped_pack_is_like_itself(folder: Path) -> None:
    assert unlike(folder) == []


def test_a_number_of_a_table_that_is_none_is_a_fault(folder: Path) -> None:
    change(folder / "tables" / "annuity_months.csv", lambda row: row["age"] == "61", months="abc")
    assert unlike(folder) == ["no_number annuity_months.csv:23 months"]


def test_what_the_program_counts_on_must_be_there(folder: Path) -> None:
    (folder / "tables" / "death_survivor.csv").unlink()
    file = folder / "tables" / "retirement_ages.csv"
    file.write_text(file.read_text("utf-8").replace(",step,", ",stride,"), "utf-8")
    assert unlike(folder) == ["missing_table death_survivor", "missing_column retirement_ages step"]
    for file in (folder / "keys.toml", folder / "national.toml"):
        file.write_text(
            file.read_text("utf-8").replace("personal_pension.yearly_cap", "pension.cap"), "utf-8"
        )
    assert "missing_key personal_pension.yearly_cap" in unlike(folder)


def test_a_rule_of_an_unknown_kind_is_a_fault_and_no_crash(folder: Path) -> None:
    file = folder / "national.toml"
    file.write_text(file.read_text("utf-8").replace("personal_pension.yearly_cap", "pension.cap"), "utf-8")
    assert "damaged_pack" in codes(folder)
