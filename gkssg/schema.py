"""The field table of every kind: the one place that says which keys a content file may have.

It drives parsing, ``gkssg new``, the JSON Schema, the editors' reference page (``docs/manual/fields.md``) and the
labels that pages show. Names and Chinese aliases are fixed: editors' files depend on them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from gkssg.language import Message, say
from gkssg.profiles import PROFILES, vocabulary
from gkssg.terms import (
    ADOPTIONS,
    ASPECTS,
    ATTENDEES,
    ATTRIBUTES,
    CLOSED_ATTRIBUTES,
    INTERPRETATION_FORMS,
    INTERVALS,
    KINDS,
    PROPOSAL_OUTCOMES,
    PROPOSAL_TYPES,
    PURPOSES,
    REVIEW_RESULTS,
    REVIEWED,
    SEARCH_TEXTS,
    SEVERITIES,
    STAGE_STATES,
    SUCCESSIONS,
    VALIDITIES,
    Kind,
    Vocabulary,
)


class Type(Enum):
    """What the value of a field is."""

    TEXT = "text"
    DATE = "date"
    BOOLEAN = "yes or no"
    WORD = "word"
    ENTRY = "entry"
    CLAUSE = "clause"
    ORGAN = "organ"
    FILE = "file"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of the front matter.

    ``alias`` is its Chinese name, ``label`` its English one, ``sentence`` tells an editor what to write.
    ``many``: a list is allowed (a single value is a list of one); ``separators``: characters that also part a
    single text into several; ``parts``: the keys of a record; ``compact``: the part that a plain text stands for;
    ``back``: what the other side calls a relation that this field states, in Chinese and in English;
    ``extensible``: a column may add words of its own.
    """

    name: str
    alias: str
    label: str
    type: Type
    sentence: Message
    required: bool = False
    many: bool = False
    words: Vocabulary | None = None
    parts: tuple["Field", ...] = ()
    compact: str = ""
    separators: str = ""
    example: str = ""
    back: tuple[str, str] = ("", "")
    extensible: bool = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle a field of the tables as the way to it, so that it is that very field again."""
        way = _WAYS.get(id(self))
        return (_field_at, (way,)) if way else (Field, tuple(getattr(self, name) for name in self.__slots__))


# One row a field, as in a table.
# fmt: off
_FILE_PARTS = (
    Field("file", "文件", "File", Type.TEXT, say("path of the file, counted from this content file"), required=True),
    Field("title", "标题", "Title", Type.TEXT, say("name that readers see")),
    Field("note", "说明", "Note", Type.TEXT, say("a remark")),
)

COMMON = (
    Field("title", "标题", "Title", Type.TEXT, say("full title, as on the document"), required=True,
          example="关于印发《示例办法》的通知"),
    Field("kind", "种类", "Kind", Type.WORD, say("what sort of entry this is"), words=KINDS),
    Field("attribute", "公开属性", "Disclosure attribute", Type.WORD,
          say("who may read it; without it nothing is published"), required=True, words=ATTRIBUTES),
    Field("title_open", "标题可公开", "Title is open", Type.BOOLEAN,
          say("whether the title of an entry that is not disclosed may be shown (yes unless you say no)")),
    Field("reason", "理由", "Reason", Type.TEXT,
          say("why it is not disclosed: an article code from 14-1 to 16-3, or a text; required for on-request and withheld"),
          example="16-2"),
    Field("review_by", "复审日期", "Review by", Type.DATE,
          say("when the attribute will be reviewed next (Disclosure Regulation, article 18)")),
    Field("converted", "属性转换", "Converted", Type.RECORD,
          say("that it was on request or withheld and has been reviewed and disclosed since"), parts=(
        Field("from", "原属性", "From", Type.WORD, say("the attribute it had before"), required=True, words=CLOSED_ATTRIBUTES),
        Field("date", "日期", "Date", Type.DATE, say("day of the decision to disclose it"), required=True),
        Field("standard", "转换标准", "Standard", Type.TEXT, say("by which standard it may now be disclosed"), required=True),
        Field("reviewer", "审核", "Reviewed by", Type.TEXT, say("office or post that reviewed it; no person's name"), required=True),
        Field("note", "说明", "Note", Type.TEXT, say("a remark")),
    )),
    Field("category", "类别", "Category", Type.TEXT,
          say("id of the section where it is listed, several allowed; without it, the section of the folder"), many=True,
          example="statutory/policy"),
    Field("doc_no", "发文字号", "Document number", Type.TEXT, say("as on the document, year in 〔〕"),
          example="示政办发〔2026〕1号"),
    Field("index_no", "索引号", "Index number", Type.TEXT, say("unique, never changed once given"),
          example="11370000000000000W/2026-00001"),
    Field("issuer", "发布机构", "Issuer", Type.ORGAN, say("name or id of the organ; several: the lead organ first"), many=True,
          example="示例区人民政府办公室"),
    Field("written", "成文日期", "Date written", Type.DATE, say("date on the document"), example="2026-01-05"),
    Field("published", "发布日期", "Date published", Type.DATE, say("date, or date and time, when it was published here"),
          example="2026-01-08 09:00"),
    Field("effective", "施行日期", "Effective from", Type.DATE, say("first day in force")),
    Field("expires", "有效期至", "Effective until", Type.DATE, say("last day in force")),
    Field("validity", "有效性", "Validity", Type.WORD,
          say("computed from the dates and relations; when typed, it must agree with them"), words=VALIDITIES),
    Field("normative", "规范性文件", "Normative document", Type.BOOLEAN, say("whether it is an administrative normative document")),
    Field("repeals", "废止", "Repeals", Type.ENTRY, say("ids of the documents this one repeals"), many=True,
          back=("被废止", "Repealed by")),
    Field("amends", "修改", "Amends", Type.ENTRY, say("ids of the documents this one amends"), many=True,
          back=("被修改", "Amended by")),
    Field("replaces", "替代", "Replaces", Type.ENTRY, say("ids of the documents this one replaces"), many=True,
          back=("被替代", "Replaced by")),
    Field("terminates", "宣布失效", "Declares expired", Type.ENTRY, say("ids of the documents this one declares expired"), many=True,
          back=("被宣布失效", "Declared expired by")),
    Field("based_on", "依据", "Based on", Type.ENTRY, say("ids of the documents it is based on"), many=True,
          back=("据以制定", "Basis of")),
    Field("implements", "贯彻", "Implements", Type.ENTRY, say("ids of the documents it carries out"), many=True,
          back=("贯彻落实文件", "Carried out by")),
    Field("interprets", "解读", "Interprets", Type.ENTRY, say("ids of the documents it explains"), many=True,
          back=("政策解读", "Explained by")),
    Field("draft_of", "草案", "Draft of", Type.ENTRY, say("id of the document it was the draft of"), many=True,
          back=("草案", "Drafts")),
    Field("answers", "答复", "Answers", Type.ENTRY, say("ids of the entries it answers"), many=True,
          back=("答复", "Answered by")),
    Field("version_of", "历史文本", "Historic text of", Type.ENTRY, say("id of the document of which this is an older text"), many=True,
          back=("历史文本", "Historic texts")),
    Field("evaluates", "评估", "Evaluates", Type.ENTRY, say("ids of the documents whose effect it evaluates"), many=True,
          back=("效果评估", "Evaluated by")),
    Field("topic", "主题分类", "Topic", Type.TEXT, say("topic of the national list (公文主题分类)"), example="综合政务\\政务公开"),
    Field("genre", "公文种类", "Genre", Type.TEXT, say("通知, 意见, 决定, 公告 …"), example="通知"),
    Field("keywords", "关键词", "Keywords", Type.TEXT, say("words people may look for"), many=True, separators="、，,；;"),
    Field("summary", "内容概述", "Summary", Type.TEXT, say("one or two sentences")),
    Field("aspect", "五公开", "Aspect", Type.WORD, say("which of the five disclosures it belongs to"), many=True, words=ASPECTS),
    Field("passed_at", "通过会议", "Passed at", Type.TEXT, say("the meeting that passed it: its name, or the id, title or session of its entry"),
          example="区政府第46次常务会议", back=("会议通过的文件", "Passed")),
    Field("source", "来源", "Source", Type.TEXT, say("where it was reprinted from: name of the publisher")),
    Field("source_url", "来源网址", "Source address", Type.TEXT, say("address of the page it was reprinted from"),
          example="https://www.example.gov.cn/zhengce/1.html"),
    Field("annexes", "附件", "Annexes", Type.FILE, say("files that belong to it"), many=True, parts=_FILE_PARTS, compact="file"),
    Field("reviews", "审核", "Reviews", Type.RECORD, say("who reviewed it before publication; never published"), many=True, parts=(
        Field("step", "环节", "Step", Type.TEXT, say("step of the review"), required=True),
        Field("person", "审核人", "Person", Type.TEXT, say("who reviewed"), required=True),
        Field("date", "日期", "Date", Type.DATE, say("when"), required=True),
        Field("result", "结论", "Result", Type.WORD, say("what the review decided; passed unless you say otherwise"),
              words=REVIEW_RESULTS),
        Field("opinion", "意见", "Opinion", Type.TEXT, say("what the reviewer said")),
        Field("digest", "摘要值", "Digest", Type.TEXT, say("digest of what was approved; “gkssg review” writes it")),
    )),
    Field("aliases", "旧地址", "Former addresses", Type.TEXT, say("old addresses that lead here"), many=True),
    Field("id", "编号", "Id", Type.TEXT, say("name by which other entries refer to it; without it, its path below content/")),
)

_PLACE_PARTS = (
    Field("name", "名称", "Name", Type.TEXT, say("name"), required=True),
    Field("address", "地址", "Address", Type.TEXT, say("street address with house and room number")),
    Field("hours", "办公时间", "Office hours", Type.TEXT, say("to the minute, summer and winter if they differ")),
    Field("phone", "电话", "Telephone", Type.TEXT, say("with area code")),
    Field("fax", "传真", "Fax", Type.TEXT, say("with area code")),
    Field("email", "电子邮箱", "E-mail", Type.TEXT, say("address that is read")),
)

_OPINION_PARTS = (
    Field("opinion", "意见", "Opinion", Type.TEXT, say("what was said"), required=True),
    Field("from", "来源", "From", Type.TEXT, say("who said it, masked")),
    Field("adopted", "是否采纳", "Adopted", Type.WORD, say("whether it was adopted"), words=ADOPTIONS),
    Field("reason", "理由", "Reason", Type.TEXT, say("why")),
)
_CLAUSES = Field(
    "clauses", "依据条款", "Clauses", Type.CLAUSE,
    say("clauses it rests on, quoted on its page: id of the document, #, and the clause"), many=True,
    example="statutory/policy/a#第五条第二款", back=("引用条款", "Clauses quoted by"))

_APPROVED = Field("approved", "批准日期", "Approved", Type.DATE,
                  say("day on which a budget, a change of it or a final account was approved (Budget Law, article 14)"))

OF_LISTS = (
    Field("keeps", "继续有效", "Stays in force", Type.ENTRY, say("documents that a clean-up found to stay in force"), many=True,
          back=("经清理继续有效", "Found to stay in force by")),
    Field("to_amend", "列入修改计划", "To be amended", Type.ENTRY, say("documents that a clean-up found to need amending"), many=True,
          back=("列入修改计划", "To be amended, according to")),
)
"""Relations that only the rows of a clean-up list state; they are no keys of a content file."""

DETAILS: dict[Kind, tuple[Field, ...]] = {
    Kind.DOCUMENT: (
        Field("drafter", "起草单位", "Drafted by", Type.ORGAN,
              say("organ that drafted it and so explains it, where it is not the issuer; several: the lead organ first"), many=True,
              example="示例区住房和城乡建设局"),
        Field("important", "重要政策文件", "Important policy", Type.BOOLEAN,
              say("whether it must be explained as a normative document must, because it matters to many")),
        Field("ledger", "任务台账", "Task ledger", Type.WORD,
              say("makes a ledger of the tasks in the text of a work plan; how often their progress is recorded"), words=INTERVALS),
        _APPROVED,
        Field("cleanup", "清理结果", "Clean-up results", Type.FILE,
              say("for a notice of clean-up results: a CSV file with the columns 标题, 发文字号, 清理结果 and 备注"),
              parts=_FILE_PARTS, compact="file"),
    ),
    Kind.PAGE: (),
    Kind.ORGAN: (
        Field("short_name", "简称", "Short name", Type.TEXT, say("how it is called for short")),
        Field("code", "统一社会信用代码", "Unified social credit code", Type.TEXT, say("18 characters")),
        Field("address", "办公地址", "Address", Type.TEXT, say("street address with house and room number")),
        Field("postcode", "邮政编码", "Postcode", Type.TEXT, say("six digits")),
        Field("hours", "办公时间", "Office hours", Type.TEXT, say("to the minute, summer and winter if they differ")),
        Field("phone", "联系电话", "Telephone", Type.TEXT, say("with area code")),
        Field("fax", "传真", "Fax", Type.TEXT, say("with area code")),
        Field("email", "电子邮箱", "E-mail", Type.TEXT, say("address that is read")),
        Field("website", "网址", "Website", Type.TEXT, say("address of its own site")),
        Field("parent", "上级机关", "Superior organ", Type.ORGAN, say("name or id of the organ above")),
        Field("formerly", "原名称", "Former names", Type.TEXT, say("names it had before"), many=True),
        Field("succeeds", "承继", "Succeeds", Type.RECORD, say("organs whose functions it took over"), many=True, parts=(
            Field("organ", "机构", "Organ", Type.ENTRY, say("id of the former organ's page"), required=True,
                  back=("承继机关", "Succeeded by")),
            Field("date", "日期", "Date", Type.DATE, say("day from which the new organ acts")),
            Field("how", "方式", "How", Type.WORD, say("what happened to the former organ"), words=SUCCESSIONS),
            Field("note", "说明", "Note", Type.TEXT, say("a remark")),
        )),
        Field("leaders", "领导", "Leaders", Type.RECORD, say("those in charge"), many=True, parts=(
            Field("name", "姓名", "Name", Type.TEXT, say("name of the person"), required=True),
            Field("post", "职务", "Post", Type.TEXT, say("post")),
            Field("duties", "分工", "Duties", Type.TEXT, say("what they are in charge of")),
        )),
        Field("departments", "内设机构", "Departments", Type.RECORD, say("offices inside"), many=True, parts=(
            Field("name", "名称", "Name", Type.TEXT, say("name"), required=True),
            Field("duties", "职责", "Duties", Type.TEXT, say("what they do")),
            Field("phone", "电话", "Telephone", Type.TEXT, say("with area code")),
        )),
        Field("disclosure_office", "信息公开工作机构", "Disclosure office", Type.RECORD,
              say("the office that handles disclosure and applications (Disclosure Regulation, articles 4 and 12)"),
              parts=_PLACE_PARTS),
    ),
    Kind.INTERPRETATION: (
        Field("form", "解读形式", "Form", Type.WORD, say("how it explains"), many=True, words=INTERPRETATION_FORMS),
        Field("interpreter", "解读人", "Interpreter", Type.TEXT, say("who explains")),
        Field("post", "职务", "Post", Type.TEXT, say("the interpreter's post")),
        Field("media", "媒体文件", "Media files", Type.FILE, say("pictures, videos and recordings of the explanation"), many=True,
              parts=_FILE_PARTS, compact="file"),
        Field("poster", "视频封面", "Poster", Type.FILE, say("picture that stands for the video before it is played"),
              parts=_FILE_PARTS, compact="file"),
        Field("transcript", "文字稿", "Transcript", Type.FILE,
              say("file with the words of a picture, video or recording, unless the text below has them"), many=True,
              parts=_FILE_PARTS, compact="file"),
        Field("video_url", "视频网址", "Video elsewhere", Type.TEXT, say("address of a video on another site; it is linked to, not shown"),
              many=True, example="https://www.example.gov.cn/video/1.html"),
    ),
    Kind.DOSSIER: (
        Field("profile", "事项类型", "Profile", Type.WORD,
              say("which stages it goes through; a column can add types of its own (profiles in column.yml)"),
              words=vocabulary(PROFILES), extensible=True),
        Field("year", "年度", "Year", Type.DATE, say("year of the directory it stands in")),
        Field("undertaker", "承办单位", "Undertaking office", Type.ORGAN, say("organ that handles it"), many=True),
        Field("participation", "公众参与方式", "Participation", Type.TEXT, say("how people may take part"), many=True, separators="、，,；;"),
        Field("decide_by", "决策时间", "Decision planned for", Type.DATE, say("when the decision is planned")),
        Field("stages", "阶段", "Stages", Type.RECORD, say("what has happened"), many=True, parts=(
            Field("stage", "环节", "Stage", Type.TEXT, say("name or id of the stage, as the type of the dossier has it"), required=True),
            Field("date", "日期", "Date", Type.DATE, say("when; a day to come is one it is planned for")),
            Field("entry", "链接", "Entry", Type.ENTRY, say("ids of the entries that show it"), many=True, back=("所属事项", "Dossier")),
            Field("note", "说明", "Note", Type.TEXT, say("a remark; of a stage that is not held, why not")),
            Field("state", "状态", "State", Type.WORD, say("done, unless its date is to come or you say otherwise"), words=STAGE_STATES),
        )),
    ),
    Kind.CONSULTATION: (
        Field("purpose", "征集类型", "Purpose", Type.WORD,
              say("what is asked for; a draft for comment unless you say otherwise"), words=PURPOSES),
        Field("starts", "开始日期", "Starts", Type.DATE, say("first day for opinions")),
        Field("ends", "截止日期", "Ends", Type.DATE, say("last day for opinions")),
        Field("shorten_reason", "缩短期限理由", "Reason for a shorter period", Type.TEXT, say("required when it is under 30 days")),
        Field("draft", "草案全文", "Draft", Type.ENTRY, say("id of the draft"), many=True,
              back=("意见征集", "Consultation")),
        Field("draft_files", "草案文件", "Draft files", Type.FILE, say("the draft as a file, where it is no entry of its own"), many=True,
              parts=_FILE_PARTS, compact="file"),
        Field("explanation", "起草说明", "Explanation", Type.ENTRY, say("id of the entry that explains the draft"), many=True,
              back=("所说明的意见征集", "Explains the draft of")),
        Field("explanation_files", "起草说明文件", "Explanation files", Type.FILE,
              say("the explanation as a file, where it is no entry of its own"), many=True, parts=_FILE_PARTS, compact="file"),
        Field("participation", "公众参与方式", "Participation", Type.TEXT,
              say("how the public was heard besides: hearing, meeting, visit, written opinions, survey, talks, media"), many=True,
              separators="、，,；;"),
        Field("feedback", "反馈日期", "Answered on", Type.DATE, say("day on which it was made known what became of the opinions")),
        Field("submit_to", "意见提交方式", "How to submit", Type.TEXT, say("post, e-mail, telephone"), many=True),
        Field("opinions", "意见情况", "Opinions", Type.RECORD, say("what was said and what became of it"), many=True,
              parts=_OPINION_PARTS),
    ),
    Kind.MEETING: (
        Field("held", "会议日期", "Held", Type.DATE, say("day of the meeting")),
        Field("session", "会议届次", "Session", Type.TEXT, say("which meeting it is")),
        Field("chair", "主持人", "Chair", Type.TEXT, say("who chaired")),
        Field("attendees", "列席人员", "Attendees", Type.RECORD, say("who attended without a vote: a text, or keys of its own"), many=True,
              compact="name", parts=(
            Field("kind", "类型", "Sort", Type.WORD, say("whom they stand for"), words=ATTENDEES),
            Field("name", "姓名", "Name", Type.TEXT, say("names, masked"), many=True, separators="、，,；;"),
            Field("count", "人数", "Number", Type.TEXT, say("how many; without it the names are counted")),
        )),
        Field("agenda", "议题", "Agenda", Type.RECORD, say("what was on the agenda"), many=True, parts=(
            Field("item", "议题", "Item", Type.TEXT, say("the matter"), required=True),
            Field("outcome", "议定结果", "Outcome", Type.TEXT, say("what was decided")),
            Field("entry", "链接", "Entry", Type.ENTRY, say("ids of the entries that came out of it"), many=True,
                  back=("审议会议", "Considered at")),
            Field("open", "公开", "Open", Type.BOOLEAN,
                  say("no: of this item nothing is published but its name and the reason")),
            Field("reason", "理由", "Reason", Type.TEXT, say("why it is not open: an article code from 14-1 to 16-3, or a text")),
        )),
        Field("opinions", "列席意见", "Attendees' opinions", Type.RECORD,
              say("what those attending said and what became of it"), many=True, parts=_OPINION_PARTS),
        Field("informed", "告知日期", "Attendees informed on", Type.DATE,
              say("day on which the attendees were told the outcome and what became of their opinions")),
        Field("video", "会议视频", "Video", Type.RECORD, say("where the meeting can be watched"), many=True, parts=(
            Field("link", "网址", "Address", Type.TEXT, say("address of the live or recorded picture, with https://")),
            Field("file", "文件", "File", Type.FILE, say("the recording as a file"), parts=_FILE_PARTS, compact="file"),
            Field("title", "标题", "Title", Type.TEXT, say("name that readers see")),
            Field("note", "文字说明", "Text alternative", Type.TEXT,
                  say("what is shown and said, for those who cannot watch or hear it"), required=True),
        )),
    ),
    Kind.PROPOSAL: (
        Field("type", "建议提案类型", "Sort", Type.WORD, say("of a deputy or of a member of the political consultative conference"),
              words=PROPOSAL_TYPES),
        Field("number", "建议提案编号", "Number", Type.TEXT, say("number of the proposal")),
        Field("proposer", "提出人", "Proposer", Type.TEXT, say("who proposed it, masked where needed"), many=True, separators="、，,；;"),
        Field("session", "会议届次", "Session", Type.TEXT, say("session it was made at")),
        Field("undertaker", "承办单位", "Undertaking office", Type.ORGAN, say("organ that handles it and replies; several: those who reply each for themselves"),
              many=True),
        Field("co_undertaker", "会办单位", "Offices heard", Type.ORGAN, say("organs that take part in handling it"), many=True),
        Field("outcome", "办理结果", "Outcome", Type.WORD, say("what came of it, class A to D"), words=PROPOSAL_OUTCOMES),
        Field("replied", "答复日期", "Replied", Type.DATE, say("day of the reply")),
        Field("satisfaction", "满意度", "Satisfaction", Type.TEXT, say("what the proposer thought of the reply")),
    ),
    Kind.QUESTION: (
        Field("question", "问题", "Question", Type.TEXT, say("the question as it was asked; the text below is the answer")),
        Field("asked", "提问日期", "Asked", Type.DATE, say("day of the question")),
        Field("answered", "答复日期", "Answered", Type.DATE, say("day of the answer")),
        Field("answerer", "答复单位", "Answered by", Type.ORGAN, say("organ that answers; without it, the issuer"), many=True),
        Field("of", "所属政策", "Policy", Type.ENTRY, say("id of the policy it is about"), many=True,
              back=("政策问答", "Questions")),
        _CLAUSES,
    ),
    Kind.ITEM: (
        Field("of", "所属政策", "Policy", Type.ENTRY, say("id of the policy it comes from"), many=True,
              back=("政策事项", "Policy items")),
        Field("audience", "适用对象", "Audience", Type.TEXT, say("whom it is for"), many=True, separators="、，,；;"),
        Field("conditions", "条件", "Conditions", Type.TEXT, say("who may have it, one condition each"), many=True),
        Field("standard", "标准", "Standard", Type.TEXT, say("how much, or what is given"), many=True),
        Field("materials", "材料", "Materials", Type.TEXT, say("papers to be handed in, one each"), many=True),
        Field("procedure", "程序", "Procedure", Type.TEXT, say("what happens, one step each"), many=True),
        Field("channels", "渠道", "Channels", Type.TEXT, say("where it is handled: counter, website, telephone"), many=True),
        Field("time_limit", "时限", "Time limit", Type.TEXT, say("how long it takes, and until when to apply")),
        Field("handler", "办理机构", "Handler", Type.ORGAN, say("organ that handles it"), many=True),
        Field("changed", "变更日期", "Changed", Type.DATE, say("day on which its conditions changed last")),
        Field("updated", "变更公开日期", "Change published", Type.DATE, say("day on which that change was published here")),
        _CLAUSES,
    ),
    Kind.DATASET: (
        Field("file", "数据文件", "Data file", Type.FILE, say("the CSV file"), parts=_FILE_PARTS, compact="file"),
        Field("columns", "字段说明", "Columns", Type.RECORD, say("what the columns mean"), many=True, parts=(
            Field("name", "字段", "Column", Type.TEXT, say("name of the column"), required=True),
            Field("meaning", "含义", "Meaning", Type.TEXT, say("what it says")),
            Field("unit", "单位", "Unit", Type.TEXT, say("unit of measure")),
        )),
        _APPROVED,
        Field("version", "版本", "Version", Type.TEXT, say("which version it is")),
        Field("period", "数据期间", "Period", Type.TEXT, say("the time it covers")),
        Field("series", "定期数据", "Series", Type.WORD,
              say("for a file with a row for every period: how often there is a new one; each row then needs its explanation"),
              words=INTERVALS),
    ),
    Kind.REPORT: (Field("year", "年度", "Year", Type.DATE, say("year it reports on")),),
    Kind.GAZETTE: (
        Field("year", "年度", "Year", Type.DATE, say("year of the issue")),
        Field("issue", "期号", "Issue", Type.TEXT, say("number of the issue")),
        Field("articles", "目录", "Contents", Type.ENTRY, say("ids of what it contains"), many=True,
              back=("刊登公报", "Printed in")),
    ),
}

_SITE = (
    Field("name", "名称", "Name", Type.TEXT, say("full name of the website it is mounted in (page label SiteName)")),
    Field("domain", "域名", "Domain", Type.TEXT, say("the website's domain (page label SiteDomain)")),
    Field("id_code", "标识码", "Id code", Type.TEXT, say("网站标识码, ten digits (page label SiteIDCode)")),
    Field("icp", "ICP备案", "ICP record", Type.TEXT, say("ICP备案编号")),
    Field("police", "公安备案", "Police record", Type.TEXT, say("公安机关备案号")),
    Field("contact", "联系方式", "Contact", Type.TEXT, say("telephone or address of those who run it")),
    Field("find_error", "找错", "Report errors", Type.TEXT, say("address of the 我为政府网站找错 entry")),
)

_FEEDBACK = (
    Field("suggest", "意见入口", "Suggestions", Type.TEXT,
          say("e-mail address, or address of a form, for opinions on a page; {title} and {address} in it stand for the page's",
              title="{title}", address="{address}"),
          example="https://www.example.gov.cn/yijian?title={title}&page={address}"),
    Field("supervise", "监督投诉", "Supervision and complaints", Type.RECORD, say("who takes complaints about disclosure, and how"),
          parts=_PLACE_PARTS),
)

SECTION_FIELDS = (
    Field("id", "编号", "Id", Type.TEXT, say("id of the section, as statutory/policy"), required=True),
    Field("title", "标题", "Title", Type.TEXT, say("name that readers see")),
    Field("description", "说明", "Description", Type.TEXT, say("what the section is for")),
    Field("type", "栏目类型", "Type", Type.TEXT, say("page label ColumnType, as 政策文件")),
    Field("update_every", "更新周期", "Update every", Type.TEXT, say("how often something new is expected, as 6 months")),
    Field("empty_note", "空栏说明", "Empty note", Type.TEXT, say("what an empty section says")),
)

PROFILE_FIELDS = (
    Field("id", "编号", "Id", Type.TEXT,
          say("what dossiers write as their type, in small letters, digits and hyphens; that of a type there is changes it"), required=True),
    Field("title", "标题", "Title", Type.TEXT, say("name that readers see"), required=True),
    Field("stages", "阶段", "Stages", Type.RECORD, say("its stages, in their order"), many=True, required=True, parts=(
        Field("title", "标题", "Title", Type.TEXT, say("name that readers see"), required=True),
        Field("id", "编号", "Id", Type.TEXT, say("shorter name that dossiers may write")),
        Field("required", "必经", "Required", Type.BOOLEAN, say("whether it is prescribed")),
        Field("limit", "时限", "Time limit", Type.TEXT, say("in words, as 自合同签订之日起2个工作日内")),
        Field("source", "依据", "Source", Type.TEXT, say("the rule and the article that prescribe it")),
    )),
)

LIMIT_FIELDS = (
    Field("publish", "主动公开期限", "Publication", Type.TEXT,
          say("working days from the date written to the publication (Disclosure Regulation, article 26); 20")),
    Field("budget", "预决算公开期限", "Budgets", Type.TEXT,
          say("days from the approval of a budget or final account to its publication (Budget Law, article 14); 20")),
    Field("item", "办事条件变更公开期限", "Changed items", Type.TEXT,
          say("working days from a change of a policy item to its publication (a local rule); 1")),
    Field("consultation", "征求意见期限", "Consultations", Type.TEXT,
          say("days for which opinions are taken on a draft (Decree 713, article 15); 30")),
    Field("answer", "征集反馈期限", "Answers", Type.TEXT,
          say("working days from the document to the answer to the opinions (a local rule); 10")),
    Field("interpretation", "解读期限", "Interpretations", Type.TEXT,
          say("working days from the document to its first interpretation (a local rule); 3")),
    Field("report", "年度报告截止日", "Yearly report", Type.TEXT,
          say("month and day of the yearly report (Disclosure Regulation, article 49); 03-31 for a people's government, else 01-31"),
          example="01-31"),
    Field("arrears", "逾期账款截止日", "Arrears", Type.TEXT,
          say("month and day by which arrears to small and medium enterprises are published (Decree 728, article 16); 03-31"),
          example="03-31"),
    Field("expiry", "到期提醒", "Expiry", Type.TEXT, say("months for which a document's end is announced; 6")),
    Field("stale_sections", "未更新栏目数", "Stale sections", Type.TEXT, say("stale sections from which the column would fail inspection; 10")),
    Field("empty_sections", "空白栏目数", "Empty sections", Type.TEXT, say("empty sections from which the column would fail inspection; 5")),
    Field("backdating", "补录天数", "Backdating", Type.TEXT,
          say("days by which the date of publication may be earlier than the publish log has it; 7")),
)

_REVIEWING = (
    Field("for", "适用范围", "For", Type.WORD, say("what must have been through all reviews before it is published"),
          words=REVIEWED, many=True),
    Field("since", "起始日期", "Since", Type.DATE, say("entries published before that day are left as they are")),
)

COLUMN = (
    Field("name", "名称", "Name", Type.TEXT, say("name of the column (政府信息公开, by 国办公开办函〔2019〕61号)"), required=True),
    Field("organ", "机关", "Organ", Type.ORGAN, say("name or id of the organ whose column it is"), required=True),
    Field("base_url", "网址", "Base URL", Type.TEXT,
          say("address where the column will be mounted; used in feeds and the sitemap"), required=True),
    Field("site", "网站", "Website", Type.RECORD, say("the website it is mounted in: page labels and footer"), parts=_SITE),
    Field("feedback", "意见反馈", "Feedback", Type.RECORD, say("where readers turn with opinions and complaints"), parts=_FEEDBACK),
    Field("empty_note", "空栏说明", "Empty note", Type.TEXT, say("what an empty section says unless it has a note of its own")),
    Field("per_page", "每页条数", "Entries per page", Type.TEXT, say("entries on one page of a list, 20 unless you say otherwise")),
    Field("search_text", "检索文本", "Text for searching", Type.WORD,
          say("how much of the texts the search keeps, for snippets and for comparing phrases"), words=SEARCH_TEXTS),
    Field("letterhead", "红头", "Letterhead", Type.BOOLEAN,
          say("whether numbered documents are shown below the red head that they have on paper (GB/T 9704)")),
    Field("theme", "主题", "Theme", Type.TEXT, say("folder below themes/ whose files go before those of the default theme")),
    Field("sections", "栏目", "Sections", Type.RECORD, say("changes to the tree of sections"), many=True, parts=SECTION_FIELDS),
    Field("reviews", "审核", "Reviews", Type.RECORD, say("what must be reviewed in three steps and for secrecy"), parts=_REVIEWING),
    Field("limits", "时限", "Time limits", Type.RECORD, say("time limits that are not as gkssg has them"), parts=LIMIT_FIELDS),
    Field("profiles", "事项类型", "Profiles", Type.RECORD, say("types of dossiers of the column's own, with their stages"), many=True,
          parts=PROFILE_FIELDS),
    Field("rules", "检查规则", "Rules", Type.RECORD, say("how severe the column takes what a rule finds"), many=True, parts=(
        Field("rule", "规则", "Rule", Type.TEXT, say("name of the rule, as a report shows it in brackets"), required=True,
              example="interpretation-missing"),
        Field("severity", "程度", "Severity", Type.WORD, say("what its problems are, or off"), required=True, words=SEVERITIES),
    )),
)

# fmt: on


def _with_parts(table: tuple[Field, ...], way: str) -> Iterator[tuple[str, Field]]:
    for field in table:
        here = f"{way}/{field.name}"
        yield here, field
        yield from _with_parts(field.parts, here)


_FIELDS = {
    way: field
    for name, table in (("", COMMON + OF_LISTS), *((str(kind), DETAILS[kind]) for kind in DETAILS))
    for way, field in _with_parts(table, name)
}
"""Every field that a content file may have, by the way to it: its kind, its name, those of its parts."""
_WAYS = {id(field): way for way, field in _FIELDS.items()}


def _field_at(way: str) -> Field:
    return _FIELDS[way]


def fields_of(kind: Kind, profiles: Vocabulary | None = None) -> tuple[Field, ...]:
    """Give all fields a content file of this kind may have, the common ones first.

    ``profiles`` are the types of dossiers of the column, where it has some of its own.
    """
    own = DETAILS[kind]
    if profiles and kind is Kind.DOSSIER:
        own = tuple(replace(field, words=profiles) if field.name == "profile" else field for field in own)
    return COMMON + own


def field_named(table: tuple[Field, ...], key: str) -> Field | None:
    """Find a field by its name or its Chinese alias."""
    return next((field for field in table if key in {field.name, field.alias}), None)
