"""Why a part is what it is, in the person's language: out of the verdict's findings, which are figures and names.

In English, and where a verdict has no findings (older records), the reason is shown as it was recorded.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QLocale

from station.line.figures import beside_limit
from station.line.inspection import Finding, FindingKind, Verdict, VerdictKind
from station.ui.sentences import said

_BY_SEVERITY = ("critical", "major", "", "minor")


def reason_of(verdict: Verdict, locale: QLocale) -> str:
    """Return a sentence a view: what makes the part what it is, and what was left out there."""
    if not verdict.findings or locale.language() == QLocale.Language.English:
        return said(verdict.reason)
    views = dict.fromkeys(finding.view for finding in verdict.findings)
    texts = {
        view: _of_view([one for one in verdict.findings if one.view == view], verdict.kind, locale) for view in views
    }
    return "; ".join(f"{view}: {text}" for view, text in texts.items() if text)


def _of_view(findings: list[Finding], kind: VerdictKind, locale: QLocale) -> str:
    ignored = [one for one in findings if one.kind is FindingKind.IGNORED]
    reasons = [one for one in findings if one.verdict is kind and one.kind is not FindingKind.IGNORED]
    if not reasons:
        return ""
    reasons.sort(key=lambda one: _BY_SEVERITY.index(one.severity))
    return "; ".join(_with_severity(one, locale) for one in (*reasons, *ignored))


def _with_severity(finding: Finding, locale: QLocale) -> str:
    words = {
        "critical": QCoreApplication.translate("Reasons", "critical"),
        "major": QCoreApplication.translate("Reasons", "major"),
        "minor": QCoreApplication.translate("Reasons", "minor"),
    }
    text = finding_words(finding, locale)
    return f"{text} ({words[finding.severity]})" if finding.severity in words else text


def finding_words(finding: Finding, locale: QLocale) -> str:
    """Return one finding as a sentence; what is not made of figures is the engine's own sentence."""
    if (sized := _SIZED.get(finding.kind)) is not None and finding.measured is not None and finding.limit is not None:
        size, limit = beside_limit(finding.measured, finding.limit, finding.unit or "px", finding.uncertainty)
        text = sized().format(what=_what(finding), size=_local(size, locale), limit=_local(limit, locale))
        return _in_doubt(text) if finding.verdict is VerdictKind.NOT_DECIDABLE else text
    if (other := _OTHERS.get(finding.kind)) is not None and (text := other(finding, locale)):
        return text
    return said(finding.text)


def _score(finding: Finding, locale: QLocale) -> str:
    if finding.measured is None or finding.limit is None:
        return ""
    score, limit = (locale.toString(value, "g", 3) for value in (finding.measured, finding.limit))
    if finding.verdict is VerdictKind.NOT_DECIDABLE:
        text = QCoreApplication.translate("Reasons", "{what}: score {score}, OK only below {limit}")
        text = f"{text}; {_for_a_person()}"
    else:
        text = QCoreApplication.translate("Reasons", "{what}: score {score}, limit {limit}")
    return text.format(what=_what(finding), score=score, limit=limit)


def _count(finding: Finding, locale: QLocale) -> str:
    if finding.measured is None or finding.limit is None:
        return ""
    text = QCoreApplication.translate("Reasons", "{what}: {count} found, limit {limit}")
    count, limit = (locale.toString(round(value)) for value in (finding.measured, finding.limit))
    return text.format(what=_what(finding), count=count, limit=limit)


def _not_accepted(finding: Finding, locale: QLocale) -> str:
    more = round(finding.measured or 1) - 1
    if more:
        text = QCoreApplication.translate("Reasons", "{what} and {count} more, which no rule accepts")
    else:
        text = QCoreApplication.translate("Reasons", "{what}, which no rule accepts")
    return text.format(what=_what(finding), count=locale.toString(more))


def _accepted(finding: Finding, locale: QLocale) -> str:
    if not finding.measured:
        return QCoreApplication.translate("Reasons", "no defect")
    text = QCoreApplication.translate("Reasons", "{count} found, all accepted by the rules")
    return text.format(count=locale.toString(round(finding.measured)))


def _ignored(finding: Finding, _locale: QLocale) -> str:
    if finding.measured is None:
        text = QCoreApplication.translate("Reasons", "nothing under {zone} was inspected")
    else:
        text = QCoreApplication.translate("Reasons", "ignore zone {zone} left something out")
    return text.format(zone=finding.zone)


def _what(finding: Finding) -> str:
    """Say of what a finding speaks: the class, where it lies, and in which zone."""
    anomaly = QCoreApplication.translate("Reasons", "anomaly")
    nameless = {FindingKind.SCORE: anomaly, FindingKind.COUNT: QCoreApplication.translate("Reasons", "defects")}
    what = finding.class_name or nameless.get(finding.kind, QCoreApplication.translate("Reasons", "all defects"))
    what = anomaly if what == "anomaly" else what  # what a model calls a defect that it has no class for
    if finding.place_px is not None:
        at = QCoreApplication.translate("Reasons", "{what} at ({x}, {y}) px")
        x, y = (round(value) for value in finding.place_px)
        what = at.format(what=what, x=x, y=y)
    if finding.zone:
        what = QCoreApplication.translate("Reasons", "{what} in zone {zone}").format(what=what, zone=finding.zone)
    return what


def _in_doubt(text: str) -> str:
    near = QCoreApplication.translate("Reasons", "{0}; too near to tell, {1}")
    return near.format(text, _for_a_person())


def _for_a_person() -> str:
    return QCoreApplication.translate("Reasons", "for a person to decide")


def _local(size: str, locale: QLocale) -> str:
    return size.replace(".", locale.decimalPoint())


_SIZED: Mapping[FindingKind, Callable[[], str]] = MappingProxyType(
    {
        FindingKind.LENGTH: lambda: QCoreApplication.translate("Reasons", "{what}: {size} long, limit {limit}"),
        FindingKind.WIDTH: lambda: QCoreApplication.translate("Reasons", "{what}: {size} wide, limit {limit}"),
        FindingKind.AREA: lambda: QCoreApplication.translate("Reasons", "{what}: {size}, limit {limit}"),
        FindingKind.TOTAL_AREA: lambda: QCoreApplication.translate("Reasons", "{what}: {size} together, limit {limit}"),
        FindingKind.DISTANCE: lambda: QCoreApplication.translate(
            "Reasons", "{what}: {size} from the next, limit {limit}"
        ),
    }
)
_OTHERS: Mapping[FindingKind, Callable[[Finding, QLocale], str]] = MappingProxyType(
    {
        FindingKind.SCORE: _score,
        FindingKind.COUNT: _count,
        FindingKind.NOT_ACCEPTED: _not_accepted,
        FindingKind.ACCEPTED: _accepted,
        FindingKind.IGNORED: _ignored,
    }
)
