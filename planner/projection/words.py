"""What the assumptions of a projection are called, as message ids for the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from planner.values import mark

# By the part of the name before the dot; what comes after it tells which of several.
TITLES: Mapping[str, str] = {
    "cpi": mark("Rise of consumer prices"),
    "real_wage_growth": mark("Growth of average wages after prices"),
    "base_growth": mark("Growth of the contribution limits and the benefit base"),
    "base_growth_less_nominal_wage": mark("Growth of the benefit base, compared with wages"),
    "bookkeeping_rate": mark("Interest on the employee scheme's personal account"),
    "resident_account_rate": mark("Interest on the resident scheme's account"),
    "deposit_1y": mark("Interest on a one-year deposit"),
    "correlation": mark("How closely two numbers move together"),
    "real_discount_rate": mark("Interest after prices, to compare early and late money"),
    "mortality_improvement": mark("Yearly fall of death rates"),
    "mortality_scale": mark("Death rates, compared with the table"),
    "mortality_log_sd_2050": mark("How unsure death rates are by 2050"),
    "income": mark("Income of people in the same work"),
    "job_exit": mark("Chance in a year of leaving this kind of work"),
    "city_factor": mark("Incomes at the place, compared with the nation"),
    "cost_ratio": mark("Share of the income that goes on business costs"),
    "fading": mark("Weight of a month's income against the month after it"),
    "net_margin": mark("What a seller keeps of each yuan sold"),
    "stock_share": mark("Share of sales spent on stock"),
    "stock_lead": mark("Months that stock is bought ahead of its sale"),
    "payout_lag": mark("Days from a sale to its payout"),
    "cash_swing": mark("How much of the timing of payouts and stock reaches one's own income"),
    "repricing": mark("Months until prices follow the exchange rate"),
    "foreign_share": mark("Share of the income in foreign money"),
    "fx": mark("Yearly swing of the exchange rate"),
    "injury": mark("Injuries in a year of full-time work"),
    "illness": mark("Illnesses in a year that stop work for weeks"),
    "lost_days": mark("Days off work after an injury"),
    "shock": mark("Size of the event that was switched on"),
    "essentials": mark("What must be spent each month"),
    "buffer": mark("Money put by"),
    "buffer_target": mark("Months of needs kept aside before more is spent"),
    "catch_up": mark("Months left unpaid may be paid later in the same year"),
    "average_index": mark("Average index of what was paid before"),
    "pays_on": mark("Longest time of paying on after the pension age to reach the minimum"),
    "buy_missing_years": mark("Missing years of the resident scheme may be bought at the pension age"),
    "pension_uprating": mark("Yearly rise of pensions in payment beyond prices"),
    "resident_base_follows": mark("How far the resident base pension follows the benefit base"),
    "pension.average_wage": mark("Reference wage of the contribution tiers"),
    "pension.base_lower": mark("Lowest contribution base"),
    "pension.base_upper": mark("Highest contribution base"),
    "pension.benefit_base": mark("Benefit base"),
    "resident.base_pension": mark("Base pension of the resident scheme"),
}
