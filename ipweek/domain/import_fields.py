"""The fields of each import and the headers that name them in spreadsheets."""

from collections.abc import Mapping
from dataclasses import dataclass

from ipweek.domain.import_labels import LABEL_HEADERS, LABELS_HEADERS


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an import and the headers that name it, the surest first; `many` columns may hold one."""

    name: str
    headers: tuple[str, ...]
    required: bool = False
    many: bool = False


def _field(name: str, headers: str, *, required: bool = False) -> Field:
    return Field(name, tuple(headers.split("|")), required)


_PHONE = (
    "手机号码|手机号|手机|移动电话|联系手机|本人手机|手机电话|联系电话|联系方式|电话号码|电话|办公电话|固定电话|座机"
    "|mobile|mobile phone|mobile number|cell phone|phone|phone number|telephone|tel|contact number"
)
_EMAIL = "电子邮箱|邮箱|电子邮件|邮箱地址|电子邮箱地址|邮件|email|e-mail|email address|mail"
_ENTERPRISE = (
    "企业名称|单位名称|公司名称|企业全称|单位全称|公司全称|所在单位|工作单位|所属单位|所在企业|参会单位|参会企业|报名单位"
    "|申报单位|单位|企业|公司|机构名称|机构|enterprise|enterprise name|company|company name"
    "|organisation|organization|organisation name|organization name|employer|affiliation"
)
_CREDIT_CODE = (
    "统一社会信用代码|社会信用代码|统一信用代码|信用代码|统一社会信用代码证号|企业统一社会信用代码|单位统一社会信用代码"
    "|credit code|unified social credit code|uscc|usci"
)
_SUBMITTED = (
    "提交答卷时间|提交时间|答题时间|填写时间|报名时间|登记时间|填报时间"
    "|submitted at|submission time|registered at|registration time|timestamp"
)
_NOTE = "备注|备注说明|说明|其他说明|备注信息|note|notes|remark|remarks|comment|comments"

KINDS: Mapping[str, tuple[Field, ...]] = {
    "enterprises": (
        _field("name", _ENTERPRISE + "|名称|name", required=True),
        _field("code", "代码|企业代码|code|enterprise code"),
        _field("aliases", "别名|其他名称|曾用名|又名|other names|aliases|former names|also known as"),
        _field(
            "name_en",
            "英文名称|企业英文名称|企业名称英文|公司英文名称|单位英文名称|英文名"
            "|english name|name in english|name en",
        ),
        _field("short_name", "企业简称|单位简称|公司简称|简称|short name|abbreviation"),
        _field("credit_code", _CREDIT_CODE),
        _field(
            "district",
            "所属区域|所在区域|所属县区|所在县区|所属区县|所在区县|县区|区县|县区名称|所在区|所属区|区域|属地|所属地区|所在地区|地区"
            "|district|region|area|county",
        ),
        _field(
            "industries",
            "产业领域|所属产业|所属行业|行业领域|技术领域|产业|行业|行业类别|领域|industry|industries|sector|field",
        ),
        *(_field(name, headers) for name, headers in LABEL_HEADERS.items()),
        _field("labels", LABELS_HEADERS),
        _field(
            "group",
            "所属集团|集团|集团名称|所属集团名称|集团公司|母公司|总公司"
            "|group|group name|corporate group|parent company|parent",
        ),
        _field("contacts", "其他联系人|further contacts|other contacts"),
        _field(
            "contact",
            "联系人|联系人姓名|企业联系人|单位联系人|负责人|经办人|姓名|contact|contact person|contact name",
        ),
        _field(
            "contact_phone",
            "联系人电话|联系人手机|联系人手机号码|联系人手机号|联系人联系电话|contact phone|" + _PHONE,
        ),
        _field("contact_email", "联系人邮箱|联系人电子邮箱|联系邮箱|contact email|" + _EMAIL),
        _field(
            "contact_role", "联系人职务|联系人职位|联系人身份|contact role|contact title|contact position"
        ),
        _field(
            "quota",
            "参会名额|名额|分配名额|名额分配|参会人数|代表名额|人数"
            "|quota|delegate quota|seats|places|number of delegates",
        ),
        _field("note", _NOTE),
    ),
    "registrations": (
        _field(
            "name",
            "姓名|中文姓名|参会人姓名|参会人员姓名|参会代表姓名|参会者姓名|报名人姓名|代表姓名|嘉宾姓名|真实姓名"
            "|姓名中文|参会人|参会人员|参会代表|报名人|联系人|联系人姓名"
            "|name|full name|attendee|attendee name|participant|delegate|chinese name",
            required=True,
        ),
        _field(
            "name_latin",
            "英文姓名|姓名英文|英文名|拼音|姓名拼音|拼音姓名|外文姓名|拉丁字母姓名"
            "|latin name|name in latin letters|name latin|english name|name in english|pinyin",
        ),
        _field("badge", "胸卡号|胸卡编号|badge number|badge no|badge"),
        _field("phone", _PHONE),
        _field("email", _EMAIL),
        _field("enterprise", _ENTERPRISE),
        _field("credit_code", _CREDIT_CODE),
        _field("title", "职务|职位|岗位|职务职称|职称职务|职称|职务职位|job title|title|position|post"),
        _field(
            "category",
            "参会类别|人员类别|参会身份|身份|代表类别|参会人员类别|人员类型|嘉宾类别|类别|类型"
            "|category|role|attendee type|type",
        ),
        _field("seat", "座位号|座位|席位|座次|座位安排|桌号|排座|seat|seat number|seat no|table"),
        _field(
            "sessions",
            "拟参加的场次|参加场次|拟参加场次|参会场次|参加的场次|选择场次|报名场次|场次|拟参加的活动|参加活动|拟参加活动|参加的活动"
            "|参加环节|sessions|session|sessions to attend",
        ),
        _field("rank", "级别|行政级别|职级|排序|排名|礼宾次序|次序|位次|rank|order of precedence|precedence"),
        _field("note", _NOTE),
        _field("registered_at", _SUBMITTED),
    ),
    "programme": (
        _field(
            "event",
            "活动名称|会议名称|活动|会议|活动主题|会议主题|主题活动|所属活动|event|event name|conference|activity",
        ),
        _field(
            "session",
            "场次|场次名称|议题|议程|议程内容|会议议程|环节|活动环节|内容|活动内容|会议内容|主题|报告题目|题目|演讲题目|分论坛"
            "|session|session name|topic|agenda|agenda item|item|title|talk",
        ),
        _field("code", "代码|编码|活动代码|场次代码|code"),
        _field("name_en", "英文名称|英文名|活动英文名称|场次英文名称|名称英文|english name|name in english"),
        _field("kind", "类型|类别|活动类型|会议类型|场次类型|形式|活动形式|kind|type|format"),
        _field("date", "日期|活动日期|会议日期|举办日期|时间日期|日程|date|day"),
        _field("time", "时间|时间段|时段|活动时间|会议时间|举办时间|具体时间|time|hours|schedule"),
        _field(
            "start",
            "开始时间|开始|起始时间|开始日期|start|start time|starts|starts at|from|begin|begins|start date",
        ),
        _field("end", "结束时间|结束|终止时间|截止时间|结束日期|end|end time|ends|ends at|to|until|end date"),
        _field("room", "会议室|会场|分会场|房间|厅|会议厅|具体会场|room|hall"),
        _field(
            "venue",
            "地点|活动地点|会议地点|举办地点|举办地|场馆|场地|酒店|地址|venue|location|place|where|address",
        ),
        _field(
            "speakers",
            "主讲人|主讲嘉宾|嘉宾|演讲嘉宾|演讲人|报告人|发言人|主讲|讲师|授课人|授课老师|专家|speakers|speaker|presenter|lecturer",
        ),
        _field("moderators", "主持人|主持|主持嘉宾|moderators|moderator|chair|host person"),
        _field(
            "capacity",
            "容量|人数上限|规模|人数|参会人数|座位数|名额|参会规模|活动规模|capacity|seats|places|size|limit",
        ),
        _field("host", "主办单位|主办方|主办|host"),
        _field("organizer", "承办单位|承办方|承办|组织单位|organizer|organiser"),
        _field("note", _NOTE),
    ),
    "feedback": (
        _field(
            "satisfaction",
            "总体满意度|满意度|总体评价|整体满意度|总体评分|satisfaction|overall satisfaction|overall",
            required=True,
        ),
        _field(
            "result_rating",
            "对专利导航成果的评价|专利导航成果评价|成果评价|对成果的评价|对导航成果的评价"
            "|result rating|rating of the results|results",
        ),
        _field(
            "comment",
            "意见建议|意见与建议|意见和建议|意见|建议|您的意见建议|comment|comments|suggestions|opinion",
        ),
        _field("session", "场次|参加场次|参加的场次|所参加的场次|session"),
        _field("phone", _PHONE),
        _field("name", "姓名|name"),
        _field("submitted_at", _SUBMITTED),
        _field(
            "number",
            "答卷编号|答卷序号|答卷号|提交序号|序号|编号"
            "|answer number|answer no|response number|response id|submission id|number|no|id",
        ),
        Field("rating", ("评分", "打分", "评价", "rating", "score"), many=True),
    ),
}

MANY = frozenset(known.name for fields in KINDS.values() for known in fields if known.many)

ONE_OF: Mapping[str, tuple[str, ...]] = {"programme": ("event", "session")}
"""Fields of which one is needed, whichever."""
