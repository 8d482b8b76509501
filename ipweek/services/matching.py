"""Who and which enterprise is meant: the same rules at the desk and in an import."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from ipweek.adapters import credit_codes, pinyin
from ipweek.domain.contacts import masked_phone
from ipweek.domain.errors import InvalidError
from ipweek.domain.ids import new_id
from ipweek.domain.text import clean, enterprise_key, folded
from ipweek.services.marks import is_synthetic
from ipweek.storage.queries import merges
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.people import Person


def enterprise_code(identity: UUID) -> str:
    """The short code of an enterprise that nobody gave one."""
    return f"e-{identity.hex[-8:]}"


def enterprise_of(session: Session, typed: str) -> Enterprise | None:
    """The enterprise of a code, a credit code, or a name or alias that matches by `enterprise_key`.

    Codes go before names, the first name before the English one, and own names before aliases: as `EnterpriseIndex`
    has it for an import. Archived enterprises do not match.
    """
    text = clean(typed)
    if not text:
        return None
    key = enterprise_key(text)
    there = or_(Enterprise.archived_at.is_(None), Enterprise.merged_into.is_not(None))
    of_code = or_(Enterprise.code == text.lower(), Enterprise.credit_code == credit_codes.compact(text))
    named = or_(of_code, Enterprise.key == key, Enterprise.key_en == key)
    order = case((of_code, 0), (Enterprise.key == key, 1), else_=2)
    known = session.scalars(
        select(Enterprise)
        .where(named, there)
        .order_by(order, Enterprise.archived_at.is_not(None), Enterprise.id)
        .limit(1)
    ).first()
    if known is not None:
        return merges.kept(session, known)
    return session.scalars(
        select(Enterprise)
        .join(EnterpriseAlias, EnterpriseAlias.enterprise_id == Enterprise.id)
        .where(EnterpriseAlias.key == key, Enterprise.archived_at.is_(None))
        .order_by(EnterpriseAlias.id)
        .limit(1)
    ).first()


def enterprise_or_new(session: Session, typed: str) -> Enterprise | None:
    """The enterprise meant, added by its name where there is none yet; None for an empty text.

    An archived one is brought back by its credit code. Raises InvalidError `credit-code-unknown`: a number is no name.
    """
    name = clean(typed)
    if not name:
        return None
    found = enterprise_of(session, name)
    if found is None and credit_codes.is_one(name):
        code = credit_codes.compact(name)
        found = session.scalar(select(Enterprise).where(Enterprise.credit_code == code))
        if found is None:
            raise InvalidError("credit-code-unknown", field="enterprise", value=name)
        found.archived_at = None
    if found is None:
        identity = new_id()
        found = Enterprise(
            id=identity,
            code=enterprise_code(identity),
            key=enterprise_key(name),
            sort_key=pinyin.sort_key(name),
            synthetic=is_synthetic(session),
            **_named(name),
        )
        session.add(found)
        session.flush()
    return found


def namesakes(session: Session, enterprise: Enterprise) -> Sequence[Enterprise]:
    """The other enterprises that a name of this one matches: the same name under another credit code, or twice."""
    keys = {enterprise.key, enterprise.key_en} - {None}
    aliased = select(EnterpriseAlias.enterprise_id).where(EnterpriseAlias.key.in_(keys))
    same = or_(Enterprise.key.in_(keys), Enterprise.key_en.in_(keys), Enterprise.id.in_(aliased))
    return session.scalars(
        select(Enterprise)
        .where(same, Enterprise.id != enterprise.id, Enterprise.archived_at.is_(None))
        .order_by(Enterprise.id)
    ).all()


def _named(name: str) -> dict[str, str]:
    return {"name_en" if name.isascii() else "name_zh": name}


def person_of(session: Session, name: str, phone: str | None, enterprise: UUID | None) -> Person | None:
    """The person of the same phone and name; without a phone, of the same name in the same enterprise.

    A known phone under another name is another person; a desk's copy knows it masked. Of two with one name, the one
    without a phone is meant.
    Whom a merge found to be somebody is that one.
    """
    query = select(Person).where(or_(Person.archived_at.is_(None), Person.merged_into.is_not(None)))
    query = query.order_by(Person.archived_at.is_not(None), Person.phone.is_not(None), Person.id)
    if phone:
        known = {phone, masked_phone(phone)}
        candidates = session.scalars(query.where(Person.phone.in_(known))).all()
    else:
        candidates = session.scalars(
            query.where(Person.name == name, Person.enterprise_id == enterprise)
        ).all()
    wanted = folded(name)
    named = (merges.kept(session, person) for person in candidates if folded(person.name) == wanted)
    return next((person for person in named if person.archived_at is None), None)


def search_key(name: str, name_latin: str | None, enterprise: str | None, phone: str | None) -> str:
    """What a search looks through: lower case, with pinyin initials and full pinyin of both names."""
    parts = [name, name_latin or "", enterprise or "", phone or "", pinyin.search_forms(name)]
    if enterprise:
        parts.append(pinyin.search_forms(enterprise))
    return " ".join(part.lower() for part in parts if part)


def longer_key(known: str, *names: str | None) -> str:
    """A search key that answers to these names too, and still to those of before."""
    forms = [form for name in names if name for form in (name.lower(), *pinyin.search_forms(name).split())]
    return " ".join([known, *(form for form in dict.fromkeys(forms) if form not in known)])


def keep_findable(session: Session, enterprise: Enterprise, alias: str | None = None) -> None:
    """Let the people of an enterprise be found by the name that it has now, or by another that it goes by too."""
    name = alias or enterprise.name_zh or enterprise.name_en
    for person in session.scalars(select(Person).where(Person.enterprise_id == enterprise.id)):
        person.search_key = longer_key(person.search_key, name)
