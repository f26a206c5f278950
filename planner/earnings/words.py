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
    "estimate_not_final": mark("The file is an estimate of the marketplace; the final amounts may differ."),
    "test_mode_rows": mark("Some rows are tests, not money; they do not count."),
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
    "tax_refund": mark("tax paid back"),
    "bank_credit": mark("paid into the bank account"),
    "sale": mark("sale"),
    "own_table": mark("entered in your own table"),
    "purchase_refund": mark("money back for a purchase"),
    "sale_refund": mark("money given back to a buyer"),
    "marketplace_fee": mark("fee of the marketplace"),
    "account_fee": mark("fee of the account"),
    "fee_in_row": mark("fee kept back from this payment"),
    "refund_in_row": mark("part of this payment given back"),
    "marketplace_other": mark("tax, promotion or adjustment of the marketplace"),
    "payment_made": mark("money spent"),
    "business_cost": mark("cost of your work"),
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
    "repeated_detail": mark("repeats an order that is counted"),
    "open_income": mark("income, as its file says"),
    "open_refund": mark("money given back, as its file says"),
    "open_fee": mark("fee, as its file says"),
    "open_expense": mark("money spent, as its file says"),
    "open_neutral": mark("own money moved, as its file says"),
    "declared_income": mark("income as your payer declared it"),
    "tax_paid": mark("tax paid, not income"),
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
    "alipay_web_csv": mark("Alipay bill from the web"),
    "alipay_merchant_fundflow_csv": mark("Alipay merchant statement"),
    "meituan_consumer_csv": mark("Meituan shopping bill"),
    "jd_consumer_csv": mark("JD shopping bill"),
    "icbc_csv": mark("ICBC statement"),
    "icbc_debit_pdf_table": mark("ICBC statement (from PDF)"),
    "ccb_xls": mark("China Construction Bank statement"),
    "boc_debit_pdf_table": mark("Bank of China statement (from PDF)"),
    "boc_credit_pdf_table": mark("Bank of China credit card bill"),
    "abc_debit_pdf_table": mark("Agricultural Bank of China statement (from PDF)"),
    "bocom_debit_pdf_table": mark("Bank of Communications statement (from PDF)"),
    "spdb_xls": mark("SPD Bank statement"),
    "hsbc_hk_csv": mark("HSBC Hong Kong statement"),
    "amazon_settlement_v1": mark("Amazon settlement (older layout)"),
    "amazon_date_range_csv": mark("Amazon date-range report"),
    "ebay_transaction_report": mark("eBay transaction report"),
    "wise_statement_csv": mark("Wise statement"),
    "stripe_charges_csv": mark("Stripe payments"),
    "stripe_balance_itemized_csv": mark("Stripe balance report"),
    "stripe_activity_csv": mark("Stripe activity"),
    "shopify_payments_csv": mark("Shopify transactions"),
    "shopify_payouts_csv": mark("Shopify payouts"),
    "tiktok_shop_income_xlsx": mark("TikTok Shop settlement"),
    "shopee_income_xlsx": mark("Shopee income"),
    "lazada_income_csv": mark("Lazada statement"),
    "etsy_statement_csv": mark("Etsy statement"),
    "upwork_transactions_csv": mark("Upwork transactions"),
    "upwork_earnings_csv": mark("Upwork earnings report"),
    "uber_payments_order_csv": mark("Uber payments"),
    "iit_income_list_xlsx": mark("income list of the tax app"),
    "iit_tax_record_pdf_text": mark("tax record"),
    "ofx": mark("OFX bank file"),
    "qif": mark("QIF file"),
    "mt940": mark("MT940 bank file"),
    "wenbao_earnings_csv": mark("open earnings file (table)"),
    "wenbao_earnings_json": mark("open earnings file"),
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
    "alipay_merchant": mark("Alipay merchant account"),
    "meituan": mark("Meituan shopping"),
    "jd": mark("JD shopping"),
    "icbc": mark("ICBC"),
    "ccb": mark("China Construction Bank"),
    "boc": mark("Bank of China"),
    "boc_credit": mark("Bank of China credit card"),
    "abc": mark("Agricultural Bank of China"),
    "bocom": mark("Bank of Communications"),
    "spdb": mark("SPD Bank"),
    "hsbc_hk": mark("HSBC Hong Kong"),
    "amazon_date_range": mark("Amazon (date-range report)"),
    "ebay": mark("eBay"),
    "wise": mark("Wise"),
    "stripe": mark("Stripe"),
    "stripe_balance": mark("Stripe balance"),
    "shopify": mark("Shopify"),
    "shopify_payouts": mark("Shopify payouts"),
    "tiktok_shop": mark("TikTok Shop"),
    "shopee": mark("Shopee"),
    "lazada": mark("Lazada"),
    "etsy": mark("Etsy"),
    "upwork": mark("Upwork"),
    "upwork_earnings": mark("Upwork earnings report"),
    "uber": mark("Uber"),
    "iit": mark("tax app"),
    "iit_record": mark("tax record"),
    "ofx": mark("OFX bank file"),
    "qif": mark("QIF file"),
    "mt940": mark("MT940 bank file"),
    "open": mark("open earnings file"),
    "generic": mark("own table"),
    "typed": mark("typed by you"),
}

# What a file holds that was read and gives no earnings, where saying so helps the person.
NO_EARNINGS = {
    "meituan_consumer_csv": mark("This is a shopping bill; it lists what you spent, not what you earned."),
    "jd_consumer_csv": mark("This is a shopping bill; it lists what you spent, not what you earned."),
    "iit_tax_record_pdf_text": mark(
        "This is a tax record; it lists tax paid, not income. Type the months instead."
    ),
}
KNOWN_BUT_UNREAD = mark("The program knows this kind of file but cannot read it yet.")


def error_sentence(code: str, looks_like: str = "") -> str:
    """The most helpful marked sentence for a file's error."""
    if code == "unknown_format" and looks_like:
        return KNOWN_BUT_UNREAD
    return ERRORS.get(code, ERRORS["not_readable"])
