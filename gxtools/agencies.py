"""Names of public bodies: what can be one, its fullest printed form, its level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .divisions import Division, Place, find_place

_PLACES = "省市区县州盟旗镇乡"
_ORGAN = (
    r"(?:人民政府|政府|行政公署|管委会|委员会|办事处|办公室|办公厅|研究室|局|厅|委|办|署|处|中心|所|站|会|公司|学校"
    r"|大学|学院|医院|中学|小学|检察院|法院|院|社|馆|队|团|部|厂|司|集团)(?:\([^()]{2,20}\))?"
)
_BODY = re.compile(
    rf"(?=.{{2,40}}$)[\u4e00-\u9fff()、·0-9]+?(?:{_ORGAN}|街道|园区|新城|[{_PLACES}])$"
)
# Words of a page's frame and of prose that stand where a name could.
_NO_BODY = re.compile(
    r"首页|返回|当前|位置|公开|年度|目录|报告|来源|浏览|字体|打印|关闭|栏目|专栏|专题|网站|平台|通知|公告|正文|附件"
    r"|各级|各部门|有关|相关|^(?:我|本|该|其|全|各|对|在|与|和|向|由|为|请|按|根据|关于|市区|社区|地区)"
)
_BARE_PLACE = re.compile(rf"(?:[{_PLACES}]|街道|新城)$")
_SEATS = r"(人民政府|行政公署|管理委员会|管委会|办事处)"
_ABOVE = re.compile(r"^(?:中共|国家[\u4e00-\u9fff]{2,8}?总局)")
_GENERIC = re.compile(
    r"^[省市区县州旗](?=[\u4e00-\u9fff])(?!场|域|容|级|直|政(?![府务法协])|民(?![政族宗]))"
)
# 局 and 委 after the name of a place; a 管委会 governs a zone, a 居委会 is no public body.
_DEPARTMENT = re.compile(
    r"(?:局|厅|署|办|委|委员会|办公室|办公厅|研究室|中心)$(?<!管委会)(?<!居委会)(?<!村委会)(?<!民委员会)"
)
_TOWNSHIP = re.compile(r"(?:镇|乡|苏木|街道)(?:人民政府|政府|办事处)$|(?<!驻)办事处$")
_LIAISON = re.compile(r"驻[\u4e00-\u9fff]{1,8}办事处$")
_ROOM = r"(?:[\u4e00-\u9fff、()]{0,14}?(?:办公室|办公厅|科|处|股|室|组|窗口)(?:\([^)]*\))?)$"
# The room of a body is not the body; a 人民政府办公室 is one, and prints reports of its own.
_INNER = (
    re.compile(rf"^(.+?(?:局|委员会|管委会|厅|委(?!员)|署|办事处|[镇乡]人民政府)){_ROOM}"),
    re.compile(
        r"^(.+人民政府办公[室厅])[\u4e00-\u9fff、()]{0,14}?(?:科|处|股|室|组|窗口)(?:\([^)]*\))?$"
    ),
)
_CONTACT = re.compile(
    r"(?:请(?:直接|及时|径)?(?:与|向|致电|致函|联系)|联系(?:单位|部门|机构):?):?"
    r"([\u4e00-\u9fff()、]{3,44}?)(?:\((?:地址|联系|电话|通讯|通信|邮)|联系|咨询|反映|提出|[,。;:])"
)
_DRAWN = re.compile(
    r"报告由([\u4e00-\u9fff()、]{3,40}?)(?:根据|依据|依照|按照|按|负责|编制|汇总|组织|撰写|发布)"
)
_VERB = (
    "认真|坚持|深入|严格|全面|按照|根据|以|紧|积极|贯彻|高度|切实|不断|持续|始终|围绕|依|主动|共|进一步|在|政府信息|政务"
    "|信息公开|扎实|着力|牢固|继续|把|将|充分|的|落实|推进|加强|聚焦|立足|强化|大力|有序|完善|通过|收到|受理|未|没有|,"
)
_SUBJECT = re.compile(
    r"(20\d\d)年(?:度|以来|来)?,?(?:[在根按为][^,。]{2,80},){0,3}"
    rf"([\u4e00-\u9fff()]{{1,30}}?{_ORGAN})(?={_VERB})"
)


# A body's name stands in some dozen different phrases of its report.
_CONTEXTS = 200


def is_body(name: str) -> bool:
    """Whether folded words can be the name of a public body or of its place."""
    return bool(_BODY.match(name)) and not _NO_BODY.search(name)


def without_room(name: str) -> str:
    """The body of a contact line without its own office or section (沭阳县发展和改革局办公室)."""
    for pattern in _INNER:
        found = pattern.match(name)
        if found:
            return found[1]
    return name


def find_contact(text: str) -> tuple[str, str] | None:
    """The body that drew the report up, or is to be asked about it, and the printed words."""
    for pattern in (_CONTACT, _DRAWN):
        for found in pattern.finditer(text):
            if is_body(found[1]):
                return without_room(found[1]), found[0]
    return None


def find_subject(text: str) -> tuple[str, str] | None:
    """The body of whose year the report's first section speaks, and the printed words."""
    start = text.find("总体情况")
    for found in _SUBJECT.finditer(text, max(start, 0), max(start, 0) + 400):
        if is_body(found[2]):
            return found[2], found[0]
    return None


def place_of(agency: str) -> Place:
    """The place at the start of a body's name, after words such as 国家税务总局."""
    above = _ABOVE.match(agency)
    return find_place(agency[above.end() :] if above else agency)


def is_generic(agency: str) -> bool:
    """Whether a name leaves its place to the reader: 市人民政府, 区数据局."""
    return bool(_GENERIC.match(agency)) and not find_place(agency).divisions


def complete(agency: str, text: str) -> str:
    """A bare place (`平潭综合实验区`) with the organ that the text prints after it, if only one."""
    if not _BARE_PLACE.search(agency):
        return agency
    found = set(re.findall(re.escape(agency) + _SEATS, text))
    return agency + found.pop() if len(found) == 1 else agency


def fuller(agency: str, text: str) -> str:
    """The name with the parents that the text prints directly before it (淮安市洪泽区人民政府).

    Names that already begin with a parent, or with a city or province, stay as they are; so do
    names that the text prints after different parents.
    """
    for _ in range(2):  # 区数据局 -> 秦淮区数据局 -> 南京市秦淮区数据局
        place = find_place(agency)
        if any(d.level != "district" or place.printed != d.name for d in place.divisions):
            break
        found = set(_extended(agency, place, text))
        if len(found) != 1:
            break
        agency = found.pop()
    return agency


def _extended(agency: str, place: Place, text: str) -> Iterator[str]:
    """Each longer name of `agency` that `text` prints, a province before the city left out."""
    own = len(place.printed) or int(is_generic(agency))
    for before in words_before(agency, text):
        for start in range(len(before) - 1):
            name = before[start:] + agency
            longer = find_place(name)
            if longer.divisions and len(longer.printed) == len(before) - start + own:
                yield _without_province(name, longer)
                break


def words_before(name: str, text: str) -> list[str]:
    """What `text` prints directly before `name`, twenty characters each, none twice."""
    found: dict[str, None] = {}
    start = text.find(name)
    while start >= 0 and len(found) < _CONTEXTS:
        found[text[max(start - 20, 0) : start]] = None
        start = text.find(name, start + len(name))
    return list(found)


def _without_province(name: str, place: Place) -> str:
    province, *below = place.divisions[0].chain
    cut = name.removeprefix(province.name)
    inside = find_place(cut)
    keeps = inside.divisions == place.divisions and inside.printed != place.divisions[0].name
    return cut if len(below) > 1 and below[0].name != province.name and keeps else name


def tell_level(agency: str, division: Division | None) -> str | None:
    """province, city, district, township or department; None where the name does not say.

    `division` is where the body sits, if known: it is needed for names without a place.
    """
    name = re.sub(r"\([^()]*\)$", "", agency)
    if _LIAISON.search(name):
        return None
    if _TOWNSHIP.search(name):
        return "township"
    place = place_of(name)
    divisions, rest = place.divisions, place.rest
    if is_generic(name):
        divisions, rest = (division,) if division else (), name[1:]
    if rest in ("人民政府", "行政公署"):
        levels = {entry.level for entry in divisions}
        return levels.pop() if len(levels) == 1 else None
    known = bool(place.divisions) or is_generic(name)
    if not known or place.unlisted or rest in ("管理委员会", "管委会"):
        return None
    return "department" if _DEPARTMENT.search(rest) else None
