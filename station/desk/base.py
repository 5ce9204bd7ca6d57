"""What every line at the desk has in common."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """One line; unknown fields are refused, so that both sides mean the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Command(Message):
    """A request. `session` is what `LogIn` gave; empty where nobody needs to be logged in."""

    key: UUID
    session: str = ""
