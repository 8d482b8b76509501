"""Planning an import of enterprises."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.ids import new_id
from ipweek.domain.import_contacts import ContactDraft
from ipweek.domain.import_labels import LabelDraft, field_of
from ipweek.domain.import_report import FieldChange, RowChange
from ipweek.domain.import_rows import Problem
from ipweek.domain.imports import EnterpriseDraft
from ipweek.domain.text import enterprise_key, folded
from ipweek.domain.words import LabelKind, RowOutcome
from ipweek.services import import_groups as groups
from ipweek.services.import_diffs import field_changes, listed, new_values
from ipweek.services.import_identities import EnterpriseCodes, keep_findable
from ipweek.services.import_lookups import EnterpriseIndex, KnownEnterprise, industries
from ipweek.services.import_plan import Held, Plan, RowResult
from ipweek.services.marks import is_synthetic
from ipweek.services.matching import enterprise_code
from ipweek.storage.tables import Base
from ipweek.storage.tables.enterprises import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseContact,
    EnterpriseIndustry,
    EnterpriseLabel,
)

_NO_INDUSTRY = frozenset(map(folded, ("其他", "其它", "无", "other", "none")))
_FIELDS = ("name_en", "short_name", "credit_code", "district", "quota", "note")
_LABEL = ("certificate", "valid_from", "valid_to")
_CONTACT = {"name": "contact", "phone": "contact_phone", "email": "contact_email", "role": "contact_role"}


class EnterprisePlanner:
    """Turns drafts into a plan against what is there; what a row changes, the rows after it find changed.

    Of several rows about one enterprise the first counts, and the others fill what it leaves open.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._synthetic = is_synthetic(session)
        self.index, self.codes = EnterpriseIndex(session), EnterpriseCodes(session)
        self._industries, self._industry_names = industries(session)
        self._unknown: set[str] = set()
        self.held = _held(session)
        self._held_industries = _grouped(
            session, EnterpriseIndustry.enterprise_id, EnterpriseIndustry.industry_id
        )
        self._held_labels = _labels(session)
        self._held_contacts = _contacts(session)
        self._held_aliases = _aliases(session)
        self._rows: dict[UUID, int] = {}
        self._groups: list[groups.Wish] = []
        self._aliases: dict[UUID, list[str]] = {}
        self.plan = Plan()

    def add(self, draft: EnterpriseDraft) -> None:
        """Plan one row."""
        found = self._find(draft)
        if found is None:
            self._insert(draft)
            return
        held = self.held[found.id]
        first = self._rows.setdefault(found.id, draft.row)
        again = first != draft.row
        if again:
            self.warn(draft, "name", draft.name, "twice-in-file", first=first)
        values = self._values(held, draft, again=again)
        diff = field_changes(held, values)
        before = self._change(held, values) if values else {}
        diff += self._sides(found.id, draft, again=again)
        outcome = RowOutcome.UPDATED if diff else RowOutcome.UNCHANGED
        after = {name: held[name] for name in before}
        result = RowResult(draft.row, outcome, found.id, before, after)
        self.plan.results.append(result)
        if diff:
            self.plan.changes.append(RowChange(draft.row, outcome, found.name, tuple(diff)))
        self._note_group(draft, result)

    def _find(self, draft: EnterpriseDraft) -> KnownEnterprise | None:
        """The enterprise that a row means; a credit code that speaks against it is told."""
        found = self.codes.find(draft.code, draft.name, draft.credit_code)
        if found is not None:
            other = (
                found if draft.credit_code and found.credit_code not in (None, draft.credit_code) else None
            )
        else:
            found = self.index.find(draft.name, draft.credit_code)
            other = self.index.contradicted(draft.name, draft.credit_code)
        if other is not None:
            code, known = draft.credit_code or "", other.credit_code
            self.warn(draft, "credit_code", code, "credit-code-differs", known=known, enterprise=other.name)
        return found

    def finish(self) -> None:
        """Put enterprises into the groups that their rows name, once all rows are there, and keep people findable."""
        keep_findable(self._session, self.plan, self._aliases)
        if self._groups:
            groups.join(self._session, self, self._groups)

    def _insert(self, draft: EnterpriseDraft) -> None:
        similar = self.index.similar(draft.name)
        identity = self.new(draft.name, draft)
        self._rows[identity] = draft.row
        self._sides(identity, draft)
        result = RowResult(draft.row, RowOutcome.ADDED, identity)
        self.plan.results.append(result)
        self.plan.changes.append(RowChange(draft.row, RowOutcome.ADDED, draft.name, (), similar))
        self._note_group(draft, result)

    def new(self, name: str, draft: EnterpriseDraft | None = None) -> UUID:
        """Plan a new enterprise, with what a row says of it, and let later rows find it."""
        identity, latin, said = new_id(), name.isascii(), draft or EnterpriseDraft(0, name)
        row: Held = {
            "id": identity,
            "code": enterprise_code(identity),
            "name_zh": None if latin else name,
            "name_en": said.name_en or (name if latin else None),
            "short_name": said.short_name,
            "key": enterprise_key(name),
            "sort_key": pinyin.sort_key(name),
            "credit_code": said.credit_code,
            "district": said.district,
            "quota": said.quota,
            "group_id": None,
            "note": said.note,
            "synthetic": self._synthetic,
        }
        row["key_en"] = enterprise_key(row["name_en"]) if row["name_en"] else None
        self.plan.insert(Enterprise, row)
        self.held[identity] = row
        self.index.add(KnownEnterprise(identity, name, said.credit_code))
        return identity

    def _note_group(self, draft: EnterpriseDraft, result: RowResult) -> None:
        if draft.group is not None:
            self._groups.append((draft, result))

    def _values(self, held: Held, draft: EnterpriseDraft, *, again: bool) -> dict[str, Any]:
        """What the row says that is not so yet; a known credit code stays."""
        given = {name: getattr(draft, name) for name in _FIELDS}
        if held["credit_code"]:
            given["credit_code"] = None
        values = new_values(held, given, again=again)
        return values | ({"archived_at": None} if held.get("archived_at") else {})

    def _change(self, held: Held, values: dict[str, Any]) -> dict[str, Any]:
        """Plan a change of an enterprise; returns the former values of one that is known."""
        follows = {"key_en": enterprise_key(values["name_en"])} if "name_en" in values else {}
        before = self.plan.change(Enterprise, held, values | follows)
        before.pop("key_en", None)  # follows from the English name
        return before

    def _sides(self, enterprise: UUID, draft: EnterpriseDraft, *, again: bool = False) -> list[FieldChange]:
        """Industries, labels, contacts and other names; what of them is new or changed."""
        diff = self._industries_of(enterprise, draft)
        for label in draft.labels:
            diff += self._label(enterprise, draft, label, again=again)
        if draft.contact or draft.contact_phone or draft.contact_email:
            main = ContactDraft(*(getattr(draft, field) for field in _CONTACT.values()))
            diff += self._contact(enterprise, draft, main, again=again)
        for contact in draft.contacts:
            diff += self._contact(enterprise, draft, contact, again=again)
        return diff + self._other_names(enterprise, draft)

    def _other_names(self, enterprise: UUID, draft: EnterpriseDraft) -> list[FieldChange]:
        """Aliases that are none of its names yet, nor another's."""
        if not draft.aliases:
            return []
        known = self._held_aliases.setdefault(enterprise, {enterprise_key(draft.name)})
        added = []
        for name in draft.aliases:
            key, other = enterprise_key(name), self.index.find(name, None)
            if key in known:
                continue
            if other is not None and other.id != enterprise:
                self.warn(draft, "aliases", name, "name-taken", name=name, enterprise=other.name)
                continue
            known.add(key)
            row: Held = {"id": new_id(), "enterprise_id": enterprise, "name": name, "key": key}
            self.plan.insert(EnterpriseAlias, row)
            self._aliases.setdefault(enterprise, []).append(name)
            added.append(name)
        return [FieldChange("aliases", None, listed(added))] if added else []

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
            self.warn(draft, "industries", word, "industry-unknown")

    def _label(
        self, enterprise: UUID, draft: EnterpriseDraft, label: LabelDraft, *, again: bool
    ) -> list[FieldChange]:
        held = self._held_labels.get((enterprise, label.label))
        given = {name: getattr(label, name) for name in _LABEL}
        names = _label_fields(label.label)
        if held is not None:
            values = new_values(held, given, again=again)
            return self._beside(EnterpriseLabel, "label", draft.row, held, values, names)
        row: Held = {"id": new_id(), "enterprise_id": enterprise, "label": label.label, **given}
        self._held_labels[enterprise, label.label] = row
        self.plan.insert(EnterpriseLabel, row)
        self.plan.added_beside("label", draft.row, row, _LABEL)
        said = {name: value for name, value in given.items() if value}
        return [
            FieldChange(field_of(label.label, ""), None, "yes"),
            *field_changes({}, said, names),
        ]

    def _contact(
        self, enterprise: UUID, draft: EnterpriseDraft, said: ContactDraft, *, again: bool
    ) -> list[FieldChange]:
        given = {name: getattr(said, name) for name in _CONTACT}
        known = self._held_contacts.setdefault(enterprise, [])
        held = _meant(known, given)
        if held is not None:
            values = new_values(held, given, again=again)
            return self._beside(EnterpriseContact, "contact", draft.row, held, values, _CONTACT)
        row: Held = {"id": new_id(), "enterprise_id": enterprise, "main": not known, **given}
        known.append(row)
        self.plan.insert(EnterpriseContact, row)
        self.plan.added_beside("contact", draft.row, row, _CONTACT)
        return field_changes({}, {name: value for name, value in given.items() if value}, _CONTACT)

    def _beside(
        self,
        table: type[Base],
        kind: str,
        number: int,
        held: Held,
        values: Held,
        names: Mapping[str, str],
    ) -> list[FieldChange]:
        if not values:
            return []
        diff = field_changes(held, values, names)
        self.plan.beside(kind, number, held, self.plan.change(table, held, values))
        return diff

    def warn(self, draft: EnterpriseDraft, name: str, value: str, code: str, /, **params: object) -> None:
        """Tell what is doubtful in a row."""
        self.plan.warnings.append(Problem(draft.row, name, value, code, "warning", params))


def _label_fields(label: LabelKind) -> dict[str, str]:
    """The import's names of what a label holds."""
    parts = {"certificate": "_certificate", "valid_from": "_from", "valid_to": "_to"}
    return {name: field_of(label, part) for name, part in parts.items()}


def _meant(known: list[Held], given: Held) -> Held | None:
    """The contact that says the very same, else of the same phone or address, else of the same name, else one that the
    row does not contradict.
    """
    for held in known:
        if all(held[name] == value for name, value in given.items()):
            return held
    for name in ("phone", "email", "name"):
        for held in known:
            if given[name] and held[name] == given[name]:
                return held
    open_ = (held for held in known if all(not value or not held[name] for name, value in given.items()))
    return next(open_, None)


def _held(session: Session) -> dict[UUID, Held]:
    columns = (Enterprise.id, Enterprise.archived_at, Enterprise.group_id, Enterprise.key_en)
    columns += tuple(getattr(Enterprise, name) for name in _FIELDS)
    return {row["id"]: dict(row) for row in session.execute(select(*columns)).mappings()}


def _labels(session: Session) -> dict[tuple[UUID, LabelKind], Held]:
    columns = (EnterpriseLabel.id, EnterpriseLabel.enterprise_id, EnterpriseLabel.label)
    columns += tuple(getattr(EnterpriseLabel, name) for name in _LABEL)
    rows = session.execute(select(*columns)).mappings()
    return {(row["enterprise_id"], row["label"]): dict(row) for row in rows}


def _contacts(session: Session) -> dict[UUID, list[Held]]:
    found: dict[UUID, list[Held]] = {}
    columns = (EnterpriseContact.id, EnterpriseContact.enterprise_id)
    columns += tuple(getattr(EnterpriseContact, name) for name in _CONTACT)
    for row in session.execute(
        select(*columns).order_by(EnterpriseContact.main.desc(), EnterpriseContact.id)
    ).mappings():
        found.setdefault(row["enterprise_id"], []).append(dict(row))
    return found


def _aliases(session: Session) -> dict[UUID, set[str]]:
    """The keys of all names of each enterprise."""
    found: dict[UUID, set[str]] = {}
    for identity, *keys in session.execute(select(Enterprise.id, Enterprise.key, Enterprise.key_en)):
        found[identity] = {key for key in keys if key}
    for identity, key in session.execute(select(EnterpriseAlias.enterprise_id, EnterpriseAlias.key)):
        found[identity].add(key)
    return found


def _grouped(session: Session, own: Any, other: Any) -> dict[UUID, dict[UUID, None]]:
    found: dict[UUID, dict[UUID, None]] = {}
    for left, right in session.execute(select(own, other)):
        found.setdefault(left, {})[right] = None
    return found
