"""Words for the codes in calculation steps: rules, the names in formulas, and the formulas themselves."""

from __future__ import annotations

from collections.abc import Callable

from planner.text import _
from planner.ui.widgets.rule_formula import Formula
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
    "account.empty_year": mark("A year without payments"),
    "contribution.resident_medical": mark("Resident medical insurance, by the month"),
    "min_years.months_to_pay": mark("Months still to pay"),
    "min_years.start": mark("First month with a pension"),
    "pension.transitional": mark("Transitional pension for early years"),
    "resident.basic": mark("Base part of the resident pension"),
    "death.account": mark("What heirs get of the account"),
    "death.funeral": mark("Funeral grant"),
    "death.survivor": mark("Lump sum for survivors"),
    "death.survivor_months": mark("Months of the lump sum for survivors"),
    "death.survivor_months_left": mark("Months left after years of pension"),
    "medical_wait.employee": mark("Waiting months of the employee scheme"),
    "medical_wait.resident": mark("Waiting months of the resident scheme"),
    "medical_years.months_left": mark("Medical insurance months still to pay"),
    "income_tax.tax": mark("Income tax"),
    "income_tax.tax.before": mark("Income tax without the payment"),
    "income_tax.tax.after": mark("Income tax with the payment"),
    "income_tax.half_relief": mark("Half of the tax for the self-employed"),
    "income_tax.half_relief.before": mark("Half of the tax, without the payment"),
    "income_tax.half_relief.after": mark("Half of the tax, with the payment"),
    "personal_pension.taxable_after": mark("Taxable income with the payment"),
    "personal_pension.saved_now": mark("Tax saved this year"),
    "personal_pension.tax_on_withdrawal": mark("Tax when it is drawn"),
    "personal_pension.net": mark("Saved in the end"),
    "drawing_place.enough_years": mark("Ten years paid in one province"),
    "drawing_place.province": mark("Province that pays the pension"),
    "switching.counts_months": mark("Months that count after switching"),
    "subsidy.monthly": mark("Subsidy a month"),
    "subsidy.months_left": mark("Months of subsidy left"),
    "oip.coverage": mark("Is it covered?"),
    "wii.coverage": mark("Is it covered?"),
    "accident.coverage": mark("Is it covered?"),
    "injury.total_lump": mark("Paid at once, together"),
    "injury.own_wage_base": mark("Own wage, within the limits"),
    "wii.least_allowance": mark("Allowance, not below the minimum wage"),
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
    "months": mark("number of months"),
    "months_of_year": mark("months for that year"),
    "multiple": mark("multiple"),
    "new_age": mark("new age"),
    "offset": mark("months between"),
    "old_age": mark("old age"),
    "opening": mark("balance at the beginning"),
    "paid": mark("credits of the year"),
    "per_year": mark("share for each year"),
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
    "years": mark("number of years"),
    "because": mark("because"),
    "before": mark("balance at the beginning"),
    "bought_back": mark("years bought back"),
    "both_months": mark("months in both schemes"),
    "cap": mark("limit"),
    "ceiling": mark("limit"),
    "contribution": mark("payment into the individual pension"),
    "daily_allowance": mark("daily allowance"),
    "deductible": mark("part not paid"),
    "deemed_months": mark("months deemed paid"),
    "employee_months": mark("months in the employee scheme"),
    "fixed": mark("fixed amount"),
    "floor": mark("fewest months"),
    "gap_months": mark("months of the gap"),
    "gap_years": mark("years of the gap"),
    "grace_months": mark("months of grace"),
    "grade": mark("grade"),
    "high": mark("highest share"),
    "hukou": mark("household registration"),
    "in_catalogue_cost": mark("bill inside the catalogue"),
    "income_of_year_before": mark("income per head of the year before"),
    "income_per_head": mark("income per head"),
    "index_base": mark("average wage for the index"),
    "least_contribution": mark("lowest payment"),
    "less_per_year": mark("months less for each year"),
    "limit": mark("limit"),
    "long_gap": mark("fewest months after a long gap"),
    "low": mark("lowest share"),
    "lowest_base": mark("lowest base"),
    "lumps": mark("all amounts"),
    "minimum_months": mark("months needed"),
    "minimum_wage": mark("local minimum wage"),
    "missed_years": mark("years missed"),
    "months_max": mark("months at most"),
    "months_of_bracket": mark("months of the bracket"),
    "months_per_further_year": mark("months for each further year"),
    "months_to_pay": mark("months still to pay"),
    "months_used": mark("months already used"),
    "other_relief": mark("other relief"),
    "own_wage_base": mark("own wage, within the limits"),
    "paid_monthly": mark("paid a month"),
    "paid_months": mark("months paid"),
    "part": mark("subsidised parts"),
    "pension_years_drawn": mark("years of pension drawn"),
    "per_further_year": mark("months for each further year"),
    "per_year_bought_back": mark("months less for each year bought back"),
    "percents": mark("percents"),
    "province": mark("province"),
    "quick_deduction": mark("quick deduction"),
    "relation": mark("where the insurance is now"),
    "relief": mark("share of tax waived"),
    "resident_months": mark("months in the resident scheme"),
    "retire": mark("retirement month"),
    "saved_now": mark("tax saved this year"),
    "share_above": mark("share above the lowest payment"),
    "share_per_residual_month": mark("share for each month left"),
    "share_per_whole_year": mark("share for each whole year"),
    "sum_insured": mark("sum insured"),
    "tax": mark("tax"),
    "tax_after": mark("tax with the payment"),
    "tax_before": mark("tax without the payment"),
    "tax_on_withdrawal": mark("tax when drawn"),
    "tax_rate": mark("tax rate"),
    "taxable_income": mark("taxable income"),
    "transitional_rate": mark("rate of the transitional part"),
    "verdict": mark("answer"),
    "wage_base": mark("wage base of the province"),
    "wait_months": mark("months to wait"),
    "whole": mark("all parts"),
    "yearly": mark("payment a year"),
    "yearly_cap": mark("limit a year"),
    "years_from": mark("years from which the bracket begins"),
    "years_here": mark("years needed in the place"),
    "paid_here_months": mark("months paid in the place"),
    "years_needed": mark("years needed"),
}

# What a name stands for in one rule, where that is more than it says elsewhere; by the rule or its group.
_VALUES_IN = {
    ("annuity.monthly", "months"): mark("months beyond the whole age"),
    ("account.year_end", "months"): mark("month of the credit"),
    ("index.average", "months"): mark("months of each year"),
    ("drawing_place.enough_years", "months"): mark("months paid in the place"),
    ("medical_years.months_left", "years"): mark("years needed"),
    ("medical_wait.resident", "fixed"): mark("fixed waiting months"),
    ("personal_pension.tax_on_withdrawal", "rate"): mark("tax rate when drawn"),
    ("resident.account_year", "rate"): mark("interest rate"),
    ("subsidy.monthly", "fixed"): mark("fixed subsidy"),
    ("subsidy.monthly", "cap"): mark("highest subsidy"),
}


def rule_name(code: str) -> str:
    """What a rule works out, for a benefit its name; an unknown code loses only its underscores."""
    known = _RULES.get(code)
    if known:
        return _(known)
    from planner.report import injury_words  # with all of the injury schemes: only where one is asked for

    scheme, _dot, item = code.rpartition(".")
    return injury_words.item_name(item) if scheme in injury_words.COVER_NAMES else item.replace("_", " ")


# Shares of something, which are said in percent.
_SHARES = frozenset(
    {
        "account_rate",
        "high",
        "low",
        "per_year",
        "rate",
        "share",
        "share_above",
        "share_per_residual_month",
        "share_per_whole_year",
        "tax_rate",
        "tier",
        "transitional_rate",
    }
)


def is_share(name: str) -> bool:
    """Whether a value of that name is a share, which people say in percent."""
    return name in _SHARES


def value_name(name: str, rule: str = "") -> str:
    """What a name in a formula stands for, in the step of `rule`."""
    known = _VALUES_IN.get((rule, name)) or _VALUES.get(name)
    return _(known) if known else name.replace("_", " ")


def worked_out(formula: str, result: str, name_of: Callable[[str], str] = value_name) -> str:
    """The formula with what it comes to, and how that is rounded."""
    return Formula(formula, name_of).worked_out(result)
