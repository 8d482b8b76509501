"""Planning an import of enterprises."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.ids import new_id
from ipweek.domain.import_report import FieldChange, RowChange
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import EnterpriseDraft
from ipweek.domain.text import enterprise_key, folded
from ipweek.domain.words import LabelKind, RowOutcome
from ipweek.services.import_diffs import field_changes, listed, new_values
from ipweek.services.import_lookups import EnterpriseIndex, KnownEnterprise, industries
from ipweek.services.import_plan import Held, Plan, RowResult
from ipweek.services.marks import is_synthetic
from ipweek.services.matching import enterprise_code
from ipweek.storage.tables import Base
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
)

_NO_INDUSTRY = frozenset(map(folded, ("其他", "其它", "无", "other", "none")))
_FIELDS = ("name_en", "short_name", "credit_code", "district", "quota", "note")
_CONTACT = {"name": "contact", "phone": "contact_phone", "email": "contact_email"}


class EnterprisePlanner:
    """Turns drafts into a plan against what is there; what a row changes, the rows after it find changed.

    Of several rows about one enterprise the first counts, and the others fill what it leaves open.
    """

    def __init__(self, session: Session) -> None:
        self._synthetic = is_synthetic(session)
        self._index = EnterpriseIndex(session)
        self._industries, self._industry_names = industries(session)
        self._unknown: set[str] = set()
        self._held = _held(session)
        self._held_industries = _grouped(
            session, EnterpriseIndustry.enterprise_id, EnterpriseIndustry.industry_id
        )
        self._held_labels: dict[tuple[UUID, LabelKind], Held] = {
            (row.enterprise_id, row.label): {"id": row.id, "certificate": row.certificate}
            for row in session.scalars(select(EnterpriseLabel))
        }
        self._held_contacts = _contacts(session)
        self._rows: dict[UUID, int] = {}
        self.plan = Plan()

    def add(self, draft: EnterpriseDraft) -> None:
        """Plan one row."""
        found = self._index.find(draft.name, draft.credit_code)
        if found is None:
            self._insert(draft)
            return
        held = self._held[found.id]
        again = self._rows.setdefault(found.id, draft.row) != draft.row
        self._warn_of_what_differs(draft, found)
        values = self._values(held, draft, again=again)
        diff = field_changes(held, values)
        before = self.plan.change(Enterprise, held, values) if values else {}
        diff += self._sides(found.id, draft, again=again)
        outcome = RowOutcome.UPDATED if diff else RowOutcome.UNCHANGED
        after = {name: held[name] for name in before}
        self.plan.results.append(RowResult(draft.row, outcome, found.id, before, after))
        if diff:
            self.plan.changes.append(RowChange(draft.row, outcome, found.name, tuple(diff)))

    def _insert(self, draft: EnterpriseDraft) -> None:
        identity = new_id()
        latin = draft.name.isascii()
        row: Held = {
            "id": identity,
            "code": enterprise_code(identity),
            "name_zh": None if latin else draft.name,
            "name_en": draft.name_en or (draft.name if latin else None),
            "short_name": draft.short_name,
            "key": enterprise_key(draft.name),
            "sort_key": pinyin.sort_key(draft.name),
            "credit_code": draft.credit_code,
            "district": draft.district,
            "quota": draft.quota,
            "note": draft.note,
            "synthetic": self._synthetic,
        }
        similar = self._index.similar(draft.name)
        self.plan.insert(Enterprise, row)
        self._held[identity], self._rows[identity] = row, draft.row
        self._index.add(KnownEnterprise(identity, draft.name, draft.credit_code))
        self._sides(identity, draft)
        self.plan.results.append(RowResult(draft.row, RowOutcome.ADDED, identity))
        self.plan.changes.append(RowChange(draft.row, RowOutcome.ADDED, draft.name, (), similar))

    def _warn_of_what_differs(self, draft: EnterpriseDraft, found: KnownEnterprise) -> None:
        if (first := self._rows[found.id]) != draft.row:
            self._warn(draft, "name", draft.name, "twice-in-file", first=first)
        known = self._held[found.id]["credit_code"]
        if draft.credit_code and known and draft.credit_code != known:
            code = "credit-code-differs"
            self._warn(draft, "credit_code", draft.credit_code, code, known=known, enterprise=found.name)

    def _values(self, held: Held, draft: EnterpriseDraft, *, again: bool) -> dict[str, Any]:
        """What the row says that is not so yet; a known credit code stays."""
        given = {name: getattr(draft, name) for name in _FIELDS}
        if held["credit_code"]:
            given["credit_code"] = None
        values = new_values(held, given, again=again)
        return values | ({"archived_at": None} if held.get("archived_at") else {})

    def _sides(self, enterprise: UUID, draft: EnterpriseDraft, *, again: bool = False) -> list[FieldChange]:
        """Industries, labels and the contact; what of them is new or changed."""
        diff = self._industries_of(enterprise, draft)
        if draft.high_tech:
            diff += self._label(enterprise, draft, LabelKind.HIGH_TECH, None)
        if draft.certificate:
            diff += self._label(enterprise, draft, LabelKind.IP_MANAGEMENT, draft.certificate, again=again)
        if draft.contact or draft.contact_phone or draft.contact_email:
            diff += self._contact(enterprise, draft, again=again)
        return diff

    def _industries_of(self, enterprise: UUID, draft: EnterpriseDraft) -> list[FieldChange]:
        held = self._held_industries.setdefault(enterprise, {})
        before = listed(self._industry_names[one] for one in held)
        for word in draft.industries:
            industry = self._industries.get(folded(word))
            if industry is None:
                self._warn_of_unknown(draft, word)
            elif industry not in held:
                held[industry] = None
                self.plan.insert(EnterpriseIndustry, {"enterprise_id": enterprise, "industry_id": industry})
        after = listed(self._industry_names[one] for one in held)
        return [FieldChange("industries", before, after)] if after != before else []

    def _warn_of_unknown(self, draft: EnterpriseDraft, word: str) -> None:
        """Once per word."""
        key = folded(word)
        if key not in _NO_INDUSTRY and key not in self._unknown:
            self._unknown.add(key)
            self._warn(draft, "industries", word, "industry-unknown")

    def _label(
        self,
        enterprise: UUID,
        draft: EnterpriseDraft,
        label: LabelKind,
        certificate: str | None,
        *,
        again: bool = False,
    ) -> list[FieldChange]:
        held = self._held_labels.get((enterprise, label))
        if held is None:
            row: Held = {"id": new_id(), "enterprise_id": enterprise}
            row |= {"label": label, "certificate": certificate}
            self._held_labels[enterprise, label] = row
            self.plan.insert(EnterpriseLabel, row)
            self.plan.added_beside("label", draft.row, row, ("certificate",))
            return [FieldChange("certificate" if certificate else "high_tech", None, certificate or "yes")]
        values = new_values(held, {"certificate": certificate}, again=again)
        return self._beside(EnterpriseLabel, "label", draft.row, held, values)

    def _contact(self, enterprise: UUID, draft: EnterpriseDraft, *, again: bool) -> list[FieldChange]:
        given = {name: getattr(draft, field) or None for name, field in _CONTACT.items()}
        known = self._held_contacts.setdefault(enterprise, [])
        held = _meant(known, given)
        if held is not None:
            values = new_values(held, given, again=again)
            return self._beside(EnterpriseContact, "contact", draft.row, held, values)
        row: Held = {"id": new_id(), "enterprise_id": enterprise, **given}
        known.append(row)
        self.plan.insert(EnterpriseContact, row)
        self.plan.added_beside("contact", draft.row, row, _CONTACT)
        return field_changes({}, {name: value for name, value in given.items() if value}, _CONTACT)

    def _beside(
        self, table: type[Base], kind: str, number: int, held: Held, values: Held
    ) -> list[FieldChange]:
        if not values:
            return []
        diff = field_changes(held, values, _CONTACT if kind == "contact" else None)
        self.plan.beside(kind, number, held, self.plan.change(table, held, values))
        return diff

    def _warn(self, draft: EnterpriseDraft, name: str, value: str, code: str, /, **params: object) -> None:
        self.plan.warnings.append(Problem(draft.row, name, value, code, "warning", params))


def _meant(known: list[Held], given: Held) -> Held | None:
    """The contact of the same phone or address, else of the same name, else one that the row does not contradict."""
    for name in ("phone", "email", "name"):
        for held in known:
            if given[name] and held[name] == given[name]:
                return held
    open_ = (held for held in known if all(not value or not held[name] for name, value in given.items()))
    return next(open_, None)


def _held(session: Session) -> dict[UUID, Held]:
    columns = (Enterprise.id, Enterprise.archived_at, *(getattr(Enterprise, name) for name in _FIELDS))
    return {row["id"]: dict(row) for row in session.execute(select(*columns)).mappings()}


def _contacts(session: Session) -> dict[UUID, list[Held]]:
    found: dict[UUID, list[Held]] = {}
    columns = (EnterpriseContact.id, EnterpriseContact.enterprise_id)
    columns += tuple(getattr(EnterpriseContact, name) for name in _CONTACT)
    for row in session.execute(select(*columns).order_by(EnterpriseContact.id)).mappings():
        found.setdefault(row["enterprise_id"], []).append(dict(row))
    return found


def _grouped(session: Session, own: Any, other: Any) -> dict[UUID, dict[UUID, None]]:
    found: dict[UUID, dict[UUID, None]] = {}
    for left, right in session.execute(select(own, other)):
        found.setdefault(left, {})[right] = None
    return found
