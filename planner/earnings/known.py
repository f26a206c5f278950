"""Signatures of formats that are known but have no reader here, so that no other reader guesses at them.

A format that gets a reader may stay listed: a reader that recognises a document goes before this list.
"""

from __future__ import annotations

from planner.earnings.document import Document

# Names of columns that together stand in no other format.
_HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("alipay_web_csv", ("交易号", "商家订单号", "交易创建时间", "资金状态")),
    ("alipay_merchant_fundflow_csv", ("入账时间", "支付宝交易号", "支付宝流水号", "账务类型")),
    ("icbc_csv", ("交易日期", "摘要", "交易场所", "记账金额(收入)", "记账金额(支出)")),
    ("ccb_xls", ("记账日", "交易日期", "交易时间", "支出", "收入", "账户余额")),
    ("ccb_xls", ("序号", "摘要", "币别", "钞汇", "交易日期", "交易金额", "账户余额")),
    ("boc_debit_pdf_table", ("记账日期", "记账时间", "币别", "金额", "余额", "交易名称")),
    ("boc_credit_pdf_table", ("交易日", "银行记账日", "卡号后四位", "交易描述", "存入", "支出")),
    ("abc_debit_pdf_table", ("交易日期", "交易时间", "交易摘要", "交易金额", "本次余额", "对手信息")),
    ("bocom_debit_pdf_table", ("交易日期", "交易时间", "交易类型", "借贷", "交易金额", "余额")),
    ("spdb_xls", ("存入金额", "取出金额")),
    ("hsbc_hk_csv", ("Date", "Description", "Billing amount", "Billing currency")),
    ("hsbc_hk_csv", ("Post date", "Transaction date", "Description", "Billing amount")),
    ("meituan_consumer_csv", ("交易创建时间", "交易成功时间", "订单标题", "收/支", "实付金额")),
    ("jd_consumer_csv", ("交易时间", "商户名称", "交易说明", "金额", "收/付款方式", "收/支")),
    ("amazon_settlement_v1", ("settlement-id", "total-amount", "price-type", "price-amount")),
    ("amazon_date_range_csv", ("date/time", "settlement id", "type", "order id", "product sales")),
    ("amazon_date_range_csv", ("Datum/Uhrzeit", "Abrechnungsnummer", "Typ")),
    ("amazon_date_range_csv", ("date/heure", "numéro de versement", "type")),
    ("amazon_date_range_csv", ("日付/時間", "決済番号", "トランザクションの種類")),
    ("amazon_date_range_csv", ("fecha y hora", "número de pedido", "tipo")),
    ("amazon_date_range_csv", ("Data/Ora:", "Numero ordine", "Tipo")),
    ("amazon_date_range_csv", ("datum/tijd", "bestelnummer", "type")),
    ("ebay_transaction_report", ("Transaction creation date", "Type", "Order number", "Net amount")),
    ("ebay_transaction_report", ("Datum der Transaktionserstellung", "Typ", "Bestellnummer")),
    ("wise_statement_csv", ("TransferWise ID", "Date", "Amount", "Currency")),
    ("stripe_balance_itemized_csv", ("balance_transaction_id", "reporting_category", "gross", "net")),
    ("stripe_charges_csv", ("id", "Amount", "Amount Refunded", "Currency", "Status")),
    ("stripe_charges_csv", ("id", "amount", "amount_refunded", "currency", "status")),
    ("stripe_activity_csv", ("id", "Type", "Source", "Amount", "Fee", "Net", "Currency")),
    ("shopify_payments_csv", ("Transaction Date", "Type", "Order", "Card Brand", "Payout Status")),
    ("shopify_payouts_csv", ("Payout Date", "Status", "Charges", "Refunds", "Total", "Currency")),
    ("tiktok_shop_xlsx", ("Order/adjustment ID", "Type", "Total settlement amount")),
    ("tiktok_shop_xlsx", ("Order/adjustment ID", "Transaction type")),
    ("shopee_income_xlsx", ("View By", "Order ID", "Payout Completed Date")),
    ("lazada_income", ("Fee Name", "Transaction Date", "Order Line ID")),
    ("lazada_income", ("Fee Name", "Statement Number")),
    ("lazada_income", ("Transaction Date", "Transaction Type", "Fee Name", "Amount")),
    ("temu_settlement", ("PO单号", "销售回款")),
    ("etsy_statement_csv", ("Date", "Type", "Title", "Info", "Currency")),
    ("etsy_statement_csv", ("Fecha", "Tipo", "Título", "Información")),
    ("upwork_csv", ("Date", "Ref ID", "Type", "Freelancer")),
    ("upwork_csv", ("Date", "Contract", "Hours", "Amount", "Payment type")),
    ("uber_payments_order_csv", ("transaction UUID", "Driver UUID", "Paid to you")),
    ("iit_income_list_xlsx", ("税款所属期", "所得项目", "收入", "已申报税额")),
    ("iit_tax_record_pdf_text", ("申报日期", "实缴(退)金额", "所得项目", "税款所属期")),
)  # fmt: skip

# Words of their own at the beginning of the text.
_MARKS: tuple[tuple[str, str], ...] = (
    ("alipay_web_csv", "支付宝交易记录明细查询"),
    ("alipay_merchant_fundflow_csv", "#支付宝账务明细查询"),
    ("icbc_csv", "明细查询文件下载"),
    ("meituan_consumer_csv", "美团交易账单明细"),
    ("jd_consumer_csv", "京东账号名"),
    ("iit_tax_record_pdf_text", "个人所得税纳税记录"),
    ("ofx", "OFXHEADER"),
    ("qif", "!Type:"),
    ("amazon_date_range_csv", "Includes Amazon Marketplace"),
    ("ebay_transaction_report", '"Transaction report"'),
    ("lazada_income", "Est release amount is not final"),
)
_STARTS = (("mt940", ":20:"), ("mt940", "{1:F01"))


def foreign_format(document: Document) -> str:
    """The name of the known format that the document is, or nothing."""
    head = document.head_text
    for name, words in _MARKS:
        if words in head:
            return name
    for name, words in _STARTS:
        if head.startswith(words):
            return name
    for name, columns in _HEADERS:
        if document.header(*columns):
            return name
    return ""
