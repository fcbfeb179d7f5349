"""Places of GB/T 2260: which divisions a printed name can mean.

The list is read once, on first use.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from .text import fold

# Part of the list, but no body has its seat there.
_NO_SEAT = ("99", "820010")
# Longer names first: 土家 before 土.
_PEOPLES = (
    "柯尔克孜|乌孜别克|维吾尔|哈萨克|达斡尔|塔吉克|俄罗斯|鄂温克|塔塔尔|"
    "鄂伦春|蒙古|布依|朝鲜|土家|哈尼|傈僳|高山|拉祜|东乡|纳西|景颇|仫佬|"
    "布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|德昂|保安|裕固|独龙|赫哲|门巴|"
    "珞巴|基诺|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|"
    "京|各"
)
# 黔东南苗族侗族自治州 is 黔东南州 in daily use; some names lack 族 (巴音郭楞蒙古自治州).
_AUTONOMOUS = re.compile(rf"^(.{{2,}}?)(?:(?:{_PEOPLES})族?)+自治([州县旗])$")
_REGION = re.compile(r"^(内蒙古|广西|西藏|宁夏|新疆|香港|澳门|[^省市]{2,3}(?=[省市]$))")
# A zone has its own committee but no code: its figures are not those of the city before it.
_ZONE = re.compile(
    r"^[^省市县]{0,18}?(?:新区|开发区|示范区|实验区|试验区|管理区|风景区|名胜区|合作区|保税区|园区|度假区|经济区"
    r"|高新区|经开区|功能区|工业区|产业区|商务区|自贸区|保护区|贸易区|新城|产业园|科技园|工业园)"
)
# A second place after the first that the list does not know (an abolished district, for one).
_PLACE = re.compile(r"^([\u4e00-\u9fff]{1,6}?[区县市旗])(?![场域划政民级容街镇乡])")
_COMMON = re.compile(
    r"(?:城|社|地|园|灾|山|库|景|林|牧|市|郊|老|边|特|辖|校|片|全)区$|[城都]市$|(?:各|全)[市县]$"
)
_TOWNSHIP = ("街道", "镇", "乡", "办事处")


@dataclass(frozen=True, slots=True)
class Division:
    """One division of GB/T 2260: `level` is province, city or district."""

    code: str
    name: str
    level: str
    parent: str

    @property
    def chain(self) -> tuple[Division, ...]:
        """The division after those it lies in, the province first."""
        above = _by_code().get(self.parent)
        return (*above.chain, self) if above else (self,)

    @property
    def full_name(self) -> str:
        """The name after its parents' (`北京市朝阳区`), none said twice."""
        return "".join(dict.fromkeys(link.name for link in self.chain))


@dataclass(frozen=True, slots=True)
class Place:
    """The place at the start of a name: its printed words, the divisions they can mean, the rest.

    `unlisted` names a zone or place that follows and is not on the list: then the divisions are
    only where it lies.
    """

    printed: str
    divisions: tuple[Division, ...]
    rest: str
    unlisted: str = ""


def area(code: str) -> str:
    """The digits with which the code of every division in it begins: 321300 -> 3213."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def find_division(code: str) -> Division | None:
    """The division of a six-figure code, None where the list has none."""
    return _by_code().get(code)


@cache
def all_divisions() -> tuple[Division, ...]:
    """Every division of the list that can be a body's seat."""
    return tuple(d for d in _by_code().values() if not d.code.startswith(_NO_SEAT))


def resolve_division(name: str, context: str = "") -> tuple[Division, ...]:
    """The divisions that the place at the start of `name` can mean: one when it is certain.

    `name` may be a place or a body (`淮安市洪泽区人民政府`). Several come back when the name is
    ambiguous and `context`, any text, names the parents of none or of more than one. None come
    back for a place that GB/T 2260 does not list.
    """
    place = find_place(name)
    if place.unlisted or len(place.divisions) < 2:
        return () if place.unlisted else place.divisions
    for narrow in (printed_in_full, parents_named):
        found = narrow(place.divisions, fold(context))
        if len(found) == 1:
            return found
    return place.divisions


@lru_cache(maxsize=16384)
def find_place(name: str) -> Place:
    """The chain of places at the start of `name`: `江苏省淮安市洪泽区`, each in the one before."""
    folded = fold(name)
    end, divisions, last = _walk(folded, 0, ())
    rest = folded[end:]
    if divisions and rest.startswith(_TOWNSHIP):  # 城区街道 is a street's name, not a district
        end, rest = last, folded[last:]
        divisions = _walk(folded[:end], 0, ())[1]
    return Place(folded[:end], divisions, rest, _unlisted(rest))


def printed_in_full(divisions: Iterable[Division], text: str) -> tuple[Division, ...]:
    """Those that `text` names directly after a parent: `北京市朝阳区`, `北京朝阳区`."""
    return tuple(
        division
        for division in divisions
        if any(
            names_place(text, parent, division.name)
            for parent in _parent_names(division, short=True)
        )
    )


def parents_named(divisions: Iterable[Division], text: str) -> tuple[Division, ...]:
    """Those of which `text` names a parent that the others do not share."""
    every = tuple(divisions)
    shared = set.intersection(*(set(_parent_names(d)) for d in every)) if len(every) > 1 else set()
    own = [(division, set(_parent_names(division)) - shared) for division in every]
    return tuple(d for d, names in own if any(names_place(text, name) for name in names))


def names_place(text: str, parent: str, rest: str = "") -> bool:
    """Whether `text` prints the name of a city or province (before `rest`), and not only as the
    end of another's: 鞍山市 in 马鞍山市."""
    if parent + rest not in text:
        return False
    other = sum(text.count(name + rest) for name in _longer().get(parent, ()))
    return text.count(parent + rest) > other


@cache
def cities() -> tuple[str, ...]:
    """The names of all provinces and cities."""
    return tuple(dict.fromkeys(d.name for d in all_divisions() if d.level != "district"))


def _parent_names(division: Division, short: bool = False) -> Iterator[str]:
    for link in division.chain[:-1]:
        yield link.name
        if short:
            yield _stem(link)


def _unlisted(rest: str) -> str:
    zone = _ZONE.match(rest)
    if zone:
        return zone[0]
    place = _PLACE.match(rest)
    return place[1] if place and not _COMMON.search(place[1]) else ""


def _walk(
    name: str, start: int, above: tuple[Division, ...]
) -> tuple[int, tuple[Division, ...], int]:
    """Where the chain of places from `start` ends, what its last link means, where that began."""
    for size in range(min(_longest(), len(name) - start), 1, -1):
        word, end = name[start : start + size], start + size
        found = _below(_by_name().get(word, ()), above)
        if found and not (word.endswith("市") and name.startswith("场", end)):
            deeper = _walk(name, end, found)
            return deeper if deeper[0] > end else (end, found, start)
        # 北京朝阳区: a parent without its 市 counts only where a place inside it follows.
        found = _below(_by_stem().get(word, ()), above)
        deeper = _walk(name, end, found) if found else (end, (), start)
        if deeper[0] > end:
            return deeper
    return start, above, start


def _below(divisions: tuple[Division, ...], above: tuple[Division, ...]) -> tuple[Division, ...]:
    """Those inside one of `above`; all where nothing stands above."""
    if not above:
        return divisions
    codes = {division.code for division in above}
    return tuple(d for d in divisions if any(link.code in codes for link in d.chain[:-1]))


def _stem(division: Division) -> str:
    """The name as it stands before another place: 北京, 广西, 长春."""
    region = _REGION.match(division.name)
    return region[1] if region else division.name.removesuffix("市")


@cache
def _by_code() -> dict[str, Division]:
    file = resources.files(__package__).joinpath("divisions.csv")
    with file.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return {row["code"]: Division(**{key: row[key] for key in _COLUMNS}) for row in rows}


_COLUMNS = ("code", "name", "level", "parent")


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    """Divisions by each name they are called by, without the 市辖区 rows named like their 市."""
    found: dict[str, tuple[Division, ...]] = {}
    for division in _by_code().values():
        above = _by_code().get(division.parent)
        if division.code.startswith(_NO_SEAT) or (above and above.name == division.name):
            continue
        short = _AUTONOMOUS.match(division.name)
        for name in {division.name, short[1] + short[2] if short else division.name}:
            found[name] = (*found.get(name, ()), division)
    return found


@cache
def _by_stem() -> dict[str, tuple[Division, ...]]:
    found: dict[str, tuple[Division, ...]] = {}
    for name, divisions in _by_name().items():
        for division in divisions:
            stem = _stem(division)
            if division.level != "district" and name == division.name and len(stem) > 1:
                found[stem] = (*found.get(stem, ()), division)
    return found


@cache
def _longer() -> dict[str, list[str]]:
    """Names of provinces and cities, and their short forms, that end other such names."""
    names = {*cities(), *_by_stem()}
    ending = {name: [other for other in names if other.endswith(name)] for name in names}
    return {name: [o for o in found if o != name] for name, found in ending.items() if found[1:]}


@cache
def _longest() -> int:
    return max(map(len, _by_name()))
