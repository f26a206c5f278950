"""Words for the codes in calculation steps: rules, the names in formulas, and the formulas themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

from planner.text import _
from planner.values import mark

_RULES = {
    "retirement_age.offset": mark("Months between the first birth month that retires later and yours"),
    "retirement_age.delay": mark("By how many months the old age is postponed"),
    "retirement_age.original": mark("When it would have been under the old age"),
    "retirement_age.statutory": mark("Statutory retirement month"),
    "retirement_age.earliest": mark("Earliest month by your own choice"),
    "min_years.by_retirement_year": mark("Minimum contribution months for that retirement year"),
    "annuity.monthly": mark("Annuity months, between two whole ages"),
    "annuity.whole_years": mark("Annuity months at a whole age"),
    "index.year": mark("Contribution index of a year"),
    "index.average": mark("Average contribution index"),
    "contribution.base": mark("Contribution base"),
    "contribution.base_published_limit": mark("Contribution base: the published limit"),
    "contribution.monthly": mark("What you pay a month"),
    "contribution.account": mark("The part that goes into your own account"),
    "contribution.pool": mark("The part that goes into the common fund"),
    "contribution.medical_fixed": mark("Medical insurance: a fixed amount"),
    "contribution.medical_rate": mark("Medical insurance: a share of the base"),
    "account.year_end": mark("Balance of the personal account at the end of the year"),
    "pension.basic": mark("Basic pension"),
    "pension.personal": mark("Pension from the personal account"),
    "pension.total": mark("Monthly pension"),
    "resident.account_year": mark("Resident account at the end of the year"),
    "resident.personal": mark("Resident pension from the account"),
    "resident.total": mark("Resident pension a month"),
}

_VALUES = {
    "account": mark("account part"),
    "account_balance": mark("balance of the personal account"),
    "account_rate": mark("share for the account"),
    "amount": mark("amount"),
    "annuity_months": mark("annuity months"),
    "area_average_wage": mark("average wage of the area"),
    "at_age": mark("annuity months at this age"),
    "at_next_age": mark("annuity months at the next age"),
    "average_index": mark("average contribution index"),
    "average_wage": mark("reference wage"),
    "base": mark("contribution base"),
    "base_pension": mark("base pension"),
    "basic": mark("basic part"),
    "benefit_base": mark("benefit base"),
    "born": mark("birth month"),
    "contribution_months": mark("months paid"),
    "contribution_years": mark("years paid"),
    "credits": mark("credits of the year"),
    "days": mark("days"),
    "days_of_month": mark("days of the month"),
    "delay": mark("months postponed"),
    "early_months_max": mark("months earlier at most"),
    "extras": mark("additions"),
    "first_delayed_birth": mark("first birth month that retires later"),
    "fixed_addon": mark("fixed amount on top"),
    "index": mark("index"),
    "indices": mark("indices of the years"),
    "minimum": mark("minimum"),
    "monthly": mark("payment a month"),
    "monthly_wage": mark("own monthly wage"),
    "months": mark("months"),
    "months_of_year": mark("months for that year"),
    "multiple": mark("multiple"),
    "new_age": mark("new age"),
    "offset": mark("months between"),
    "old_age": mark("old age"),
    "opening": mark("balance at the beginning"),
    "paid": mark("paid"),
    "per_year": mark("for each year"),
    "percent": mark("percent"),
    "personal": mark("account part of the pension"),
    "pool": mark("common fund part"),
    "published_limit": mark("published limit"),
    "rate": mark("contribution rate"),
    "rate_percent": mark("bookkeeping rate (%)"),
    "share": mark("share"),
    "step": mark("birth months for one month of delay"),
    "through": mark("months it earned interest"),
    "tier": mark("tier"),
    "transitional": mark("transitional part"),
    "unpaid_index": mark("index of unpaid months"),
    "unpaid_months": mark("unpaid months"),
    "year": mark("year"),
    "years": mark("years"),
}

_FUNCTIONS = {
    "half_up": mark("rounded"),
    "ceil_to": mark("rounded up"),
    "floor_to": mark("rounded down"),
    "min": mark("the smaller of"),
    "max": mark("the larger of"),
    "sum": mark("sum of"),
    "dot": mark("sum of products of"),
    "add_months": mark("months added to"),
    "months_between": mark("months between"),
}

_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*(\()?")
_CHOICE = re.compile(r"(.+) if (.+) else (.+)")
_PLAIN_WORDS = frozenset({"if", "else", "and", "or", "not"})


def rule_name(code: str) -> str:
    """What a rule works out; an unknown code loses only its underscores."""
    known = _RULES.get(code)
    return _(known) if known else code.rpartition(".")[2].replace("_", " ")


def value_name(name: str) -> str:
    """What a name in a formula stands for."""
    known = _VALUES.get(name)
    return _(known) if known else name.replace("_", " ")


def formula_words(formula: str, name_of: Callable[[str], str] = value_name) -> str:
    """The formula with words for its names and the signs of arithmetic as they are written by hand."""

    def word(match: re.Match[str]) -> str:
        name = match[0].rstrip("(")
        if match[1]:
            return f"{_(_FUNCTIONS[name])}(" if name in _FUNCTIONS else match[0]
        return name if name in _PLAIN_WORDS else name_of(name)

    def words(part: str) -> str:
        return _NAME.sub(word, part).replace("//", "÷").replace("*", "×").replace(" / ", " ÷ ")

    choice = _CHOICE.fullmatch(formula)
    if choice is None:
        return words(formula)
    then, condition, other = map(words, choice.groups())
    return _("{then} if {condition}, otherwise {other}", then=then, condition=condition, other=other)
