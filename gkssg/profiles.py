"""Profiles: which stages a matter goes through, and from which rule each of them comes.

Names of stages, conditions, time limits and sources are Chinese, as the rules have them. A time limit that no rule was
found for is left out. A column adds profiles of its own, or changes one of these, in ``content/column.yml``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gkssg.terms import Vocabulary, Word


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a profile.

    ``phase`` puts stages in order: those of one phase may come in any order, those of :data:`ANY_TIME` whenever it is.
    ``required``: the rule in ``source`` prescribes it; else ``condition`` says when it is due. ``limit`` is the time
    limit. ``also`` are other names editors may type. ``linked``: an entry of its own is expected to show it. ``last``:
    where it is reached, the matter stands there, whatever else has been reached.
    """

    id: str
    zh: str
    en: str
    phase: int
    source: str = ""
    required: bool = False
    condition: str = ""
    limit: str = ""
    also: tuple[str, ...] = ()
    linked: bool = False
    last: bool = False

    @property
    def word(self) -> Word:
        """Its id and its name."""
        return Word(self.id, self.zh, self.en)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called in a content file."""
        return (self.id, self.zh, self.en, *self.also)


@dataclass(frozen=True, slots=True)
class Profile:
    """A sort of dossier: its stages in their order.

    ``directory`` is what its yearly list is called, in both languages; ``section`` is where such dossiers usually
    stand. ``columns`` are those of that list, each with the ids of the stages it holds; without them each stage has its
    own.
    """

    id: str
    zh: str
    en: str
    stages: tuple[Stage, ...]
    directory: Word
    section: str = ""
    columns: tuple[tuple[Word, tuple[str, ...]], ...] = ()

    @property
    def word(self) -> Word:
        """The coded word that stands for it in a content file."""
        return Word(self.id, self.zh, self.en)

    def find(self, name: str) -> Stage | None:
        """Find a stage by what an editor typed: its id or one of its names."""
        wanted = name.strip().casefold()
        return next((s for s in self.stages if any(wanted == known.casefold() for known in s.names)), None)


ANY_TIME = 0
"""The phase of stages that say nothing about what came before them."""

_DECISIONS = "《重大行政决策程序暂行条例》（国务院令第713号）"
_PROJECTS = "《国务院办公厅关于推进重大建设项目批准和实施领域政府信息公开的意见》（国办发〔2017〕94号）"
_PROCUREMENT = "《政府采购法实施条例》（国务院令第658号）"
_LAND = "《土地管理法实施条例》（国务院令第743号）"
_LAND_LAW = "《土地管理法》"
_INSPECTIONS = "《国务院关于在市场监管领域全面推行部门联合“双随机、一公开”监管的意见》（国发〔2019〕5号）"

# One row a stage, as in a table.
# fmt: off
_DECISION = (
    Stage("start", "决策启动", "Start", 1, f"{_DECISIONS}第十条、第十一条", required=True, also=("启动",)),
    Stage("draft", "决策草案", "Draft", 2, f"{_DECISIONS}第十二条、第十五条", required=True, also=("草案", "草案全文")),
    Stage("explanation", "草案说明", "Explanation of the draft", 2, f"{_DECISIONS}第十五条", required=True,
          also=("起草说明",)),
    Stage("background", "决策背景", "Background", 2, also=("背景", "决策依据")),
    Stage("opinions", "公众参与", "Public participation", 2, f"{_DECISIONS}第十四条、第十五条、第十八条", required=True,
          limit="公开征求意见一般不少于30日（第十五条）", also=("公众意见", "征求意见", "公开征求意见", "意见征集")),
    Stage("hearing", "听证会", "Hearing", 2, f"{_DECISIONS}第十六条、第十七条",
          condition="直接涉及切身利益或者存在较大分歧的，可以召开；法律、法规、规章另有规定的，依照其规定",
          limit="听证会材料于召开7日前送达听证参加人（第十六条）", also=("听证",)),
    Stage("experts", "专家论证", "Expert review", 2, f"{_DECISIONS}第十九条至第二十一条",
          condition="专业性、技术性较强的决策事项，应当组织", also=("论证",)),
    Stage("risk", "风险评估", "Risk assessment", 2, f"{_DECISIONS}第二十二条至第二十四条",
          condition="可能对社会稳定、公共安全等方面造成不利影响的，应当组织", also=("社会稳定风险评估",)),
    Stage("legality", "合法性审查", "Review of legality", 3, f"{_DECISIONS}第二十五条至第二十八条", required=True,
          limit="审查时间一般不少于7个工作日（第二十六条）", also=("合法性审核",)),
    Stage("attendees", "列席代表", "Attending deputies", 4, also=("公众代表列席", "列席会议", "会议列席")),
    Stage("meeting", "集体讨论决定", "Decision in session", 4, f"{_DECISIONS}第二十九条、第三十条", required=True,
          also=("集体讨论", "会议讨论", "决策会议")),
    Stage("result", "决策公布", "Decision published", 5, f"{_DECISIONS}第三十二条", required=True,
          also=("决策结果", "公布"), linked=True),
    Stage("interpretation", "决策解读", "Interpretation", 5, f"{_DECISIONS}第三十二条",
          condition="社会公众普遍关心或者专业性、技术性较强的，应当宣传解读", also=("解读", "政策解读")),
    Stage("execution", "决策执行", "Execution", 6, f"{_DECISIONS}第三十四条、第三十五条", also=("执行", "执行情况")),
    Stage("evaluation", "决策后评估", "Evaluation", 7, f"{_DECISIONS}第三十六条",
          condition="明显未达到预期效果、公众提出较多意见或者决策机关认为有必要的，可以组织",
          also=("后评估", "效果评估", "政策评价", "评估")),
    Stage("adjustment", "决策调整", "Adjustment", ANY_TIME, f"{_DECISIONS}第三十七条",
          condition="需要作出重大调整的，履行相关法定程序", also=("调整", "中止", "终止", "中止执行"), last=True),
)
_PROJECT = (
    Stage("services", "批准服务", "Approval service", 1, _PROJECTS),
    Stage("approval", "批准结果", "Approval", 2, _PROJECTS, required=True, also=("立项", "审批结果")),
    Stage("land", "征收土地", "Land", 3, _PROJECTS, condition="需要征收土地的", also=("征地",)),
    Stage("bidding", "招标投标", "Bidding", 3, _PROJECTS, condition="依法必须招标的",
          also=("招标", "招投标", "中标结果")),
    Stage("construction", "施工", "Construction", 4, _PROJECTS, required=True, also=("施工有关", "开工")),
    Stage("changes", "重大设计变更", "Major changes of design", ANY_TIME, _PROJECTS, condition="发生重大设计变更的",
          also=("设计变更",)),
    Stage("quality", "质量安全监督", "Supervision of quality and safety", ANY_TIME, _PROJECTS, also=("质量监督",)),
    Stage("completion", "竣工", "Completion", 5, _PROJECTS, required=True, also=("竣工验收", "竣工有关")),
)
_PROCUREMENTS = (
    Stage("intention", "采购意向", "Intention", 1, "《财政部关于开展政府采购意向公开工作的通知》（财库〔2020〕10号）",
          required=True, limit="原则上不得晚于采购活动开始前30日", also=("意向公开", "采购意向公开")),
    Stage("notice", "采购公告", "Notice", 2, "《政府采购法》第十一条", required=True,
          also=("招标公告", "采购文件", "磋商公告", "谈判公告", "询价公告")),
    Stage("correction", "更正公告", "Correction", ANY_TIME, "《政府采购法》第十一条", condition="采购文件有修改的",
          also=("更正",)),
    Stage("result", "中标、成交结果", "Result", 3, f"{_PROCUREMENT}第四十三条", required=True,
          limit="自中标、成交供应商确定之日起2个工作日内", also=("结果", "结果公告", "中标结果", "成交结果"),
          linked=True),
    Stage("contract", "采购合同", "Contract", 4, f"{_PROCUREMENT}第五十条", required=True,
          limit="自合同签订之日起2个工作日内", also=("合同", "合同公告")),
    Stage("acceptance", "履约验收", "Acceptance", 5, f"{_PROCUREMENT}第四十五条",
          condition="向社会公众提供的公共服务项目，验收结果应当公告", also=("验收",)),
    Stage("complaints", "投诉处理", "Complaints", ANY_TIME, f"{_PROCUREMENT}第五十八条", condition="有投诉的",
          also=("投诉处理结果",)),
)
_EXPROPRIATION = (
    Stage("pre-announcement", "征收土地预公告", "Announcement beforehand", 1, f"{_LAND}第二十六条", required=True,
          limit="预公告时间不少于10个工作日", also=("预公告",)),
    Stage("survey", "土地现状调查", "Survey", 2, f"{_LAND}第二十六条", required=True, also=("现状调查",)),
    Stage("risk", "社会稳定风险评估", "Risk assessment", 2, f"{_LAND}第二十六条", required=True, also=("风险评估",)),
    Stage("plan", "征地补偿安置公告", "Plan of compensation", 3, f"{_LAND}第二十七条、第二十八条", required=True,
          limit="公告时间不少于30日", also=("补偿安置方案公告", "补偿安置方案")),
    Stage("hearing", "听证会", "Hearing", 4, f"{_LAND}第二十八条",
          condition="多数被征地的农村集体经济组织成员认为方案不符合法律、法规规定的，应当组织", also=("听证",)),
    Stage("registration", "补偿登记", "Registration", 4, f"{_LAND_LAW}第四十七条", required=True, also=("登记",)),
    Stage("agreement", "签订补偿安置协议", "Agreements", 5, f"{_LAND}第二十九条", required=True,
          also=("签订协议", "签协议", "补偿安置协议")),
    Stage("approval", "征收批准", "Approval", 6, f"{_LAND}第三十条、{_LAND_LAW}第四十六条", required=True,
          also=("批准", "征地批准文件")),
    Stage("announcement", "征收土地公告", "Announcement", 7, f"{_LAND}第三十一条", required=True,
          limit="自收到批准文件之日起15个工作日内", also=("征收公告",)),
    Stage("payment", "补偿费用支付", "Payment", ANY_TIME, f"{_LAND}第三十二条", also=("支付", "补偿支付", "补偿安置")),
)
_INSPECTION = (
    Stage("list", "抽查事项清单", "List of matters", 1, _INSPECTIONS, required=True,
          also=("随机抽查事项清单", "事项清单")),
    Stage("plan", "抽查计划", "Plan", 2, _INSPECTIONS, required=True, also=("检查计划", "年度抽查计划")),
    Stage("drawing", "随机抽取", "Drawing by lot", 3, _INSPECTIONS, required=True, also=("抽取", "抽取检查对象")),
    Stage("inspection", "实施检查", "Inspection", 4, _INSPECTIONS, also=("检查",)),
    Stage("outcome", "抽查结果", "Outcome", 5, _INSPECTIONS, required=True, also=("检查结果", "结果公示", "结果")),
    Stage("follow-up", "后续处理", "Follow-up", 6, _INSPECTIONS, condition="发现违法行为的", also=("整改", "查处情况")),
)
# fmt: on


def _column(zh: str, en: str, *stages: str) -> tuple[Word, tuple[str, ...]]:
    return Word(stages[0], zh, en), stages


PROFILES = (
    Profile(
        "decision",
        "重大行政决策",
        "Major administrative decision",
        _DECISION,
        Word("directory", "重大行政决策事项目录", "Major administrative decisions"),
        "statutory/decisions",
        (
            _column("草案", "Draft", "draft"),
            _column("草案说明", "Explanation", "explanation"),
            _column("决策背景", "Background", "background"),
            _column("公众意见", "Opinions", "opinions", "hearing"),
            _column("论证、评估和审查", "Experts, risk, legality", "experts", "risk", "legality"),
            _column("会议和列席", "Meeting", "meeting", "attendees"),
            _column("决策结果", "Decision", "result"),
            _column("解读", "Interpretation", "interpretation"),
            _column("执行和后评估", "Execution and evaluation", "execution", "evaluation", "adjustment"),
        ),
    ),
    Profile(
        "project",
        "重大建设项目",
        "Major construction project",
        _PROJECT,
        Word("directory", "重大建设项目清单", "Major construction projects"),
        "statutory/projects",
    ),
    Profile(
        "procurement",
        "政府采购",
        "Government procurement",
        _PROCUREMENTS,
        Word("directory", "政府采购项目清单", "Government procurement"),
        "statutory/procurement",
    ),
    Profile(
        "expropriation",
        "征地拆迁",
        "Expropriation",
        _EXPROPRIATION,
        Word("directory", "征地拆迁项目清单", "Expropriation"),
    ),
    Profile(
        "inspection",
        "双随机检查",
        "Random inspection",
        _INSPECTION,
        Word("directory", "双随机抽查清单", "Random inspections"),
        "statutory/supervision",
    ),
)


def vocabulary(profiles: Iterable[Profile]) -> Vocabulary:
    """Give the words that name profiles."""
    return Vocabulary(tuple(profile.word for profile in profiles))


def with_own(own: Sequence[Profile]) -> tuple[Profile, ...]:
    """Give all profiles of a column: its own take the place of the ones with the same id, or stand behind them."""
    named = {profile.id: profile for profile in own}
    known = {profile.id for profile in PROFILES}
    return (*(named.get(p.id, p) for p in PROFILES), *(p for p in own if p.id not in known))
