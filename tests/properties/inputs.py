"""Inputs that every calculator must answer, as hypothesis strategies by the name of the calculator."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from planner.policy import Pack, load_pack
from planner.schemes.conventions import MONEY_RULES
from planner.values.place import PROVINCES

PACK: Pack = load_pack()
OCCUPATIONS = [row["code"] for row in PACK.table("occupations")]
PLATFORMS = [row["platform"] for row in PACK.table("oip_platforms")]
POLICIES = [row["product_type"] for row in PACK.table("commercial_cover")]
NAMES = [place.code for place in PROVINCES] + [PACK.place_name(place, "zh") for place in PROVINCES]

Document = dict[str, Any]

provinces = st.sampled_from(NAMES)
yes_no = st.booleans()


def number(low: str | int, high: str | int, places: int = 2) -> st.SearchStrategy[Any]:
    """A decimal as text, or the same as a JSON number where that loses nothing."""
    text = st.decimals(low, high, places=places).map(lambda value: format(value, "f"))
    return text | st.integers(int(float(low)) + 1, int(float(high)) or 1)


def month(first: int, last: int) -> st.SearchStrategy[str]:
    return st.builds(lambda year, of: f"{year}-{of:02d}", st.integers(first, last), st.integers(1, 12))


def day(first: int, last: int) -> st.SearchStrategy[str]:
    return st.dates(date(first, 1, 1), date(last, 12, 31)).map(date.isoformat)


def some(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Any of the fields that may be left out."""
    return st.fixed_dictionaries({}, optional=optional)


def record(needed: Document, *more: st.SearchStrategy[Document]) -> st.SearchStrategy[Document]:
    parts = st.tuples(st.fixed_dictionaries(needed), *more)
    return parts.map(lambda documents: {key: value for each in documents for key, value in each.items()})


def one(**either: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Exactly one of the fields."""
    return st.one_of([value.map(lambda found, name=name: {name: found}) for name, value in either.items()])


money = number(0, 2_000_000)
ages = st.fixed_dictionaries({"years": st.integers(38, 75), "months": st.integers(0, 11)})
years_of_history = record(
    {"year": st.integers(1995, 2025), "months": st.integers(1, 12)},
    one(index=number("0.1", 4, 4))
    | st.fixed_dictionaries({"base": number(800, 40_000), "average_wage": number(900, 15_000)}),
)

retirement_age = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["male_60", "female_55", "female_50"]),
        "born": month(1945, 2010) | day(1945, 2010),
    }
)
min_years = record({"retire": month(2000, 2060)}, some(paid_months=st.integers(0, 400)))
annuity_months = record(
    {"years": st.integers(0, 100), "months": st.integers(0, 11)}, some(retire=month(2010, 2050))
)
average_index = record(
    {"province": provinces, "history": st.lists(years_of_history, min_size=1, max_size=12)},
    some(unpaid_years=st.sampled_from(["excluded", "zero"]) | number("0.1", 1)),
)
pension = record(
    {
        "province": provinces,
        "retire": month(2024, 2026),
        "account_balance": money,
        "benefit_base": number(4_000, 20_000),
    },
    one(contribution_months=st.integers(1, 600), years=number(1, 50)),
    one(average_index=number("0.1", 5, 4), history=st.lists(years_of_history, min_size=1, max_size=4)),
    one(age=ages, annuity_months=number(50, 240, 1)),
    some(extras=number(0, 900), money_rule=st.sampled_from(MONEY_RULES)),
    some(transitional=number(0, 3_000))
    | st.fixed_dictionaries(
        {
            "deemed_months": st.integers(0, 300),
            "transitional_rate": number("0.01", "0.014", 3).filter(lambda rate: float(rate) < 0.1),
        }
    ),
    some(years_rule=st.sampled_from(["exact", "1dp_ceil", "2dp_half_up", "2dp_ceil", "4dp_half_up"])),
)
contribution = (
    record(
        {"province": provinces, "month": month(2025, 2026)},
        one(tier=number("0.4", 3), base=number(2_000, 40_000)),
        some(rate=st.sampled_from(["0.2", "0.24", 0.2]), fixed_addon=number(0, 100)),
        some(base_rounding=st.sampled_from(["fen", "yuan_half", "yuan_up", "yuan_down"])),
    )
    | record(
        {
            "province": provinces,
            "month": month(2025, 2026),
            "scheme": st.just("employee_medical"),
            "base": number(2_000, 30_000),
            "rate": number("0.02", "0.12", 3).filter(lambda rate: float(rate) < 1),
        },
        some(fixed_addon=number(0, 100)),
    )
    | st.fixed_dictionaries(
        {"province": provinces, "month": month(2025, 2026), "scheme": st.just("resident_medical")}
    )
)
account = st.builds(
    lambda opening, monthly, months, rate, method: {
        "opening": {"year": 2023, "balance": opening},
        "credits": [
            {"year": year, "monthly": monthly, "months": sorted(months)} for year in (2024, 2025) if months
        ],
        "rates": {"2024": rate, "2025": rate},
        "method": method,
        "until": 2025,
    },
    money,
    number(0, 3_000),
    st.sets(st.integers(1, 12)),
    number(0, 9),
    st.sampled_from(["month_product", "year", "none"]),
)
resident_pension = record(
    {},
    one(base_pension=number(50, 1_600))
    | st.fixed_dictionaries({"province": provinces, "month": month(2025, 2026)}),
    one(account_balance=money)
    | st.fixed_dictionaries(
        {
            "payments": st.lists(
                st.fixed_dictionaries(
                    {"year": st.integers(2010, 2026), "tier": number(100, 9_000), "subsidy": number(0, 700)}
                ),
                min_size=1,
                max_size=16,
            ),
            "rate": number("0", "0.06", 4).filter(lambda rate: float(rate) < 0.1),
        }
    ),
    some(extras=number(0, 200)),
)
injury = record(
    {
        "scheme": st.sampled_from(["oip", "wii", "accident"]),
        "province": provinces,
        "date": day(2026, 2026),
        "event": st.sampled_from(["death", "disability", "treatment"]),
        "grade": st.integers(1, 10),
        "monthly_wage": number(500, 60_000),
    },
    some(
        days=st.integers(0, 400),
        medical=number(0, 500_000),
        further_grades=st.lists(st.integers(1, 10), max_size=3),
        wage_base=number(3_000, 15_000),
        occupation=st.sampled_from(OCCUPATIONS),
        platform=st.sampled_from(PLATFORMS),
        order_state=st.sampled_from(
            ["on_order", "online_between_orders", "platform_ordered_activity", "offline_commute", "off_duty"]
        ),
        care=st.sampled_from(["full", "most", "part"]),
        policy=st.sampled_from(POLICIES),
        dependants=st.lists(
            st.fixed_dictionaries({"relation": st.sampled_from(["spouse", "other"]), "alone": yes_no}),
            max_size=5,
        ),
    ),
)
death_benefit = record(
    {"province": provinces, "date": day(2022, 2026), "contribution_months": st.integers(0, 600)},
    some(
        pension_years_drawn=number(0, 40),
        income_per_head=number(20_000, 100_000),
        account_balance=money,
    ),
)
medical_wait = record(
    {"scheme": st.sampled_from(["employee_medical", "resident_medical", "employee", "resident"])},
    one(gap_months=st.integers(0, 240), gap_years=st.integers(0, 20)),
    some(city=provinces, bought_back=st.integers(0, 20)),
)
medical_years = record(
    {
        "city": st.sampled_from(["CN-SH", "上海", "310000", "350200"]),
        "date": day(2024, 2060),
        "sex": st.sampled_from(["male", "female"]),
        "paid_months": st.integers(120, 1200),
    },
    some(paid_here_months=st.integers(0, 120)),
)
incomes = {
    "income_kind": st.sampled_from(["comprehensive", "business"]),
    "taxable_income": number(0, 5_000_000),
}
income_tax = record(
    incomes, some(half_tax=yes_no, other_relief=number(0, 20_000), year=st.integers(2021, 2027))
)
personal_pension_tax = record(
    incomes | {"contribution": number(0, 20_000)}, some(half_tax=yes_no, year=st.integers(2023, 2027))
)
drawing_place = record(
    {
        "hukou": provinces,
        "relation": provinces,
        "places": st.lists(
            record(
                {"province": provinces, "months": st.integers(0, 300)},
                some(temporary=yes_no, age=st.integers(16, 70)),
            ),
            min_size=1,
            max_size=6,
        ),
    },
    some(sex=st.sampled_from(["male", "female"])),
)
switch_scheme = st.fixed_dictionaries(
    {
        "employee_months": st.integers(12, 400),
        "resident_months": st.integers(12, 400),
        "retire": month(2015, 2050),
        "both_months": st.integers(0, 12),
    }
)
subsidy = record(
    {
        "province": provinces,
        "group": st.sampled_from(["hard_to_employ", "graduate"]),
        "month": month(2025, 2026),
        "paid_monthly": number(0, 4_000),
    },
    some(
        kinds=st.sampled_from(["both", "pension", "medical"]),
        months_used=st.integers(0, 80),
        months_to_retirement=st.integers(0, 300),
        city=st.sampled_from(["深圳", "南京", "武汉", "苏州"]),
    ),
)

STRATEGIES: dict[str, st.SearchStrategy[Document]] = {
    "retirement-age": retirement_age,
    "min-years": min_years,
    "annuity-months": annuity_months,
    "average-index": average_index,
    "pension": pension,
    "contribution": contribution,
    "account": account,
    "resident-pension": resident_pension,
    "injury": injury,
    "death-benefit": death_benefit,
    "medical-wait": medical_wait,
    "medical-years": medical_years,
    "personal-pension-tax": personal_pension_tax,
    "income-tax": income_tax,
    "drawing-place": drawing_place,
    "switch-scheme": switch_scheme,
    "subsidy": subsidy,
}
