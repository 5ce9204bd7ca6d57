"""What is said of outlines: their size in millimetres where a pixel's size is known, and what is wrong with them, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QLocale

from labeling.annotation import Label
from labeling.checks import Finding, Kind, check
from labeling.classes import ClassList
from labeling.edits import Document
from labeling.measure import measure
from labeling.shapes import Keypoint, Polyline, Shape
from station.datasets.millimetres import on_the_part
from station.line.sizes import Scale

_TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Extent:
    """Length and width of a shape; what has none has 0."""

    length: float
    width: float
    unit: str = "mm"


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What a closer look at a document found: what is wrong, and the sizes that were asked for."""

    findings: tuple[Finding, ...]
    sizes: Mapping[UUID, tuple[Shape, Extent]]


class Captions:
    """Knows sizes and findings as soon as somebody has looked; the look itself is slow, and not for the screen's thread.

    Parameters
    ----------
    scale
        Where nothing is known of it, figures are pixels, and say so.
    """

    def __init__(self, locale: QLocale, scale: Scale, picture: tuple[int, int], classes: ClassList) -> None:
        self._locale = locale
        self._scale = scale
        self._picture = picture
        self._classes = classes
        self._sizes: dict[UUID, tuple[Shape, Extent]] = {}
        self.findings: tuple[Finding, ...] = ()
        """What the last look found wrong."""

    def look(self, document: Document, labels: Iterable[Label]) -> Callable[[], Looked]:
        """Return the look at a document and the sizes of some labels, to be taken in any thread; see `take`."""
        shapes = {label.uid: label.shape for label in labels if not self._known(label)}
        picture, classes = self._picture, self._classes

        def look() -> Looked:
            found = check(document, picture, classes)
            sizes = {uid: (shape, self.measured(shape)) for uid, shape in shapes.items()}
            # That an outline has no class is no fault, it is the next step.
            return Looked(tuple(each for each in found if each.kind is not Kind.NO_CLASS), sizes)

        return look

    def take(self, looked: Looked) -> None:
        """Know from now on what a look found."""
        self.findings = looked.findings
        self._sizes |= looked.sizes

    def size(self, label: Label) -> str:
        """Say how large a label is; nothing as long as nobody has looked."""
        return self.words(label.shape, self._sizes[label.uid][1]) if self._known(label) else ""

    def _known(self, label: Label) -> bool:
        known = self._sizes.get(label.uid)
        return known is not None and known[0] is label.shape

    def measured(self, shape: Shape) -> Extent:
        """Measure a shape, its corners mapped to the part where the view is calibrated; slow, and safe in any thread."""
        if (known := on_the_part(self._scale, shape)) is not None:
            return Extent(known.length_mm, known.width_mm)
        size = measure(shape)
        return Extent(size.length_px, size.width_px, unit="px")

    def words(self, shape: Shape, size: Extent) -> str:
        """Length, and width where there is one; nothing for a point."""
        if isinstance(shape, Keypoint):
            return ""
        length, width = (self._number(side, 0 if size.unit == "px" else 2) for side in (size.length, size.width))
        return f"{length} {size.unit}" if isinstance(shape, Polyline) else f"{length} {_TIMES} {width} {size.unit}"

    @property
    def no_millimetres(self) -> str:
        """Why there are none, where there are none."""
        if self._scale.known:
            return ""
        return QCoreApplication.translate("Captions", "in pixels: this recipe does not say how large a pixel is")

    def _number(self, value: float, decimals: int) -> str:
        return self._locale.toString(float(value), "f", decimals)


def finding_words(finding: Finding, class_name: str) -> tuple[str, str]:
    """Return what is wrong in two or three words, and in a sentence with what to do."""
    short = {
        Kind.EMPTY: QCoreApplication.translate("Captions", "covers nothing"),
        Kind.SELF_CROSSING: QCoreApplication.translate("Captions", "crosses itself"),
        Kind.OUT_OF_BOUNDS: QCoreApplication.translate("Captions", "beyond the picture"),
        Kind.TINY: QCoreApplication.translate("Captions", "tiny"),
        Kind.DUPLICATE: QCoreApplication.translate("Captions", "drawn twice"),
        Kind.UNKNOWN_CLASS: QCoreApplication.translate("Captions", "class removed"),
        Kind.NO_CLASS: QCoreApplication.translate("Captions", "no class"),
    }
    long = {
        Kind.EMPTY: QCoreApplication.translate("Captions", "An outline covers nothing: delete it, or draw it again."),
        Kind.SELF_CROSSING: QCoreApplication.translate(
            "Captions", "An outline crosses itself: undo and draw it again, or move its corners."
        ),
        Kind.OUT_OF_BOUNDS: QCoreApplication.translate("Captions", "An outline reaches beyond the picture."),
        Kind.TINY: QCoreApplication.translate(
            "Captions", "An outline is smaller than three pixels: was it a slip of the finger?"
        ),
        Kind.DUPLICATE: QCoreApplication.translate(
            "Captions", "The same defect is outlined twice: delete one of them."
        ),
        Kind.UNKNOWN_CLASS: QCoreApplication.translate(
            "Captions",
            "“{0}” is no class of this recipe any more. The outline keeps it; tap a chip to give it another.",
        ),
        Kind.NO_CLASS: QCoreApplication.translate("Captions", "An outline has no class yet."),
    }
    return short[finding.kind], long[finding.kind].format(class_name)
