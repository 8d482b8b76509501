"""What invented enterprises ask for at the exchange of the demonstration, and what became of it."""

from dataclasses import dataclass
from datetime import date

from ipweek.domain.actor import Actor
from ipweek.domain.exchange import NewDemand
from ipweek.domain.words import Confidentiality, DemandCategory, DemandStatus, Priority
from ipweek.jobs.demo_data import INDUSTRIES, OTHER, enterprises
from ipweek.services.exchange import Exchange
from ipweek.services.records import Records

_LI_ION, _QLED, _LED, _OTHER = (*INDUSTRIES, OTHER)
_PROVIDER = "样例知识产权服务中心"


@dataclass(frozen=True, slots=True)
class _Demand:
    """A demand of an enterprise of an industry, and how far it came; a late one waits for an action since `due_on`."""

    industry: str
    category: DemandCategory
    text: str
    status: DemandStatus = DemandStatus.NEW
    result: str = ""
    outcome: str = ""
    action: str = ""
    due_on: date | None = None
    done: bool = False
    satisfaction: int | None = None
    secret: bool = False


_C, _S = DemandCategory, DemandStatus
_DEMANDS = (
    _Demand(_LI_ION, _C.RETRIEVAL, "软包电池铝塑膜的国内外专利检索，判断能否自行生产。", _S.CLOSED, "li-ion-2019",
            "已提供检索报告，企业据此调整了封装方案。", "发送检索报告", date(2019, 5, 6), done=True, satisfaction=5),
    _Demand(_QLED, _C.LAYOUT, "量子点膜材料：核心专利之外还能在哪些方向布局？", _S.IN_PROGRESS, "qled-2019",
            action="约专利代理师上门讨论布局方案", due_on=date(2019, 5, 10)),
    _Demand(_LED, _C.DISPUTE, "收到美国同行的侵权警告函，涉及模组显示屏，如何应对？", _S.MATCHED, secret=True,
            action="请海外纠纷应对指导专家出具初步意见", due_on=date(2019, 4, 30)),
    _Demand(_LI_ION, _C.OVERSEAS_FILING, "计划在欧洲和印度申请，想了解费用和资助政策。", _S.ACCEPTED,
            action="整理境外申请资助政策", due_on=date(2019, 5, 17)),
    _Demand(_QLED, _C.PLEDGE_FINANCE, "以五件发明专利质押贷款三百万元，求推荐银行。", _S.CLOSED,
            outcome="与样例银行签订质押贷款合同。", satisfaction=4),
    _Demand(_LI_ION, _C.IP_MANAGEMENT, "准备贯标，需要辅导机构。", _S.IN_PROGRESS, action="完成贯标诊断"),
    _Demand(_LI_ION, _C.TRANSFER, "愿意许可三件隔膜涂覆专利，寻找受让方。", _S.MATCHED),
    _Demand(_LI_ION, _C.TALENT, "招聘懂锂电池的专利工程师。", _S.ACCEPTED, action="在人才市场发布"),
    _Demand(_LED, _C.LAYOUT, "LED小间距产品线的专利布局评估。"),
    _Demand(_LI_ION, _C.RETRIEVAL, "竞争对手的电解液配方公开到什么程度？", secret=True),
    _Demand(_OTHER, _C.OTHER, "能否为中小企业开设专利信息利用的夜校？", _S.DECLINED),
    _Demand(_QLED, _C.OVERSEAS_FILING, "PCT进入国家阶段的时间安排。", _S.CLOSED,
            outcome="现场答复：三十个月，并附流程图。", satisfaction=5),
)  # fmt: skip


def play(actor: Actor, exchange: Exchange, records: Records, event: str, session: str) -> None:
    """Take them down at the session, and follow each one up as far as it came."""
    asking = {industry: iter(_of(industry)) for industry in (*INDUSTRIES, OTHER)}
    for demand in _DEMANDS:
        secrecy = Confidentiality.CONFIDENTIAL if demand.secret else Confidentiality.INTERNAL
        new = NewDemand(
            next(asking[demand.industry]),
            demand.category,
            demand.text,
            event=event,
            session=session,
            confidentiality=secrecy,
        )
        _follow_up(actor, exchange, exchange.raise_(actor, new).demand.code, demand)
    urgent = {"priority": Priority.HIGH}
    records.edit(actor, "demand", f"{event}-demand-3", urgent)


def _of(industry: str) -> list[str]:
    return [one.name for one in enterprises() if one.industry == industry]


def _follow_up(actor: Actor, exchange: Exchange, code: str, demand: _Demand) -> None:
    if demand.result:
        exchange.answer(actor, code, "result", demand.result)
    elif demand.category is DemandCategory.DISPUTE:
        exchange.answer(actor, code, "case", "ultravision-2018")
    if demand.action:
        action = exchange.act(actor, code, demand.action, owner="样例专员", due_on=demand.due_on)
        if demand.done:
            exchange.done(actor, action.code, "报告编号 样例-2019-01", demand.due_on)
    if demand.status is not DemandStatus.NEW:
        matched = demand.status in (DemandStatus.MATCHED, DemandStatus.IN_PROGRESS)
        exchange.move(
            actor,
            code,
            demand.status,
            outcome=demand.outcome,
            provider=_PROVIDER if matched else "",
            satisfaction=demand.satisfaction,
        )
