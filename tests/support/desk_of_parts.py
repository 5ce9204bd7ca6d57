"""An engine's desk without an engine: parts in a real journal, and a link that answers out of it, on the screen's thread."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import cv2
import numpy as np

from camera.frame import PixelFormat
from labeling.codec import annotation_from_json
from labeling.shapes import Polygon, frozen_points
from models.prediction import Defect
from station.desk.messages import (
    Annotate,
    Answer,
    ClassLine,
    FaultLine,
    FromEngine,
    GiveVerdict,
    HeldLine,
    LogIn,
    PartCounts,
    PartFinished,
    RecipeLine,
    Refusal,
    State,
    ToEngine,
    VerdictChanged,
    Welcome,
)
from station.journal.errors import RefusedError
from station.journal.images import encode, encode_preview
from station.journal.store import Journal
from station.line.inspection import (
    Author,
    Finding,
    FindingKind,
    Inspection,
    RecipeRef,
    Trigger,
    Verdict,
    VerdictKind,
    View,
)

WIDTH, HEIGHT = 1600, 1200
SCRATCH = ((520.0, 400.0), (900.0, 470.0))
"""Where the scratch of a bad part runs, from end to end."""
PIT = (1100.0, 800.0)
CLASSES = ("scratch", "dent", "stain", "burr", "pit", "other")


def draw_part(seed: int, *, bad: bool) -> np.ndarray:
    """Draw a brushed plate with holes, grey, with a scratch and a pit where it is bad."""
    random = np.random.default_rng(seed)
    picture = np.full((HEIGHT, WIDTH), 52, np.uint8)
    cv2.rectangle(picture, (140, 110), (1460, 1090), 150, -1)
    for x, y in ((260, 230), (1340, 230), (260, 970), (1340, 970)):
        cv2.circle(picture, (x, y), 52, 60, -1, cv2.LINE_AA)
    cv2.circle(picture, (800, 640), 150, 110, 6, cv2.LINE_AA)
    grain = cv2.GaussianBlur(random.normal(0, 9, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), 6, 0.6)
    picture = np.clip(picture + 4 * grain, 0, 255).astype(np.uint8)
    if bad:
        start, end = (tuple(int(value) for value in place) for place in SCRATCH)
        cv2.line(picture, start, end, 235, 9, cv2.LINE_AA)
        cv2.circle(picture, (int(PIT[0]), int(PIT[1])), 24, 70, -1, cv2.LINE_AA)
    return picture


def scratch_outline(grow: float = 8.0) -> Polygon:
    """The outline that the model draws around the scratch."""
    (x, y), (to_x, to_y) = SCRATCH
    return Polygon(frozen_points([[x, y - grow], [to_x, to_y - grow], [to_x, to_y + grow], [x, y + grow]]))


class Station:
    """Parts and people's work on them; `connect` is what a `DeskLink` is made with."""

    def __init__(self, data: Path, audit_key: Path, *, classes: tuple[ClassLine, ...] = ()) -> None:
        self.data = data
        self.journal = Journal.open(data, audit_key_path=audit_key)
        self.classes = classes or tuple(ClassLine(name=name) for name in CLASSES)
        self.pixel_size_um: float | None = 50.0
        self.asks = False
        """Whether the recipe has a screen ask before a person opposes a sure model."""
        self.passed_already = False
        self.held: tuple[HeldLine, ...] = ()
        self.refuses_login: tuple[str, str] | None = None
        self.wishes: dict[str, str | bool] = {}
        self.sent: list[ToEngine] = []
        self.waiting: deque[tuple[ToEngine, Callable[[Answer], None]]] = deque()
        self.holds_answers = False
        self.up = True
        self.engine = uuid4()
        self.role = "operator"
        self._hear: Callable[[FromEngine], None] = lambda _: None
        self._lose: Callable[[str], None] = lambda _: None
        self._number = 0
        self._start = datetime.now(UTC) - timedelta(minutes=5)
        self._answers: dict[UUID, Answer] = {}

    # Parts ----------------------------------------------------------------------------------------------------------

    def add_part(
        self,
        *,
        bad: bool = True,
        kind: VerdictKind = VerdictKind.NOT_DECIDABLE,
        defects: int = 1,
        size: tuple[int, int] = (WIDTH, HEIGHT),
    ) -> UUID:
        """Record a part as the engine does."""
        self._number += 1
        number = self._number
        pixels = draw_part(number, bad=bad)
        if size != (WIDTH, HEIGHT):
            pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
        image, preview = encode(pixels, PixelFormat.MONO8), encode_preview(pixels, PixelFormat.MONO8)
        pit = Polygon(frozen_points(cv2.ellipse2Poly((int(PIT[0]), int(PIT[1])), (30, 30), 0, 0, 359, 20)))
        found = (Defect("anomaly", 0.91, scratch_outline()), Defect("anomaly", 0.62, pit))[:defects]
        heat = np.zeros((60, 80), np.float32)
        if bad:
            heat[19:24, 25:46] = 0.9
        view = View(
            "top",
            "cam",
            frame_id=number,
            width=size[0],
            height=size[1],
            pixel_format="Mono8",
            image=self.journal.blobs.put(image.data, image.media_type),
            preview=self.journal.blobs.put(preview.data, preview.media_type),
            model_name="plate",
            model_version="3",
            model_sha256="ab" * 32,
            score=0.91 if bad else 0.1,
            defects=found if bad else (),
            heat_map=cv2.GaussianBlur(heat, (0, 0), 1.5),
        )
        when = self._start + timedelta(seconds=10 * number)
        uid = UUID(int=(1 << 100) + number)
        trigger = Trigger(uid, number, 7, number % 256, "", 1000 + number, when, number)
        reason = "scratch 0.31 mm, limit 0.20 mm"
        facts = {"class_name": "scratch", "measured": 0.31, "limit": 0.2, "unit": "mm", "place_px": (285.0, 172.0)}
        finding = Finding("top", FindingKind.LENGTH, kind, reason, **facts)  # type: ignore[arg-type]
        verdict = Verdict(kind, Author.RULES, reason, when, findings=(finding,))
        self.journal.record(Inspection(trigger, RecipeRef("plate-A", 7, "cd" * 32), (view,), verdict, 42))
        return uid

    def announce(self, uid: UUID, *, hold_ms: int = 0, hidden: bool = False) -> None:
        """Tell the screen that a part is durable."""
        summary = self.journal.summary(uid)
        assert summary is not None
        self._hear(
            PartFinished(
                uid=uid,
                part_id=summary.part_id,
                part_seq=summary.part_seq,
                inspection_id=summary.inspection_id,
                time=summary.time,
                verdict=summary.verdict.value,
                reason=summary.reason,
                score=summary.score,
                faulty=False,
                hold_ms=hold_ms,
                hidden=hidden,
            )
        )

    def close(self) -> None:
        """Let go of the journal."""
        self.journal.close()

    # The desk ---------------------------------------------------------------------------------------------------------

    def connect(self, hear: Callable[[FromEngine], None], lose: Callable[[str], None]) -> "Station":
        """Make the link's client."""
        self._hear, self._lose = hear, lose
        return self

    def start(self) -> None:
        """Say what an engine says first."""
        self._hear(self.welcome())
        self.tell_state()

    def stop(self) -> None:
        """The screen lets go."""

    def lose(self) -> None:
        """The engine goes."""
        self.up = False
        self._lose("the engine ended")

    def come_back(self) -> None:
        """The engine is there again."""
        self.up = True
        self.start()

    def send(self, command: ToEngine, answered: Callable[[Answer], None]) -> None:
        """Take a command; it is answered at once unless answers are held."""
        self.sent.append(command)
        self.waiting.append((command, answered))
        if not self.holds_answers and self.up:
            self.answer_all()

    def answer_all(self) -> None:
        """Answer what waits."""
        while self.waiting:
            command, answered = self.waiting.popleft()
            if command.key not in self._answers:
                self._answers[command.key] = self._do(command)
            answered(self._answers[command.key])

    def _do(self, command: ToEngine) -> Answer:
        now = datetime.now(UTC)
        try:
            match command:
                case LogIn():
                    if self.refuses_login:
                        code, text = self.refuses_login
                        return Answer(key=command.key, done=False, refusal=Refusal(code), text=text)
                    result = {"session": "token", "name": command.name or "Mara", "role": self.role, **self.wishes}
                    return Answer(key=command.key, done=True, result=result)
                case GiveVerdict():
                    verdict = Verdict(VerdictKind(command.verdict), Author.OPERATOR, command.reason, now, "Mara")
                    self.journal.give_verdict(command.uid, verdict, VerdictKind(command.seen))
                    self.changed(command.uid, command.verdict)
                    return Answer(
                        key=command.key, done=True, result={"plc_told": True, "passed_already": self.passed_already}
                    )
                case Annotate():
                    annotation = annotation_from_json(command.annotation)
                    self.journal.annotate(command.uid, command.view, command.parent, annotation)
                    return Answer(key=command.key, done=True, result={"revision": str(annotation.uid)})
        except RefusedError as error:
            return Answer(key=command.key, done=False, refusal=error.refusal, text=str(error))
        return Answer(key=command.key, done=False, refusal=Refusal.NOT_NOW, text="not here")

    def changed(self, uid: UUID, verdict: str, author: str = "Mara") -> None:
        """Tell that a verdict was superseded."""
        summary = self.journal.summary(uid)
        assert summary is not None
        self._hear(
            VerdictChanged(
                uid=uid,
                part_seq=summary.part_seq,
                verdict=verdict,  # type: ignore[arg-type]
                by="operator",
                author=author,
                reason="",
                time=datetime.now(UTC),
                plc_told=True,
            )
        )

    def welcome(self) -> Welcome:
        """What every connection begins with."""
        recipe = RecipeLine(
            name="plate-A",
            version=7,
            sha256="cd" * 32,
            number=1,
            takt_ms=12_000,
            pixel_size_um=self.pixel_size_um,
            classes=self.classes,
            wait_ms=0,
            views=("top",),
            ask_when_disagreeing=self.asks,
        )
        return Welcome(
            station="press-3", engine=self.engine, recipe=recipe, recipes=("plate-A",), cameras=("cam",), held=self.held
        )

    def tell_state(self, faults: tuple[FaultLine, ...] = ()) -> None:
        """Say that the line runs, or that something is wrong with it."""
        counts = PartCounts(started=1, finished=1, refused=0, ok=0, ng=0, not_decidable=1)
        self._hear(
            State(
                online=True,
                reason="NONE",
                accepting=True,
                plc_up=True,
                faults=faults,
                awaited=(),
                counts=counts,
                latency_p50_ms=40.0,
                latency_p99_ms=60.0,
            )
        )
