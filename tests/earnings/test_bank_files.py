"""Bank exchange formats: OFX, QIF and MT940 as banks bend them."""

from __future__ import annotations

import pytest

from planner.values import Kind

OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
CHARSET:1252

<OFX><{set}><TRNUID>1<{statement}><CURDEF>HKD<ACCTID>1
<BANKTRANLIST><DTSTART>20260701<DTEND>20260731
{payments}
</BANKTRANLIST></{statement}></{set}></OFX>
"""
PAYMENT = (
    "<STMTTRN><TRNTYPE>{kind}<DTPOSTED>20260703003000[+8:CST]"
    "<TRNAMT>{amount}<FITID>{id}<NAME>{name}{more}</STMTTRN>"
)


def ofx(*payments: tuple[str, str, str, str], statement: str = "STMTRS") -> str:
    rows = (
        PAYMENT.format(kind=kind, amount=amount, id=number, name=name, more=more)
        for number, (kind, amount, name, more) in enumerate(payments)
    )
    return OFX.format(set="BANKMSGSRSV1", statement=statement, payments="\n".join(rows))


def kinds(result):
    return [(entry.kind, str(entry.money), entry.money.currency) for entry in result.entries]


def test_a_payment_after_midnight_in_china_stays_on_its_day(read):
    result = read(ofx(("CREDIT", "8200,50", "EXAMPLE LTD", ""), ("XFER", "100,00", "OWN", "")), "a.ofx")
    assert kinds(result) == [(Kind.INCOME, "8200.50", "HKD"), (Kind.NEUTRAL, "100.00", "HKD")]
    assert result.entries[0].day.isoformat() == "2026-07-03"


def test_a_card_and_a_broker_never_give_income(read):
    paid = (
        ("DEBIT", "-10.00", "SHOP", ""),
        ("CREDIT", "10.00", "PAYMENT THANK YOU", ""),
        ("CREDIT", "3.00", "SHOP", ""),
    )
    card = read(ofx(*paid, statement="CCSTMTRS"), "card.ofx")
    assert [entry.kind for entry in card.entries] == [Kind.EXPENSE, Kind.NEUTRAL, Kind.REFUND]
    broker = read(ofx(*paid, statement="INVSTMTRS"), "broker.ofx")
    assert {entry.kind for entry in broker.entries} == {Kind.NEUTRAL}


def test_what_an_amount_was_before_it_was_turned_is_not_its_currency(read):
    more = "<{tag}><CURRATE>7.8<CURSYM>USD</{tag}>"
    result = read(
        ofx(
            ("CREDIT", "780.00", "A", more.format(tag="ORIGCURRENCY")),
            ("CREDIT", "100.00", "B", more.format(tag="CURRENCY")),
        ),
        "a.ofx",
    )
    assert kinds(result) == [(Kind.INCOME, "780.00", "HKD"), (Kind.INCOME, "100.00", "USD")]


def test_only_the_payments_of_a_qif_file_are_read(read):
    text = (
        "!Option:AutoSwitch\n!Account\nNChecking\nTBank\n^\n!Type:Bank\nD31/07'26\nT1,250.00\nPClient\n^\n"
        "!Account\nNCard\nTCCard\n^\n!Type:CCard\nD30/07/2026\nT-20.00\nPShop\n^\nD31/07/2026\nT20.00\nPPayment\n^\n"
        "!Type:Cat\nNFood\nE\n^\n"
    )
    result = read(text, "a.qif")
    assert kinds(result) == [
        (Kind.INCOME, "1250.00", "USD"),
        (Kind.EXPENSE, "20.00", "USD"),
        (Kind.NEUTRAL, "20.00", "USD"),
    ]
    assert (result.data_rows, {row.reason for row in result.skipped}) == (3, {"not_a_row"})


@pytest.mark.parametrize("above", ["", "ABCDNL2A\n940\nABCDNL2A\n", ":940:\n"])
def test_mt940_with_lines_of_the_bank_above(read, above):
    text = f"{above}:20:START\n:25:123\n:28C:1/1\n:60F:C260630EUR100,\n:61:2607010701C250,5NTRFNONREF//1\n"
    assert kinds(read(f"{text}:86:client\n:62F:C260701EUR350,5\n-\n", "a.sta")) == [
        (Kind.INCOME, "250.50", "EUR")
    ]


def test_an_interim_report_names_its_currency_in_its_limit(read):
    text = ":20:ST1\n:25:PL1\n:28C:1/1\n:34F:PLN0\n:13D:2607011815+0100\n:61:2607010701CN0,01NTRFNONREF//1\n"
    assert kinds(read(f"{text}:86:x\n-\n", "a.sta")) == [(Kind.INCOME, "0.01", "PLN")]


def test_a_reversal_turns_the_sign(read):
    lines = ":61:2607010701RC5,00NTRFNONREF\n:86:a\n:61:2607010701RD6,00NTRFNONREF\n:86:b\n"
    result = read(f":20:S\n:25:1\n:28C:1\n:60F:C260630EUR1,00\n{lines}:62F:C260701EUR2,00\n-\n", "a.sta")
    assert kinds(result) == [(Kind.EXPENSE, "5.00", "EUR"), (Kind.REFUND, "6.00", "EUR")]
