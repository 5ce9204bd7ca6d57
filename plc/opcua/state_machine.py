"""The vision system's two state machines as OPC 40100-1 draws them: tables and pure steps, no node and no clock.

`VisionStateMachineType` has a `VisionAutomaticModeStateMachineType` inside its state Operational. Names and numbers are
those of the standard's NodeSet. The step models inside the states are not used.
"""

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum

from plc.opcua.ports import LineState


class State(IntEnum):
    """States of the VisionStateMachineType."""

    PREOPERATIONAL = 1
    HALTED = 2
    ERROR = 3
    OPERATIONAL = 4


class Mode(IntEnum):
    """States of the VisionAutomaticModeStateMachineType."""

    INITIALIZED = 5
    READY = 6
    SINGLE_EXECUTION = 7
    CONTINUOUS_EXECUTION = 8


class Cause(StrEnum):
    """What moves a machine: first the methods that a client calls, then what the system does by itself."""

    HALT = "Halt"
    RESET = "Reset"
    SELECT_MODE_AUTOMATIC = "SelectModeAutomatic"
    PREPARE_RECIPE = "PrepareRecipe"
    UNPREPARE_RECIPE = "UnprepareRecipe"
    PREPARE_PRODUCT = "PrepareProduct"
    UNPREPARE_PRODUCT = "UnprepareProduct"
    START_SINGLE_JOB = "StartSingleJob"
    START_CONTINUOUS = "StartContinuous"
    STOP = "Stop"
    ABORT = "Abort"

    SETTLED = "cameras, model and storage are well"
    FAILED = "a fault stands"
    RECOVERED = "the fault is over"
    LOST = "the engine is gone"
    RECIPE_THERE = "a recipe is in use"
    RECIPE_GONE = "no recipe is in use"
    STARTED_ELSEWHERE = "parts are taken as they come"
    FINISHED = "the job is done"


class Effect(Enum):
    """An event that a transition brings about beside StateChanged, by the name of its type."""

    ERROR = "ErrorEventType"
    ERROR_RESOLVED = "ErrorResolvedEventType"
    RECIPE_PREPARED = "RecipePreparedEventType"
    JOB_STARTED = "JobStartedEventType"
    READY = "ReadyEventType"


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow of the standard; `number` is its TransitionNumber."""

    name: str
    number: int
    source: State | Mode
    target: State | Mode
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """Where both machines are; `mode` is None while the outer one is not Operational."""

    state: State = State.PREOPERATIONAL
    mode: Mode | None = None


class NotNowError(Exception):
    """What was asked is not possible in this state; the text says so."""


_P, _H, _E, _O = State.PREOPERATIONAL, State.HALTED, State.ERROR, State.OPERATIONAL
_I, _R, _S, _C = Mode.INITIALIZED, Mode.READY, Mode.SINGLE_EXECUTION, Mode.CONTINUOUS_EXECUTION

TRANSITIONS: dict[tuple[State | Mode, Cause], Transition] = {
    (_P, Cause.HALT): Transition("PreoperationalToHalted", 121, _P, _H),
    (_P, Cause.FAILED): Transition("PreoperationalToErrorAuto", 130, _P, _E, (Effect.ERROR,)),
    (_P, Cause.SETTLED): Transition("PreoperationalToOperationalAuto", 140, _P, _O),
    (_P, Cause.SELECT_MODE_AUTOMATIC): Transition("PreoperationalToOperational", 141, _P, _O),
    (_H, Cause.RESET): Transition("HaltedToPreoperational", 211, _H, _P),
    (_E, Cause.LOST): Transition("ErrorToPreoperationalAuto", 310, _E, _P),
    (_E, Cause.RESET): Transition("ErrorToPreoperational", 311, _E, _P),
    (_E, Cause.HALT): Transition("ErrorToHalted", 321, _E, _H),
    (_E, Cause.RECOVERED): Transition("ErrorToOperationalAuto", 340, _E, _O, (Effect.ERROR_RESOLVED,)),
    (_O, Cause.LOST): Transition("OperationalToPreoperationalAuto", 410, _O, _P),
    (_O, Cause.RESET): Transition("OperationalToPreoperational", 411, _O, _P),
    (_O, Cause.HALT): Transition("OperationalToHalted", 421, _O, _H),
    (_O, Cause.FAILED): Transition("OperationalToErrorAuto", 430, _O, _E, (Effect.ERROR,)),
    (_I, Cause.RECIPE_THERE): Transition("InitializedToReadyAuto", 560, _I, _R),
    (_I, Cause.PREPARE_RECIPE): Transition("InitializedToReadyRecipe", 561, _I, _R, (Effect.RECIPE_PREPARED,)),
    (_I, Cause.PREPARE_PRODUCT): Transition("InitializedToReadyProduct", 562, _I, _R, (Effect.RECIPE_PREPARED,)),
    (_R, Cause.RECIPE_GONE): Transition("ReadyToInitializedAuto", 650, _R, _I),
    (_R, Cause.UNPREPARE_RECIPE): Transition("ReadyToInitializedRecipe", 651, _R, _I),
    (_R, Cause.UNPREPARE_PRODUCT): Transition("ReadyToInitializedProduct", 652, _R, _I),
    (_R, Cause.START_SINGLE_JOB): Transition("ReadyToSingleExecution", 671, _R, _S, (Effect.JOB_STARTED,)),
    (_R, Cause.STARTED_ELSEWHERE): Transition("ReadyToContinuousExecutionAuto", 680, _R, _C, (Effect.JOB_STARTED,)),
    (_R, Cause.START_CONTINUOUS): Transition("ReadyToContinuousExecution", 681, _R, _C, (Effect.JOB_STARTED,)),
    (_S, Cause.FINISHED): Transition("SingleExecutionToReadyAuto", 760, _S, _R, (Effect.READY,)),
    (_S, Cause.STOP): Transition("SingleExecutionToReadyStop", 761, _S, _R, (Effect.READY,)),
    (_S, Cause.ABORT): Transition("SingleExecutionToReadyAbort", 762, _S, _R, (Effect.READY,)),
    (_C, Cause.FINISHED): Transition("ContinuousExecutionToReadyAuto", 860, _C, _R, (Effect.READY,)),
    (_C, Cause.STOP): Transition("ContinuousExecutionToReadyStop", 861, _C, _R, (Effect.READY,)),
    (_C, Cause.ABORT): Transition("ContinuousExecutionToReadyAbort", 862, _C, _R, (Effect.READY,)),
}

_OUTER = frozenset(cause for state, cause in TRANSITIONS if isinstance(state, State))


def allows(now: Situation, cause: Cause) -> bool:
    """Tell whether there is an arrow for a cause."""
    return (_place(now, cause), cause) in TRANSITIONS


def step(now: Situation, cause: Cause) -> tuple[Situation, Transition]:
    """Take the arrow of a cause. On entering Operational the inner machine is Initialized, on leaving it is gone.

    Raises
    ------
    NotNowError
        If there is no such arrow from here.
    """
    place = _place(now, cause)
    transition = TRANSITIONS.get((place, cause)) if place is not None else None
    if transition is None:
        raise NotNowError(f"{cause.value} is not possible while {describe(now)}")
    if isinstance(transition.target, Mode):
        return Situation(State.OPERATIONAL, transition.target), transition
    inner = Mode.INITIALIZED if transition.target is State.OPERATIONAL else None
    return Situation(transition.target, inner), transition


def _place(now: Situation, cause: Cause) -> State | Mode | None:
    return now.state if cause in _OUTER else now.mode


def describe(now: Situation) -> str:
    """Name a situation as the standard does, such as `Operational/Ready`."""
    return _camel(now.state.name) if now.mode is None else f"{_camel(now.state.name)}/{_camel(now.mode.name)}"


def browse_name(place: State | Mode) -> str:
    """Return a state's name in the NodeSet."""
    return _camel(place.name)


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def next_cause(now: Situation, line: LineState, *, unprepared: bool, job_done: bool) -> Cause | None:
    """Say what moves the machines by itself, None when they rest. To be asked again after each step.

    Parameters
    ----------
    now
        Where the machines are.
    line
        How the line is.
    unprepared
        Whether a client has unprepared the recipe in use.
    job_done
        Whether the single job that was started has its result.
    """
    if not line.attached:
        return Cause.LOST if now.state in {State.OPERATIONAL, State.ERROR} else None
    if line.faults:
        return Cause.FAILED if now.state in {State.OPERATIONAL, State.PREOPERATIONAL} else None
    match now.state:
        case State.ERROR:
            return Cause.RECOVERED
        case State.PREOPERATIONAL:
            return Cause.SETTLED if line.settled else None
        case State.OPERATIONAL:
            return _inner_cause(now, line, prepared=line.recipe is not None and not unprepared, job_done=job_done)
        case State.HALTED:
            return None


def _inner_cause(now: Situation, line: LineState, *, prepared: bool, job_done: bool) -> Cause | None:
    match now.mode:
        case Mode.INITIALIZED if prepared:
            return Cause.RECIPE_THERE
        case Mode.READY if not prepared:
            return Cause.RECIPE_GONE
        case Mode.READY if line.accepting:
            return Cause.STARTED_ELSEWHERE
        case Mode.SINGLE_EXECUTION if job_done:
            return Cause.FINISHED
        case Mode.CONTINUOUS_EXECUTION if not line.accepting and not line.busy:
            return Cause.FINISHED
        case _:
            return None
