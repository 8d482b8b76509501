"""A badge to draw, of an invented delegate."""

from typing import Any
from uuid import UUID

from ipweek.domain.badge_code import BadgeCode, badge_number, compose
from ipweek.domain.badges import BadgeFace


def face(number: int, **changes: Any) -> BadgeFace:
    """One with this number."""
    told = {
        "name": "张伟",
        "name_latin": "Zhang Wei",
        "enterprise": "惠州华阳样例有限公司",
        "title": "知识产权经理",
        "category": "企业代表",
        "week": "2019年惠州市知识产权宣传周",
        "event": "重点产业专利导航成果发布会",
        "seat": "A-12",
        "synthetic": True,
    }
    code = compose(BadgeCode(1, badge_number(1, number), 1), bytes(32), UUID(int=7))
    return BadgeFace(registration=UUID(int=number), code=code, **{**told, **changes})
