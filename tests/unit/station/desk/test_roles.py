"""Who may ask what of the desk."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from asked_desk import Peer, bench, run

from station.desk.desk import FUNCTIONS, IN_ITS_OWN_RIGHT
from station.desk.messages import (
    AddAudit,
    Annotate,
    Attach,
    ChooseRecipe,
    Command,
    GiveVerdict,
    Kind,
    LogIn,
    LogOut,
    ManagePeople,
    ManageRecords,
    Pause,
    Propose,
    Refusal,
    Resume,
    SetPreferences,
    TriggerPart,
    WriteNote,
)
from station.desk.review_messages import (
    Adjudicate,
    DeleteView,
    Relabel,
    ReleaseParts,
    Review,
    SaveView,
    SetGolden,
    TakeParts,
    UndoRelabel,
    UndoReview,
)
from station.people.roles import COMMANDS, Action
from station.review.queue import Outcome, QueueFilter


def every_command(session: str) -> Mapping[str, Command]:
    made: list[Any] = [
        GiveVerdict(key=uuid4(), uid=uuid4(), verdict="OK", seen="NG"),
        Annotate(key=uuid4(), uid=uuid4(), view="top", parent=None, annotation={}),
        Propose(key=uuid4(), uid=uuid4(), view="top", parent=None, annotation={}),
        WriteNote(key=uuid4(), text="hand-over"),
        ChooseRecipe(key=uuid4(), recipe="none such"),
        Pause(key=uuid4(), reason="test"),
        Resume(key=uuid4()),
        TriggerPart(key=uuid4()),
        AddAudit(key=uuid4(), event="write", details={}),
        ManagePeople(key=uuid4(), action="list", details={}),
        ManageRecords(key=uuid4(), action="none such", details={}),
        SetPreferences(key=uuid4(), preferences={}),
        TakeParts(key=uuid4()),
        ReleaseParts(key=uuid4()),
        Review(key=uuid4(), uid=uuid4(), outcome=Outcome.ACCEPT, seen="NG"),
        Adjudicate(key=uuid4(), uid=uuid4(), verdict="OK"),
        UndoReview(key=uuid4(), uid=uuid4()),
        Relabel(key=uuid4(), uids=(uuid4(),), class_name="dent"),
        UndoRelabel(key=uuid4(), relabel=uuid4()),
        SetGolden(key=uuid4(), uid=uuid4(), verdict="NG"),
        SaveView(key=uuid4(), name="mine", filter=QueueFilter()),
        DeleteView(key=uuid4(), name="mine"),
    ]
    return {command.type: command.model_copy(update={"session": session}) for command in made}


MACHINE = {"choose-recipe", "pause", "resume", "trigger-part", "write-note", "set-preferences"}
DECIDE = {"give-verdict", "annotate", "write-note", "set-preferences"}
REVIEW = {name for name, action in COMMANDS.items() if action is Action.REVIEW}
MAY = {
    "Maria": DECIDE,
    "Quinn": DECIDE | REVIEW | {"manage-records"},
    "Erik": DECIDE | MACHINE,
    "Ada": DECIDE | MACHINE | REVIEW | {"manage-people", "manage-records"},
    "Sam": MACHINE | {"manage-people"},
}


def test_who_may_ask_for_what(tmp_path: Path) -> None:
    async def allowed(peer: Peer) -> set[str]:
        answers = {name: await peer.ask(command) for name, command in every_command(peer.session).items()}
        return {name for name, answer in answers.items() if answer.refusal is not Refusal.NOT_ALLOWED}

    async def test() -> None:
        async with bench(tmp_path / "data") as b:
            await b.people()
            for name, may in MAY.items():
                async with b.attached() as peer:
                    assert await allowed(peer) == set(), "nobody is logged in"
                    assert (await peer.log_in(name)).done
                    assert await allowed(peer) == may, name
            for kind in (Kind.GATEWAY, Kind.TOOL):
                async with b.attached(kind) as peer:
                    assert await allowed(peer) == IN_ITS_OWN_RIGHT[kind]
            async with b.attached(session="made up") as peer:
                assert await allowed(peer) == set()

    run(test)


def test_every_command_has_its_doer() -> None:
    apart = {Attach, LogIn, LogOut, SetPreferences, ManagePeople, ManageRecords}
    assert set(FUNCTIONS) | apart == set(Command.__subclasses__())
