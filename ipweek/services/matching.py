"""Who and which enterprise is meant: the same rules at the desk and in an import."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ipweek.adapters import pinyin
from ipweek.domain.ids import new_id
from ipweek.domain.text import enterprise_key, folded
from ipweek.services.marks import is_synthetic
from ipweek.storage.tables.enterprises import Enterprise, EnterpriseAlias
from ipweek.storage.tables.people import Person


def enterprise_code(identity: UUID) -> str:
    """The short code of an enterprise that nobody gave one."""
    return f"e-{identity.hex[-8:]}"


def enterprise_of(session: Session, typed: str) -> Enterprise | None:
    """The enterprise of a code, a credit code, or a name or alias that matches by `enterprise_key`."""
    text = typed.strip()
    if not text:
        return None
    key = enterprise_key(text)
    coded = or_(Enterprise.code == text.lower(), Enterprise.credit_code == text.upper())
    known = session.scalars(
        select(Enterprise)
        .where(or_(coded, Enterprise.key == key), Enterprise.archived_at.is_(None))
        .order_by(coded.desc().nulls_last(), Enterprise.id)
        .limit(1)
    ).first()
    if known is not None:
        return known
    return session.scalars(
        select(Enterprise)
        .join(EnterpriseAlias, EnterpriseAlias.enterprise_id == Enterprise.id)
        .where(EnterpriseAlias.key == key, Enterprise.archived_at.is_(None))
        .order_by(Enterprise.id)
        .limit(1)
    ).first()


def enterprise_or_new(session: Session, typed: str) -> Enterprise | None:
    """The enterprise meant, added by its name where there is none yet; None for an empty text."""
    if not typed.strip():
        return None
    found = enterprise_of(session, typed)
    if found is None:
        identity = new_id()
        found = Enterprise(
            id=identity,
            code=enterprise_code(identity),
            key=enterprise_key(typed),
            sort_key=pinyin.sort_key(typed),
            synthetic=is_synthetic(session),
            **_named(typed),
        )
        session.add(found)
        session.flush()
    return found


def _named(name: str) -> dict[str, str]:
    return {"name_en" if name.isascii() else "name_zh": name}


def person_of(session: Session, name: str, phone: str | None, enterprise: UUID | None) -> Person | None:
    """The person of the same phone and name; without a phone, of the same name in the same enterprise.

    A known phone under another name is another person. Of two with one name, the one without a phone is meant.
    """
    query = select(Person).where(Person.archived_at.is_(None))
    query = query.order_by(Person.phone.is_not(None), Person.id)
    if phone:
        candidates = session.scalars(query.where(Person.phone == phone)).all()
    else:
        candidates = session.scalars(
            query.where(Person.name == name, Person.enterprise_id == enterprise)
        ).all()
    wanted = folded(name)
    return next((person for person in candidates if folded(person.name) == wanted), None)


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


def keep_findable(session: Session, enterprise: Enterprise) -> None:
    """Let the people of an enterprise be found by the name that it has now."""
    name = enterprise.name_zh or enterprise.name_en
    for person in session.scalars(select(Person).where(Person.enterprise_id == enterprise.id)):
        person.search_key = longer_key(person.search_key, name)
