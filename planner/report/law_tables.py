"""The tables of the law and of our assumptions as a person reads them: titles, columns and codes in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from planner.policy import Pack, Row
from planner.policy.changes import tables_changed
from planner.policy.pinyin import initials_from_each_word
from planner.policy.search import asked, searchable
from planner.projection.words import TITLES as ASSUMED
from planner.report import injury_words
from planner.report import policy_words as words
from planner.report.place_rules import GROUPS, SECTORS
from planner.text import _, language
from planner.values import Place, mark

_CATEGORIES = {
    "male_60": mark("men"),
    "female_55": mark("women who retired at 55"),
    "female_50": mark("women who retired at 50"),
}
_SCHEDULES = {
    "comprehensive": mark("comprehensive income"),
    "business": mark("business income"),
}
_SCHEMES = {
    "oip": mark("per-order injury protection"),
    "wii": mark("work injury insurance"),
}
_GRADES = {
    "all": mark("all"),
    "full": mark("needs care for everything"),
    "most": mark("needs care for most things"),
    "part": mark("needs care for some things"),
    "treatment_period": mark("during treatment"),
    "death": mark("death"),
    "inpatient": mark("in hospital"),
}
_DEPENDANTS = {
    "dependant_allowance_spouse": mark("Allowance for the spouse"),
    "dependant_allowance_other": mark("Allowance for another dependant"),
    "dependant_allowance_orphan_or_lone_extra": mark("More for an orphan or one living alone"),
    "dependant_allowance_cap": mark("All allowances for dependants together at most"),
    "paid_leave_stop_work": mark("Time off work with full pay"),
    "hospital_meal": mark("Meals in hospital"),
    "death_lump_amount": mark("Death benefit, amount of the year"),
}
_UNITS = {
    "share_of_in_catalogue_cost": mark("of the bill inside the catalogue"),
    "months": mark("months"),
    "pct_of_base": mark("% of the base"),
    "local_minimum_monthly_wage_per_30_days": mark("local minimum wages for 30 days"),
    "multiple": mark("times"),
    "pct_points": mark("percentage points"),
    "amount": mark("yuan"),
    "pct_of_own_wage": mark("% of the own wage"),
    "yuan_per_day": mark("yuan a day"),
    "yuan": mark("yuan"),
    "percent a year": mark("percent a year"),
    "percentage points": mark("percentage points"),
    "factor": mark("factor"),
    "per FTE worker-year": mark("for a year of full-time work"),
    "share of any injury": mark("of all injuries"),
    "orders": mark("orders"),
    "share": mark("share"),
    "yuan 2026, lognormal median": mark("yuan of 2026, middle value"),
    "days, lognormal median": mark("days, middle value"),
    "share that files a claim": mark("of those who could claim"),
    "dispersion of yearly counts": mark("spread of yearly counts"),
    "ratio": mark("ratio"),
    "per person-year": mark("for a person and year"),
    "hours": mark("hours"),
    "CNY": mark("yuan"),
    "log": mark("in logarithms"),
    "prob/month": mark("chance in a month"),
    "prob/year": mark("chance in a year"),
    "days": mark("days"),
}
_BASES = {
    "actual_in_catalogue_cost": mark("bill inside the catalogue"),
    "provincial_private_unit_monthly_avg_wage_prev_year": mark(
        "average wage in private firms of the province, year before"
    ),
    "pooling_area_monthly_avg_wage_prev_year": mark("average wage of the area, year before"),
    "provincial_avg_monthly_wage_prev_year": mark("average wage of the province, year before"),
    "city_avg_monthly_wage_prev_year": mark("average wage of the city, year before"),
    "local_monthly_minimum_wage": mark("local minimum wage"),
    "own_12m_avg_contribution_wage_clamped_60_300pct": mark(
        "own insured wage of twelve months, within 60% to 300% of the average"
    ),
    "own_wage": mark("own wage"),
    "national_urban_disposable_income_prev_year": mark("income per head of the nation's towns, year before"),
    "local_schedule": mark("set by the place"),
    "local": mark("set by the place"),
}
_MEASURES = {
    "any_injury_needing_care": mark("Injuries that need a doctor"),
    "disability_graded_10_to_1": mark("Injuries with a lasting disability"),
    "death_by_accident": mark("Deaths by accident"),
    "share_minor_medical_only": mark("Injuries with a bill only"),
    "orders_per_FTE_year": mark("Orders in a year of full-time work"),
    "hours_per_FTE_year": mark("Hours in a year of full-time work"),
    "medical_cost_median_minor_medical_only": mark("Bill of a small injury"),
    "medical_cost_median_lost_time": mark("Bill of an injury with weeks off work"),
    "medical_cost_median_disability_10_7": mark("Bill of a disability of grades 7 to 10"),
    "medical_cost_median_disability_6_5": mark("Bill of a disability of grades 5 and 6"),
    "medical_cost_median_disability_4_1": mark("Bill of a disability of grades 1 to 4"),
    "medical_cost_median_death_before_death": mark("Bill before a death"),
    "lost_days_median_lost_time": mark("Days lost after an injury with weeks off work"),
    "lost_days_median_disability_10_7": mark("Days lost with a disability of grades 7 to 10"),
    "lost_days_median_disability_6_5": mark("Days lost with a disability of grades 5 and 6"),
    "lost_days_median_disability_4_1": mark("Days lost with a disability of grades 1 to 4"),
    "lost_days_median_illness": mark("Days lost in an illness"),
    "in_catalogue_share_of_medical_cost": mark("Part of the bill inside the catalogue"),
    "claim_propensity_minor": mark("Small injuries that are claimed"),
    "claim_propensity_lost_time": mark("Injuries with weeks off work that are claimed"),
    "negative_binomial_k": mark("Spread of yearly counts of injuries"),
    "third_party_injury_per_own_injury": mark("Others injured for each own injury"),
    "sudden_death_during_work": mark("Sudden deaths at work"),
    "illness_spell": mark("Illnesses that stop work for weeks"),
    "prior_median_active_month": mark("Middle income of a month with work"),
    "prior_sigma_between_log": mark("How far people differ"),
    "prior_sigma_within_log": mark("How far one's months differ"),
    "prior_rho_monthly": mark("How long a good or bad month lasts on"),
    "prior_p_active_to_zero": mark("Chance that the next month has no work"),
    "prior_p_zero_to_active": mark("Chance that work comes back"),
    "prior_job_exit": mark("Chance of leaving this kind of work"),
}
_GIVEN_DISABILITY = re.compile(r"grade_(\d+)_given_disability")
_VARIABLES = {
    "deposit_3_5y": mark("Interest on a deposit of three to five years"),
    "personal_pension_deposits": mark("Individual pension: deposits"),
    "personal_pension_wealth_products": mark("Individual pension: bank products"),
    "personal_pension_insurance": mark("Individual pension: insurance"),
    "personal_pension_target_date_funds": mark("Individual pension: target date funds"),
    "city_noise": mark("How far a place differs from the nation"),
    "account_suspended": mark("The account is suspended"),
    "fee_raised": mark("The platform takes more"),
    "tariff": mark("A new tariff"),
    "currency_down_10": mark("The foreign currency falls by a tenth"),
}
_PROFILES = {
    "food": mark("food and instant delivery"),
    "ride": mark("ride-hailing"),
    "parcel": mark("parcels"),
    "live": mark("livestreaming"),
    "xborder": mark("cross-border selling"),
    "none": mark("no season"),
}
_WORK = {
    "rider": mark("riders"),
    "ride_hailing": mark("ride-hailing"),
    "freight_city": mark("freight within the city"),
    "freight_long": mark("long-distance freight"),
    "courier": mark("couriers"),
    "warehouse": mark("warehouse work"),
    "ecommerce_seller_self_packing": mark("sellers who pack themselves"),
    "livestream_desk": mark("streaming and desk work"),
    "all": mark("all"),
}
_KINDS = {"tier": mark("tier"), "band": mark("from and to")}

Cell = Decimal | str
Say = Callable[[Pack, str], Cell]


def _number(_pack: Pack, text: str) -> Cell:
    try:
        return Decimal(text)
    except ArithmeticError:
        return _(_BASES.get(text, text))


def _as_written(_pack: Pack, text: str) -> Cell:
    return text


def _coded(*tables: Mapping[str, str]) -> Say:
    def say(_pack: Pack, text: str) -> Cell:
        known = next((table[text] for table in tables if text in table), text)
        return _(known) if known else ""

    return say


def _place(pack: Pack, text: str) -> Cell:
    return words.place_name(pack, Place(text))


def _item(_pack: Pack, text: str) -> Cell:
    return _(_DEPENDANTS[text]) if text in _DEPENDANTS else injury_words.item_name(text)


def _work(pack: Pack, text: str) -> Cell:
    if text in _WORK:
        return _(_WORK[text])
    return injury_words.occupation_name(text, pack) or text


def _measure(_pack: Pack, text: str) -> Cell:
    if given := _GIVEN_DISABILITY.fullmatch(text):
        return _("Grade {grade}, of all disabilities", grade=given[1])
    return _(_MEASURES.get(text, text))


def _variable(_pack: Pack, text: str) -> Cell:
    return _(_VARIABLES.get(text) or ASSUMED.get(text) or ASSUMED.get(text.partition(".")[0], text))


def _sectors(_pack: Pack, text: str) -> Cell:
    return ("、" if language() == "zh" else ", ").join(_(SECTORS.get(one, one)) for one in text.split())


def _policy(pack: Pack, text: str) -> Cell:
    return injury_words.policy_name(text, pack)


def _bound(_pack: Pack, text: str) -> Cell:
    return Decimal(text) if text else _("no limit")


Column = tuple[str, str, Say]
_LOW = ("low", mark("low"), _number)
_CENTRAL = ("central", mark("central"), _number)
_HIGH = ("high", mark("high"), _number)
_UNIT = ("unit", mark("unit"), _coded(_UNITS))
_YEAR = ("year", mark("year"), _as_written)
_PLACE = ("place", mark("Where"), _place)
_RANGE = (_LOW, _CENTRAL, _HIGH, _UNIT)


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is a message id; `columns` are name in the file, heading (message id) and how a cell is said.

    `only` are the values of the first column whose rows are shown; empty: all.
    """

    title: str
    columns: tuple[Column, ...]
    only: frozenset[str] = frozenset()


TABLES: Mapping[str, Table] = {
    "retirement_ages": Table(
        mark("Retirement ages"),
        (
            ("category", mark("who"), _coded(_CATEGORIES)),
            ("old_age", mark("old age"), _number),
            ("new_age", mark("new age"), _number),
            ("step", mark("birth months for one month of delay"), _number),
            ("start", mark("first birth month that retires later"), _as_written),
        ),
    ),
    "min_contribution_years": Table(
        mark("Least contribution time"),
        (("year", mark("retirement from"), _as_written), ("min_months", mark("months to pay"), _number)),
    ),
    "annuity_months": Table(
        mark("Annuity months"),
        (("age", mark("age"), _number), ("months", mark("annuity months"), _number)),
    ),
    "pension_uprating": Table(
        mark("Yearly rise of pensions in payment"),
        (_YEAR, ("percent", mark("percent"), _number)),
    ),
    "resident_tiers": Table(
        mark("Tiers of the resident pension"),
        (
            _PLACE,
            _YEAR,
            ("kind", mark("kind"), _coded(_KINDS)),
            ("tier_from", mark("from, yuan a year"), _number),
            ("tier_to", mark("to, yuan a year"), _bound),
            ("subsidy", mark("subsidy a year"), _number),
        ),
    ),
    "subsidies": Table(
        mark("Social insurance subsidies"),
        (
            _PLACE,
            ("groups", mark("for whom"), _coded(GROUPS)),
            ("share", mark("share of what is paid"), _as_written),
            ("cap_yuan", mark("at most, yuan a month"), _number),
            ("fixed_yuan", mark("fixed, yuan a month"), _as_written),
            ("months_max", mark("months at most"), _number),
        ),
    ),
    "death_survivor": Table(
        mark("Lump sum for survivors"),
        (
            ("years_from", mark("years paid, from"), _number),
            ("years_below", mark("years paid, below"), _bound),
            ("months", mark("months of the income per head"), _number),
            ("months_per_further_year", mark("months for each further year"), _number),
        ),
    ),
    "income_tax_brackets": Table(
        mark("Income tax brackets"),
        (
            ("schedule", mark("kind of income"), _coded(_SCHEDULES)),
            ("level", mark("level"), _number),
            ("over", mark("over, yuan a year"), _number),
            ("up_to", mark("up to, yuan a year"), _bound),
            ("rate_percent", mark("percent"), _number),
            ("quick_deduction", mark("quick deduction"), _number),
        ),
    ),
    "injury_benefits": Table(
        mark("What an injury pays"),
        (
            ("scheme", mark("scheme"), _coded(_SCHEMES)),
            ("item", mark("what"), _item),
            ("grade", mark("grade"), _coded(_GRADES)),
            ("value", mark("how much"), _number),
            ("unit", mark("unit"), _coded(_UNITS)),
            ("base", mark("of"), _coded(_BASES, {"none": ""})),
        ),
        frozenset(_SCHEMES),
    ),
    "accident_grades": Table(
        mark("Disability grades of accident policies"),
        (("grade", mark("grade"), _number), ("percent", mark("percent of the sum insured"), _number)),
    ),
    "commercial_cover": Table(
        mark("Accident policies on the market"),
        (
            ("product_type", mark("policy"), _policy),
            ("death_disability_sum_yuan", mark("sum insured, yuan"), _number),
        ),
        frozenset(injury_words.POLICY_NAMES),
    ),
    "oip_coverage": Table(
        mark("Where per-order protection runs"),
        (
            _PLACE,
            ("from", mark("since"), _as_written),
            ("sectors", mark("trades"), _sectors),
            ("local_document", mark("Document"), _as_written),
        ),
    ),
    "oip_platforms": Table(
        mark("Platforms with per-order protection"),
        (
            ("platform", mark("platform"), lambda pack, text: injury_words.platform_name(text, pack)),
            ("sector", mark("trades"), _sectors),
            ("from", mark("since"), _as_written),
        ),
    ),
    "oip_order_states": Table(
        mark("When per-order protection covers"),
        (
            ("order_state", mark("situation"), _coded(dict(injury_words.ORDER_STATES))),
            ("covered", mark("answer"), _coded(injury_words.VERDICTS)),
        ),
    ),
    "economy": Table(
        mark("Assumptions on wages, prices and interest"),
        (
            ("variable", mark("what"), _variable),
            ("period_from", mark("from"), _as_written),
            ("period_to", mark("to"), _as_written),
            *_RANGE,
        ),
    ),
    "income_priors": Table(
        mark("Assumptions on incomes by trade"),
        (("occupation", mark("trade"), _work), ("metric", mark("what"), _measure), *_RANGE),
    ),
    "seasonality": Table(
        mark("Assumptions on the seasons"),
        (
            ("profile", mark("trade"), _coded(_PROFILES)),
            ("month", mark("month"), _number),
            _LOW,
            ("index", mark("central"), _number),
            _HIGH,
        ),
    ),
    "hazard": Table(
        mark("Assumptions on injury and illness"),
        (("occupation", mark("trade"), _work), ("measure", mark("what"), _measure), *_RANGE),
    ),
    "mortality": Table(
        mark("Death rates by age"),
        (
            ("age", mark("age"), _number),
            ("wpp2024_2025_2030_m", mark("men, whole population"), _number),
            ("wpp2024_2025_2030_f", mark("women, whole population"), _number),
            ("cl4th_2025_pension_m", mark("men with a pension policy"), _number),
            ("cl4th_2025_pension_f", mark("women with a pension policy"), _number),
        ),
    ),
    "fx": Table(
        mark("Assumptions on exchange rates"),
        (
            ("currency", mark("currency"), _as_written),
            ("rate_2026_10_30", mark("yuan on 2026-10-30"), _number),
            ("vol_low", mark("swing, low"), _number),
            ("vol_central", mark("swing, central"), _number),
            ("vol_high", mark("swing, high"), _number),
        ),
    ),
    "shocks": Table(mark("Events to try out"), (("name", mark("what"), _variable), *_RANGE)),
    "seller_cash": Table(
        mark("Assumptions on a seller's money"), (("name", mark("what"), _variable), *_RANGE)
    ),
}


def title(name: str) -> str:
    """What a table is called, in the language in use."""
    return _(TABLES[name].title)


def changed_words(before: Pack, after: Pack) -> str:
    """A sentence that names the tables with other rows; empty where no table has any."""
    names = [title(name) if name in TABLES else name for name in tables_changed(before, after)]
    between = "、" if language() == "zh" else ", "
    return _("Tables with other rows: {tables}", tables=between.join(names)) if names else ""


def header(name: str) -> tuple[str, ...]:
    """The headings of a table in the language in use."""
    return tuple(_(heading) for _column, heading, _say in TABLES[name].columns)


def rows(pack: Pack, name: str) -> tuple[Row, ...]:
    """The rows of a table that are shown; none where this pack does not have it."""
    if name not in pack.tables():
        return ()
    table = TABLES[name]
    first = table.columns[0][0]
    return tuple(row for row in pack.table(name) if not table.only or row[first] in table.only)


def cells(pack: Pack, row: Row) -> tuple[Cell, ...]:
    """A row as it is read: numbers as they are, codes in words."""
    return tuple(
        say(pack, row[column]) if row.get(column) or say is _bound else ""
        for column, _heading, say in TABLES[row.table].columns
    )


class TableIndex:
    """The rows of every table in one language, ready to be searched."""

    def __init__(self, pack: Pack) -> None:
        self._rows: list[tuple[str, Row]] = []
        for name in TABLES:
            called = title(name)
            about = (called, TABLES[name].title, initials_from_each_word(called), *header(name))
            for row in rows(pack, name):
                said = searchable((*about, *map(str, cells(pack, row)), row["source_title"]))
                self._rows.append((said, row))

    def find(self, text: str) -> tuple[Row, ...]:
        """The rows that every word of `text` is about, table after table."""
        wanted = asked(text)
        return tuple(row for said, row in self._rows if wanted and all(word in said for word in wanted))
