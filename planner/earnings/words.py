"""The sentence for each code of this package; whoever shows one calls `_(words.ERRORS[code])`."""

from __future__ import annotations

from planner.earnings.limits import ERROR_SENTENCES
from planner.values import mark

ERRORS = {
    **ERROR_SENTENCES,
    "bad_mapping": mark("The mapping of the columns cannot be used."),
}

WARNINGS = {
    "truncated": mark("The file breaks off; what is whole was read. Download it once more."),
    "encoding_loss": mark(
        "Some characters were lost before the file came here; amounts and dates are not touched."
    ),
    "bad_date": mark("Some rows have a date that cannot be read; they do not count."),
    "bad_amount": mark("Some rows have an amount that cannot be read; they do not count."),
    "future_date": mark("Some rows lie in the future; they do not count."),
    "duplicate_rows": mark("Some rows stand in the file twice; they count once."),
    "ids_damaged": mark(
        "A spreadsheet has damaged the order numbers; the same payment in another file may not be noticed."
    ),
    "ambiguous_date": mark("Day and month could be the other way round; check the dates."),
    "no_rows": mark("The file holds no payments."),
    "total_mismatch": mark("The rows do not add up to the total that the file names; it may be incomplete."),
    "more_files": mark("The archive holds several statements; only the first was read."),
    "no_rate": mark(
        "For some currencies no exchange rate is known; their amounts are not in the sum in yuan."
    ),
    "old_rate": mark(
        "For some days the newest exchange rate is older than a week; the sum in yuan is an estimate."
    ),
}

SKIPPED = {
    "not_a_row": mark("no payment (a heading, a note or a total)"),
    "total_row": mark("a line of totals"),
    "truncated": mark("broken off in the middle"),
    "bad_date": mark("the date cannot be read"),
    "bad_amount": mark("the amount cannot be read"),
    "bad_currency": mark("the currency is not known"),
    "duplicate_row": mark("stands in the file twice"),
}

REASONS = {
    "payment_received": mark("payment received"),
    "code_payment": mark("paid to your payment code"),
    "person_transfer": mark("transfer from a person"),
    "red_packet": mark("red packet"),
    "interest": mark("interest"),
    "interest_tax": mark("tax on interest"),
    "housing_fund": mark("paid out of the housing fund"),
    "bank_credit": mark("paid into the bank account"),
    "sale": mark("sale"),
    "own_table": mark("entered in your own table"),
    "purchase_refund": mark("money back for a purchase"),
    "sale_refund": mark("money given back to a buyer"),
    "marketplace_fee": mark("fee of the marketplace"),
    "account_fee": mark("fee of the account"),
    "fee_in_row": mark("fee kept back from this payment"),
    "marketplace_other": mark("tax, promotion or adjustment of the marketplace"),
    "payment_made": mark("money spent"),
    "own_money": mark("your own money moved"),
    "withdrawal": mark("withdrawn to your bank"),
    "paid_out": mark("what arrives at your other account"),
    "reserve_or_payout": mark("paid out or held back by the marketplace"),
    "card_repayment": mark("credit card paid off"),
    "closed": mark("closed or failed"),
    "pending": mark("not settled yet"),
    "zero_amount": mark("amount is zero"),
    "future_date": mark("lies in the future"),
    "direction_unknown": mark("neither in nor out"),
}

SUSPECTED = {
    "same_payment": mark("The same payment may stand in two files."),
    "withdrawal": mark("This deposit may be your own money, withdrawn from a wallet."),
    "paid_out": mark("This deposit may be the payout of income that is already counted."),
}

FORMATS = {
    "alipay_app_csv": mark("Alipay bill"),
    "wechat_csv": mark("WeChat bill"),
    "wechat_xlsx": mark("WeChat bill (workbook)"),
    "amazon_settlement_v2": mark("Amazon settlement"),
    "payoneer_csv": mark("Payoneer transactions"),
    "paypal_activity_csv": mark("PayPal activity"),
    "paypal_statement_csv": mark("PayPal statement"),
    "cmb_web_csv": mark("China Merchants Bank statement"),
    "cmb_debit_pdf_table": mark("China Merchants Bank statement (from PDF)"),
    "cmb_credit_pdf_table": mark("China Merchants Bank credit card bill"),
    "generic_csv": mark("own table"),
    "generic_xlsx": mark("own table (workbook)"),
}

SOURCES = {
    "alipay": mark("Alipay"),
    "wechat": mark("WeChat"),
    "amazon": mark("Amazon"),
    "payoneer": mark("Payoneer"),
    "paypal": mark("PayPal"),
    "cmb": mark("China Merchants Bank"),
    "cmb_credit": mark("China Merchants Bank credit card"),
    "generic": mark("own table"),
    "typed": mark("typed by you"),
}

# What a file is that is known but not read here, where naming it helps the person.
LOOKS_LIKE = {
    "meituan_consumer_csv": mark("This is a shopping bill; it lists what you spent, not what you earned."),
    "jd_consumer_csv": mark("This is a shopping bill; it lists what you spent, not what you earned."),
    "iit_tax_record_pdf_text": mark(
        "This is a tax record; it lists tax paid, not income. Type the months instead."
    ),
    "iit_income_list_xlsx": mark("This list comes from the tax app; type its months instead."),
}
KNOWN_BUT_UNREAD = mark("The program knows this kind of file but cannot read it yet.")


def error_sentence(code: str, looks_like: str = "") -> str:
    """The most helpful marked sentence for a file's error."""
    if code == "unknown_format" and looks_like:
        return LOOKS_LIKE.get(looks_like, KNOWN_BUT_UNREAD)
    return ERRORS.get(code, ERRORS["not_readable"])
