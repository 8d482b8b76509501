"""Who heard a result, as the command line's JSON."""

from collections.abc import Collection
from typing import Any

from ipweek.domain.figures import Named
from ipweek.domain.reach import Reach, ReachRow
from ipweek.domain.receipts import ReceiptLine
from ipweek.domain.words import ReachState
from ipweek.i18n import language


def reach_json(reach: Reach, states: Collection[ReachState] = tuple(ReachState)) -> dict[str, Any]:
    """Who heard a result; the lists are null where it is not known, and those not asked for are left out."""
    place = reach.place
    released = reach.result.released_on
    parts = {
        ReachState.HEARD: reach.heard,
        ReachState.REGISTERED_ONLY: reach.registered_only,
        ReachState.MISSED: reach.missed,
    }
    return {
        "result": _named(reach.result.result),
        "industry": _named(reach.result.industry),
        "released": None if released is None else str(released),
        "place": {"kind": place.kind, **_named(place.place)} if place else None,
        **{
            state.value: [_row(row) for row in rows] if reach.known else None
            for state, rows in parts.items()
            if state in states
        },
    }


def receipt_json(line: ReceiptLine) -> dict[str, Any]:
    """A report received."""
    return {
        "code": line.code,
        "result": line.result.code,
        "enterprise": _named(line.enterprise) if line.enterprise else None,
        "received_by": line.received_by,
        "received_on": line.received_on,
        "copies": line.copies,
        "event": line.event.code if line.event else None,
        "note": line.note,
    }


def _row(row: ReachRow) -> dict[str, Any]:
    contact = row.contact
    return {
        **_named(row.enterprise),
        "district": row.district,
        "people": row.people,
        "synthetic": row.synthetic,
        "delegates": [
            {"name": one.name, "title": one.title, "status": one.status, "on_leave": one.on_leave,
             "heard": one.heard, "at": one.at}
            for one in row.delegates
        ],
        "contact": {"name": contact.name, "phone": contact.phone, "email": contact.email} if contact else None,
        "reports_received": row.copies,
        "receipts": [receipt_json(line) for line in row.receipts],
        "note": row.note,
    }  # fmt: skip


def _named(named: Named) -> dict[str, Any]:
    return {"code": named.code, "name": named.name(language()), "name_zh": named.zh, "name_en": named.en}
