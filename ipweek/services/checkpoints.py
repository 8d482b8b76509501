"""Doors: which there are, whom each lets in and when, how many are inside."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from ipweek.domain.actor import Actor
from ipweek.domain.checkin import Door, DoorCount, DoorSettings
from ipweek.domain.errors import AlreadyThereError
from ipweek.domain.operators import Right, Voucher
from ipweek.services import doors
from ipweek.services.base import Service
from ipweek.storage.tables.checkin import Admission


class Checkpoints(Service):
    """What there is to a door besides its scans."""

    def door(self, event_code: str, session_code: str | None = None) -> Door:
        """The door of an event or of one of its sessions. Raises NotFoundError `door-missing`."""
        with self.uow.read() as session:
            return doors.find(session, event_code, session_code)

    def named_door(self, code: str) -> Door:
        """The door of a code. Raises NotFoundError `door-unknown`."""
        with self.uow.read() as session:
            return doors.named(session, code)

    def doors(self, event_code: str) -> tuple[Door, ...]:
        """All doors of an event, its own first. Raises NotFoundError `event-missing`."""
        with self.uow.read() as session:
            return doors.of_event(session, event_code)

    def open_door(
        self,
        actor: Actor,
        event_code: str,
        session_code: str | None = None,
        settings: DoorSettings | None = None,
    ) -> Door:
        """The door of an event or session, made where there is none; one that exists keeps its settings.

        Raises NotFoundError `event-missing` or `session-missing`.
        """

        def ensure() -> Door:
            with self.uow.write() as session:
                return doors.ensure(session, actor, self.clock(), event_code, session_code, settings)

        return self.uow.repeated(ensure)

    def add_door(
        self,
        actor: Actor,
        event_code: str,
        session_code: str | None = None,
        settings: DoorSettings | None = None,
        by: Voucher | None = None,
    ) -> Door:
        """Make the door of an event or session that has none.

        Raises AlreadyThereError `door-exists`; else as `open_door` and `change_door`.
        """
        self.rights.require(actor, Right.DOORS, by)
        with self.uow.write() as session:
            if doors.look_for(session, event_code, session_code) is not None:
                raise AlreadyThereError("door-exists", event=event_code, session=session_code)
            made = doors.ensure(session, actor, self.clock(), event_code, session_code)
            return doors.change(session, actor, self.clock(), made.id, settings or DoorSettings())

    def door_settings(self, door: Door) -> DoorSettings:
        """Whom the door lets in and when."""
        with self.uow.read() as session:
            return doors.settings_of(session, door.id)

    def change_door(
        self, actor: Actor, door: Door, settings: DoorSettings, by: Voucher | None = None
    ) -> Door:
        """Replace a door's settings. A new limit counts who is inside already; the excess shows as `over`.

        Raises InvalidError `door-window` or `door-capacity`, NotFoundError `door-missing` or for an enterprise or
        industry, DeniedError.
        """
        self.rights.require(actor, Right.DOORS, by)
        with self.uow.write() as session:
            return doors.change(session, actor, self.clock(), door.id, settings)

    def remove_door(self, actor: Actor, door: Door, by: Voucher | None = None) -> bool:
        """Remove a door; one with history is archived instead, and the answer is True. Raises DeniedError."""
        self.rights.require(actor, Right.DOORS, by)
        with self.uow.write() as session:
            return doors.remove(session, actor, self.clock(), door.id)

    def count(self, door: Door) -> DoorCount:
        """How many are inside, against the door's capacity."""
        with self.uow.read() as session:
            return doors.count(session, door.id)

    def inside(self, door: Door, registrations: Iterable[UUID]) -> frozenset[UUID]:
        """Who of these is inside at this door."""
        with self.uow.read() as session:
            wanted = select(Admission.registration_id).where(
                Admission.checkpoint_id == door.id,
                Admission.inside,
                Admission.registration_id.in_(tuple(registrations)),
            )
            return frozenset(session.scalars(wanted))
