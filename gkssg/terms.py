"""The trade's coded words: each code with its Chinese and its English word (see docs/glossary.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gkssg.language import Message, say


class Attribute(StrEnum):
    """公开属性: who may read an entry (Disclosure Regulation, articles 13 to 16)."""

    ACTIVE = "active"
    ON_REQUEST = "on-request"
    WITHHELD = "withheld"


class Validity(StrEnum):
    """有效性: whether a document is in force."""

    VALID = "valid"
    PENDING = "pending"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"


class Progress(StrEnum):
    """征集状态: how far a consultation has come."""

    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"
    ANSWERED = "answered"


class Role(StrEnum):
    """What part an organ has in a task of a work plan."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    GUIDE = "guide"
    OTHERS = "others"


class TaskState(StrEnum):
    """办理状态: how far a task has come. Nobody writes the last two: they are found."""

    WAITING = "waiting"
    UNDERWAY = "underway"
    DONE = "done"
    UNFINISHED = "unfinished"
    STANDING = "standing"
    OVERDUE = "overdue"
    UNRECORDED = "unrecorded"


class Kind(StrEnum):
    """种类: what sort of entry a content file holds."""

    DOCUMENT = "document"
    INTERPRETATION = "interpretation"
    DOSSIER = "dossier"
    CONSULTATION = "consultation"
    MEETING = "meeting"
    PROPOSAL = "proposal"
    QUESTION = "question"
    ITEM = "item"
    DATASET = "dataset"
    REPORT = "report"
    GAZETTE = "gazette"
    ORGAN = "organ"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Word:
    """A code and what it is called; ``also`` are other ways to type it."""

    code: str
    zh: str
    en: str
    also: tuple[str, ...] = ()

    def said(self, language: str) -> str:
        """Give the word in a language (``zh`` or ``en``)."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words one field may hold."""

    words: tuple[Word, ...]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def find(self, text: str) -> Word | None:
        """Find a word by its code or its Chinese or English name, as an editor may type it."""
        wanted = text.strip().casefold()
        for word in self.words:
            if wanted in {word.code, word.zh, word.en.casefold(), *word.also}:
                return word
        return None

    def __getitem__(self, code: str) -> Word:
        for word in self.words:
            if word.code == code:
                return word
        raise KeyError(code)


def _vocabulary(*words: tuple[str, str, str] | tuple[str, str, str, tuple[str, ...]]) -> Vocabulary:
    return Vocabulary(tuple(Word(*word) for word in words))


ATTRIBUTES = _vocabulary(
    ("active", "主动公开", "Disclosed"),
    ("on-request", "依申请公开", "On request"),
    ("withheld", "不予公开", "Withheld"),
)
CLOSED_ATTRIBUTES = Vocabulary(tuple(word for word in ATTRIBUTES if word.code != Attribute.ACTIVE))
"""What an entry may have been before it was disclosed."""

VALIDITIES = _vocabulary(
    ("valid", "现行有效", "In force"),
    ("pending", "尚未生效", "Not yet in force"),
    ("amended", "已修改", "Amended"),
    ("repealed", "已废止", "Repealed"),
    ("expired", "已失效", "Expired"),
)
PROGRESSES = _vocabulary(
    ("planned", "未开始", "Not begun"),
    ("open", "征集中", "Open"),
    ("ended", "已结束", "Ended"),
    ("answered", "已反馈", "Answered"),
)
ROLES = _vocabulary(
    ("lead", "牵头", "Lead"),
    ("responsible", "责任", "Responsible"),
    ("support", "配合", "Support"),
    ("guide", "指导", "Guidance"),
    ("others", "等", "And others"),
)
TASK_STATUSES = _vocabulary(
    ("waiting", "未启动", "Not begun"),
    ("underway", "进行中", "Under way"),
    ("done", "已完成", "Done"),
    ("unfinished", "未完成", "Not completed"),
    ("standing", "长期坚持", "Standing task"),
)
TASK_STATES = Vocabulary(
    (*TASK_STATUSES, Word("overdue", "已逾期", "Overdue"), Word("unrecorded", "未登记", "Not recorded"))
)
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
"""How many months an interval has."""
INTERVALS = _vocabulary(
    ("monthly", "按月更新", "Monthly"),
    ("quarterly", "按季度更新", "Quarterly"),
    ("yearly", "按年更新", "Yearly"),
    ("irregular", "不定期更新", "At no fixed time"),
)
REVIEW_STEPS = _vocabulary(
    ("first", "初审", "First review", ("一审", "一审一校", "初核")),
    ("second", "复审", "Second review", ("二审", "二审二校", "复核")),
    ("final", "终审", "Final review", ("三审", "三审三校", "签发")),
    ("secrecy", "保密审查", "Secrecy review", ("保密审核", "保密")),
)
REVIEW_RESULTS = _vocabulary(
    ("passed", "通过", "Passed", ("同意", "同意公开", "可以公开")),
    ("returned", "退回", "Returned", ("不同意", "退回修改", "不得公开")),
)
CLEANUP_RESULTS = _vocabulary(
    ("keep", "继续有效", "Stays in force"),
    ("repeal", "废止", "Repealed"),
    ("end", "宣布失效", "Declared expired"),
    ("amend", "列入修改计划", "To be amended"),
)
KINDS = _vocabulary(
    ("document", "文件", "Document"),
    ("interpretation", "政策解读", "Interpretation"),
    ("dossier", "事项", "Dossier"),
    ("consultation", "意见征集", "Consultation"),
    ("meeting", "会议", "Meeting"),
    ("proposal", "建议提案", "Proposal"),
    ("question", "政策问答", "Question"),
    ("item", "政策事项", "Policy item"),
    ("dataset", "数据集", "Dataset"),
    ("report", "年度报告", "Annual report"),
    ("gazette", "政府公报", "Gazette"),
    ("organ", "机构", "Organ"),
    ("page", "页面", "Page"),
)
REVIEWED = Vocabulary(
    (
        *KINDS,
        Word("normative", "规范性文件", "Normative documents"),
        Word("important", "重要政策文件", "Important policies"),
        Word("all", "全部", "All"),
    )
)
"""What a column may want to be reviewed in all steps."""
ASPECTS = _vocabulary(
    ("decision", "决策", "Decision"),
    ("execution", "执行", "Execution"),
    ("management", "管理", "Management"),
    ("service", "服务", "Service"),
    ("result", "结果", "Result"),
)
INTERPRETATION_FORMS = _vocabulary(
    ("text", "文字", "Text"),
    ("picture", "图解", "Picture"),
    ("animation", "动画", "Animation"),
    ("video", "视频", "Video"),
    ("audio", "音频", "Audio"),
    ("qa", "问答", "Questions and answers"),
    ("press", "新闻发布会", "Press conference"),
    ("interview", "在线访谈", "Interview"),
    ("expert", "专家解读", "Expert"),
    ("head", "负责人解读", "Head of the office"),
    ("onsite", "现场宣讲", "Talk on site"),
    ("h5", "H5", "H5 page"),
    ("media", "媒体解读", "Media"),
)
MULTIMEDIA = frozenset({"picture", "animation", "video", "audio", "h5"})
"""The forms of an interpretation that need a text besides, for those who cannot see or hear them."""
SUCCESSIONS = _vocabulary(
    ("renamed", "更名", "Renamed"),
    ("merged", "合并", "Merged"),
    ("divided", "分设", "Divided"),
    ("transferred", "职责划转", "Functions transferred"),
)
SEVERITIES = _vocabulary(
    ("error", "错误", "Error"),
    ("warning", "警告", "Warning"),
    ("info", "提示", "Remark"),
    ("off", "关闭", "Off"),
)
STAGE_STATES = _vocabulary(
    ("done", "已完成", "Done"),
    ("ongoing", "进行中", "Under way"),
    ("planned", "计划开展", "Planned"),
    ("skipped", "不开展", "Not held"),
)
SEARCH_TEXTS = _vocabulary(
    ("full", "全文", "Full text"),
    ("summary", "摘要", "Beginnings"),
    ("none", "不保留", "None"),
)
PURPOSES = _vocabulary(
    ("draft", "草案征求意见", "Draft for comment"),
    ("needs", "需求征集", "Needs and proposals"),
    ("delegates", "代表征集", "Representatives wanted"),
    ("other", "其他", "Other"),
)
ADOPTIONS = _vocabulary(
    ("adopted", "采纳", "Adopted", ("true", "yes", "on", "y", "是", "已采纳")),
    ("partly", "部分采纳", "Partly adopted", ("部分",)),
    ("rejected", "未采纳", "Not adopted", ("false", "no", "off", "n", "否", "不采纳", "不予采纳")),
)
"""What became of an opinion; once only yes or no could be said, and both are still read."""
ATTENDEES = _vocabulary(
    ("affected", "利益相关方", "Those affected"),
    ("public", "公众代表", "Members of the public"),
    ("expert", "专家", "Experts"),
    ("media", "媒体", "Press"),
    ("deputy", "人大代表", "People's congress deputies"),
    ("member", "政协委员", "CPPCC members"),
    ("other", "其他", "Others"),
)
PROPOSAL_TYPES = _vocabulary(
    ("suggestion", "人大代表建议", "Deputies' suggestion", ("建议",)),
    ("motion", "政协委员提案", "CPPCC proposal", ("提案", "政协提案")),
)
PROPOSAL_OUTCOMES = _vocabulary(
    ("a", "已解决或采纳", "Solved or adopted", ("a类",)),
    ("b", "计划解决", "Planned to be solved", ("b类",)),
    ("c", "因条件限制暂不能解决", "Cannot be solved for now", ("c类", "因条件限制")),
    ("d", "留作参考", "Kept for reference", ("d类",)),
)
TRUTHS = _vocabulary(("true", "是", "yes"), ("false", "否", "no"))


@dataclass(frozen=True, slots=True)
class Ground:
    """An article of the Disclosure Regulation (国务院令第711号) that allows not to disclose."""

    code: str
    text: Message


GROUNDS = (
    Ground("14-1", say("Article 14: state secrets")),
    Ground("14-2", say("Article 14: disclosure forbidden by law or administrative regulation")),
    Ground("14-3", say("Article 14: would endanger national, public or economic security or social stability")),
    Ground("15", say("Article 15: trade secrets or personal privacy of a third party")),
    Ground("16-1", say("Article 16: internal affairs (personnel, logistics, internal procedure)")),
    Ground("16-2", say("Article 16: information of a process (discussion, draft, consultation, request)")),
    Ground("16-3", say("Article 16: case files of administrative enforcement")),
)


def ground(code: str) -> Ground | None:
    """Find the ground with a code such as ``16-2``; any other reason is a text of its own."""
    return next((known for known in GROUNDS if known.code == code.strip()), None)
