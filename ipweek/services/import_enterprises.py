"""Planning an import of enterprises."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.ids import new_id
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import EnterpriseDraft
from ipweek.domain.text import enterprise_key, folded
from ipweek.domain.words import LabelKind, RowOutcome
from ipweek.services.import_lookups import EnterpriseIndex, KnownEnterprise, industry_words
from ipweek.services.import_plan import Plan, RowResult
from ipweek.services.marks import is_synthetic
from ipweek.services.matching import enterprise_code
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
)

_NO_INDUSTRY = frozenset(map(folded, ("其他", "其它", "无", "other", "none")))
_FIELDS = ("name_en", "short_name", "credit_code", "district", "quota", "note")


class EnterprisePlanner:
    """Turns drafts into a plan against what is there."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._synthetic = is_synthetic(session)
        self._index = EnterpriseIndex(session)
        self._industries = industry_words(session)
        self._unknown: set[str] = set()
        self._held_industries = _grouped(
            session, EnterpriseIndustry.enterprise_id, EnterpriseIndustry.industry_id
        )
        self._held_labels = {
            (row.enterprise_id, row.label): row for row in session.scalars(select(EnterpriseLabel))
        }
        self._held_contacts = {row.enterprise_id: row for row in session.scalars(select(EnterpriseContact))}
        self.plan = Plan()

    def add(self, draft: EnterpriseDraft) -> None:
        """Plan one row."""
        found = self._index.find(draft.name, draft.credit_code)
        if found is None:
            self._insert(draft)
            return
        if draft.credit_code and found.credit_code and draft.credit_code != found.credit_code:
            known, code = found.credit_code, "credit-code-differs"
            self._warn(draft, "credit_code", draft.credit_code, code, known=known, enterprise=found.name)
        before, changed = self._changes(found, draft)
        if changed:
            self.plan.change(Enterprise, found.id, changed)
        sides = self._sides(found.id, draft)
        outcome = RowOutcome.UPDATED if changed or sides else RowOutcome.UNCHANGED
        self.plan.results.append(RowResult(draft.row, outcome, found.id, before))

    def _insert(self, draft: EnterpriseDraft) -> None:
        identity = new_id()
        latin = draft.name.isascii()
        self.plan.insert(
            Enterprise,
            {
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
            },
        )
        self._index.add(KnownEnterprise(identity, draft.name, draft.credit_code, is_new=True))
        self._sides(identity, draft)
        self.plan.results.append(RowResult(draft.row, RowOutcome.ADDED, identity))

    def _changes(
        self, found: KnownEnterprise, draft: EnterpriseDraft
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        row = self._session.get_one(Enterprise, found.id)
        given = {name: getattr(draft, name) for name in _FIELDS if getattr(draft, name) is not None}
        if found.credit_code:
            given.pop("credit_code", None)
        changed = {name: value for name, value in given.items() if getattr(row, name) != value}
        if row.archived_at is not None:
            changed["archived_at"] = None
        return {name: getattr(row, name) for name in changed}, changed

    def _sides(self, enterprise: UUID, draft: EnterpriseDraft) -> bool:
        """Industries, labels and the contact; returns whether any is new or changed."""
        planned = [self._industry(enterprise, draft, word) for word in draft.industries]
        if draft.high_tech:
            planned.append(self._label(enterprise, LabelKind.HIGH_TECH, None))
        if draft.certificate:
            planned.append(self._label(enterprise, LabelKind.IP_MANAGEMENT, draft.certificate))
        if draft.contact or draft.contact_phone or draft.contact_email:
            planned.append(self._contact(enterprise, draft))
        return any(planned)

    def _industry(self, enterprise: UUID, draft: EnterpriseDraft, word: str) -> bool:
        key = folded(word)
        industry = self._industries.get(key)
        if industry is None:
            if key not in _NO_INDUSTRY and key not in self._unknown:
                self._unknown.add(key)
                self._warn(draft, "industries", word, "industry-unknown")
            return False
        held = self._held_industries.setdefault(enterprise, set())
        if industry in held:
            return False
        held.add(industry)
        self.plan.insert(EnterpriseIndustry, {"enterprise_id": enterprise, "industry_id": industry})
        return True

    def _label(self, enterprise: UUID, label: LabelKind, certificate: str | None) -> bool:
        held = self._held_labels.get((enterprise, label))
        if held is None:
            row = {"id": new_id(), "enterprise_id": enterprise, "label": label, "certificate": certificate}
            self.plan.insert(EnterpriseLabel, row)
            return True
        if certificate and held.certificate != certificate:
            self.plan.change(EnterpriseLabel, held.id, {"certificate": certificate})
            return True
        return False

    def _contact(self, enterprise: UUID, draft: EnterpriseDraft) -> bool:
        given = {"name": draft.contact, "phone": draft.contact_phone, "email": draft.contact_email}
        held = self._held_contacts.get(enterprise)
        if held is None:
            self.plan.insert(EnterpriseContact, {"id": new_id(), "enterprise_id": enterprise, **given})
            return True
        changed = {name: value for name, value in given.items() if value and getattr(held, name) != value}
        if changed:
            self.plan.change(EnterpriseContact, held.id, changed)
        return bool(changed)

    def _warn(self, draft: EnterpriseDraft, name: str, value: str, code: str, /, **params: object) -> None:
        self.plan.warnings.append(Problem(draft.row, name, value, code, "warning", params))


def _grouped(session: Session, own: Any, other: Any) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for left, right in session.execute(select(own, other)):
        found.setdefault(left, set()).add(right)
    return found
