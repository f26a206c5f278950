"""The statutory arithmetic: one module a scheme, pure functions on decimals, every result with its steps.

Glossary: contribution base 缴费基数, benefit base 计发基数, average index 平均缴费工资指数, basic pension
基础养老金, account pension 个人账户养老金, transitional pension 过渡性养老金, annuity months 计发月数,
bookkeeping rate 记账利率, month-product method 月积数法, contribution months 缴费月数, per-order injury
protection (oip) 新就业形态人员职业伤害保障, work injury insurance (wii) 工伤保险, living guarantee
生活保障费, lump disability grant 一次性伤残补助金, dependants' allowance 供养亲属抚恤金, funeral grant
丧葬补助金, survivor lump sum 抚恤金, waiting 待遇等待期, drawing place 待遇领取地, temporary account
临时基本养老保险缴费账户, joining the schemes 城乡养老保险制度衔接, subsidy 社保补贴, paying on 延长缴费.

No module here reads a file or a clock: the policy pack and the dates come in as arguments.
"""
