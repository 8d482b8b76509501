"""Regions of China as patent data write them: provinces, prefecture cities, postcodes; and foreign countries.

Codes are those of GB/T 2260; a province has two digits, a prefecture city four. The national office writes
`广东;44`, and kept own numbers for some cities that were once listed apart (深圳;94), and for Hainan.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ipweek.domain.errors import InvalidError
from ipweek.domain.text import folded


@dataclass(frozen=True, slots=True)
class Province:
    """A province, or what ranks with one. `postcodes` are the first digits that are its own."""

    code: str
    name: str
    full_name: str
    latin: str
    letters: str
    postcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture city or what ranks with one; the code, the postcodes and the Latin name where we have them."""

    name: str
    province: str
    code: str = ""
    latin: str = ""
    postcodes: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetRegion:
    """The city of a week, with every name by which an address may tell it.

    `province` has two digits; `city_code` four, or two where the city is itself a province. `districts` are
    names that mean this city wherever its province is stated, `sure_districts` even where none is.
    """

    province: str
    city_code: str
    names: tuple[str, ...]
    latin_names: tuple[str, ...]
    districts: tuple[str, ...] = ()
    sure_districts: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()

    @property
    def region_codes(self) -> tuple[str, str]:
        """The six digits of the province and of the city."""
        return self.province.ljust(6, "0"), self.city_code.ljust(6, "0")

    def may_hold(self, town: str) -> bool:
        """Whether a town that is no known city could be one of this city's own, as 昆山市 is of 苏州."""
        return town in self.districts or not self.sure_districts


_PROVINCES = """
11 北京 北京市 Beijing BJ 10|12 天津 天津市 Tianjin TJ 30|13 河北 河北省 Hebei HE 05,06,07
14 山西 山西省 Shanxi SX 03,04|15 内蒙古 内蒙古自治区 InnerMongolia NM 01,02|21 辽宁 辽宁省 Liaoning LN 11,12
22 吉林 吉林省 Jilin JL 13|23 黑龙江 黑龙江省 Heilongjiang HL 15,16|31 上海 上海市 Shanghai SH 20
32 江苏 江苏省 Jiangsu JS 21,22|33 浙江 浙江省 Zhejiang ZJ 31,32|34 安徽 安徽省 Anhui AH 23,24
35 福建 福建省 Fujian FJ 35,36|36 江西 江西省 Jiangxi JX 33,34|37 山东 山东省 Shandong SD 25,26,27
41 河南 河南省 Henan HA 45,46,47|42 湖北 湖北省 Hubei HB 43,44|43 湖南 湖南省 Hunan HN 41,42
44 广东 广东省 Guangdong GD 51,52|45 广西 广西壮族自治区 Guangxi GX 53,54|46 海南 海南省 Hainan HI 57
50 重庆 重庆市 Chongqing CQ 40|51 四川 四川省 Sichuan SC 61,62,63,64|52 贵州 贵州省 Guizhou GZ 55,56
53 云南 云南省 Yunnan YN 65,66,67|54 西藏 西藏自治区 Tibet XZ 85|61 陕西 陕西省 Shaanxi SN 71,72
62 甘肃 甘肃省 Gansu GS 73,74|63 青海 青海省 Qinghai QH 81|64 宁夏 宁夏回族自治区 Ningxia NX 75
65 新疆 新疆维吾尔自治区 Xinjiang XJ 83,84|71 台湾 台湾省 Taiwan TW -|81 香港 香港特别行政区 HongKong HK -
82 澳门 澳门特别行政区 Macao MO -
"""

_GUANGDONG = """
4401 广州 Guangzhou 510,5110,5111,5112,5113,5114|4402 韶关 Shaoguan 512|4403 深圳 Shenzhen 518|4404 珠海 Zhuhai 519
4405 汕头 Shantou 5150,5151,5158,5159|4406 佛山 Foshan 5280,5281,5282,5283,5285
4407 江门 Jiangmen 5290,5291,5292,5293,5294,5297
4408 湛江 Zhanjiang 524|4409 茂名 Maoming 525|4412 肇庆 Zhaoqing 526|4413 惠州 Huizhou 5160,5161,5162,5163,5168
4414 梅州 Meizhou 514|4415 汕尾 Shanwei 5164,5165,5166,5167|4416 河源 Heyuan 517|4417 阳江 Yangjiang 5295,5296,5298,5299
4418 清远 Qingyuan 5115,5116,5117,5118,513|4419 东莞 Dongguan 523|4420 中山 Zhongshan 5284|4451 潮州 Chaozhou 521,5156,5157
4452 揭阳 Jieyang 522,5152,5153,5154,5155|4453 云浮 Yunfu 527
"""

_OTHER_CITIES = """
13 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水|14 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
15 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 阿拉善
21 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
22 长春 吉林 四平 辽源 通化 白山 松原 白城 延边
23 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭
32 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁
33 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水
34 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
35 福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德|36 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
37 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 莱芜 临沂 德州 聊城 滨州 菏泽
41 郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店
42 武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施
43 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西
45 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左|46 海口 三亚 三沙 儋州
51 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山
52 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 黔东南 黔南
53 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 德宏 怒江 迪庆
54 拉萨 日喀则 昌都 林芝 山南 那曲 阿里|61 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
62 兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南|63 西宁 海东 海北 黄南 果洛 玉树 海西
64 银川 石嘴山 吴忠 固原 中卫
65 乌鲁木齐 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰
"""

_COUNTRIES = """
美国 US|日本 JP|韩国 KR|朝鲜 KP|德国 DE|法国 FR|英国 GB|荷兰 NL|瑞士 CH|瑞典 SE|意大利 IT|加拿大 CA|澳大利亚 AU|新西兰 NZ
芬兰 FI|丹麦 DK|挪威 NO|奥地利 AT|比利时 BE|西班牙 ES|葡萄牙 PT|爱尔兰 IE|卢森堡 LU|以色列 IL|新加坡 SG|马来西亚 MY|印度 IN
印度尼西亚 ID|泰国 TH|越南 VN|菲律宾 PH|俄罗斯 RU|乌克兰 UA|波兰 PL|捷克 CZ|匈牙利 HU|希腊 GR|土耳其 TR|巴西 BR|墨西哥 MX
阿根廷 AR|智利 CL|南非 ZA|埃及 EG|沙特阿拉伯 SA|阿联酋 AE|开曼群岛 KY|英属维尔京群岛 VG|百慕大 BM|巴巴多斯 BB|萨摩亚 WS
塞舌尔 SC|列支敦士登 LI|摩纳哥 MC|冰岛 IS|马耳他 MT|塞浦路斯 CY|罗马尼亚 RO|保加利亚 BG|斯洛伐克 SK|斯洛文尼亚 SI|克罗地亚 HR
爱沙尼亚 EE|拉脱维亚 LV|立陶宛 LT|毛里求斯 MU|欧洲专利局 EP|世界知识产权组织 WO
欧专局 EP|中国 CN|中华人民共和国 CN|中国大陆 CN
"""

HUIZHOU_DISTRICTS = (
    "惠城区", "惠阳区", "惠阳市", "博罗县", "惠东县", "龙门县", "仲恺高新", "仲恺区", "仲恺开发区", "大亚湾区",
    "大亚湾经济技术开发区", "大亚湾开发区", "大亚湾西区", "大亚湾石化", "大亚湾澳头", "大亚湾响水河",
)  # fmt: skip
"""Districts and functional zones that no other city of China has under these names."""


def _province(line: str) -> Province:
    code, name, full, latin, letters, posts = line.split()
    return Province(code, name, full, latin, letters, () if posts == "-" else tuple(posts.split(",")))


def _cells(text: str) -> list[str]:
    return [cell for line in text.strip().splitlines() for cell in line.split("|")]


def _guangdong(cell: str) -> City:
    code, name, latin, posts = cell.split()
    districts = HUIZHOU_DISTRICTS if name == "惠州" else ()
    return City(name, "44", code, latin, tuple(posts.split(",")), districts)


PROVINCES: Mapping[str, Province] = MappingProxyType(
    {line[:2]: _province(line) for line in _cells(_PROVINCES)}
)
CITIES: Mapping[str, City] = MappingProxyType(
    {city.name: city for city in map(_guangdong, _cells(_GUANGDONG))}
    | {name: City(name, cell[:2]) for cell in _cells(_OTHER_CITIES) for name in cell.split()[1:]}
)
COUNTRIES: Mapping[str, str] = MappingProxyType(dict(cell.split() for cell in _cells(_COUNTRIES)))
"""Chinese names of countries and offices, with the two letters of WIPO ST.3."""

OFFICE_NUMBERS: Mapping[str, str] = MappingProxyType(
    {"66": "46", "83": "武汉", "85": "50", "87": "西安", "89": "沈阳", "91": "大连", "93": "哈尔滨", "94": "深圳",
     "95": "青岛", "97": "宁波"}
)  # fmt: skip
"""The national office's own numbers, with a province or a city; 81 is Guangzhou and Hong Kong, so neither."""

PROVINCE_NAMES: Mapping[str, str] = MappingProxyType(
    {name: province.code for province in PROVINCES.values() for name in (province.full_name, province.name)}
    | {"广西省": "45", "新疆省": "65", "西藏省": "54", "宁夏省": "64", "内蒙古省": "15", "香港": "81", "澳门": "82",
       "广西自治区": "45", "宁夏自治区": "64", "新疆自治区": "65", "中国台湾": "71", "中国香港": "81", "中国澳门": "82"}
)  # fmt: skip
PROVINCE_LETTERS: Mapping[str, str] = MappingProxyType(
    {province.letters: province.code for province in PROVINCES.values()}
)
PROVINCE_LATIN: Mapping[str, str] = MappingProxyType(
    {folded(province.latin): province.code for province in PROVINCES.values()}
    | {"xizang": "54", "macau": "82", "innermongolia": "15"}
)
CITY_LATIN: Mapping[str, str] = MappingProxyType(
    {folded(city.latin): city.name for city in CITIES.values() if city.latin}
)

_MUNICIPALITIES = frozenset(("11", "12", "31", "50", "71", "81", "82"))
_MIXED_POSTCODES = ("137", "2024", "7503")  # beside a border, where the neighbour's numbers are used


def country_code(name: str) -> str:
    """The two letters of a country or office by its Chinese name, empty where it is not known."""
    return COUNTRIES.get(name.strip(), "")


def postcode_place(postcode: str) -> tuple[str, str]:
    """The province (two digits) and the city's name that a Chinese postcode tells; each may be empty."""
    if len(postcode) != 6 or not postcode.isdecimal() or postcode.startswith(_MIXED_POSTCODES):
        return "", ""
    province = next(
        (one.code for one in PROVINCES.values() if postcode.startswith(one.postcodes or ("-",))), ""
    )
    city = next(
        (one.name for one in CITIES.values() if one.postcodes and postcode.startswith(one.postcodes)), ""
    )
    return province, city


def target_region(
    region_code: str | None = None,
    city_zh: str | None = None,
    city_en: str | None = None,
    districts: tuple[str, ...] = (),
) -> TargetRegion:
    """The region of a week's city by its GB/T 2260 code, its names, or both; `districts` are the caller's.

    Raises InvalidError region-unknown where neither tells the province, and region-code-level for the code
    of a province with cities, or of a district.
    """
    code = "".join(char for char in region_code or "" if char.isdecimal())
    zh = folded(city_zh or "").removesuffix("市")
    known = CITIES.get(zh) or next(
        (city for city in CITIES.values() if city.code and city.code == code[:4]), None
    )
    province = code[:2] if code[:2] in PROVINCES else known.province if known else PROVINCE_NAMES.get(zh, "")
    if not province:
        raise InvalidError("region-unknown", code=region_code or "", city=city_zh or city_en or "")
    municipality = province in _MUNICIPALITIES
    if not municipality and ((len(code) == 6 and code[4:] != "00") or (code and code[2:4] in ("", "00"))):
        raise InvalidError("region-code-level", code=region_code or "", city=city_zh or city_en or "")
    own = known if known and known.province == province else None
    names = dict.fromkeys(name for name in (zh, own.name if own else "") if name)
    latin = dict.fromkeys(folded(name) for name in (city_en or "", own.latin if own else "") if name)
    if municipality:
        names.setdefault(PROVINCES[province].name)
        latin.setdefault(folded(PROVINCES[province].latin))
    return TargetRegion(
        province=province,
        city_code=province if municipality else code[:4] or (own.code if own else ""),
        names=tuple(names),
        latin_names=tuple(name.removesuffix("city") or name for name in latin),
        districts=(*districts, *(own.districts if own else ())),
        sure_districts=own.districts if own else (),
        postcodes=PROVINCES[province].postcodes if municipality else own.postcodes if own else (),
    )
