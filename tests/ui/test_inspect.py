"""The page Inspect, through the whole window: every tap counted, every verdict looked up in the journal."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from whole_screen import OpenScreen, Screen

from station.desk.messages import HeldLine, HoldEnded
from station.line.inspection import Author, Verdict, VerdictKind
from station.ui.pictures import Loader

OK, NG, UNDECIDED = VerdictKind.OK, VerdictKind.NG, VerdictKind.NOT_DECIDABLE


def verdicts(screen: Screen, uid: UUID) -> list[tuple[VerdictKind, Author]]:
    record = screen.station.journal.part(uid)
    assert record is not None
    return [(verdict.kind, verdict.by) for verdict in record.verdicts]


def test_agreeing_is_one_tap_and_saved_is_said_after_it_is(screen: Screen) -> None:
    uid = screen.part(bad=True, kind=NG)
    screen.station.holds_answers = True
    screen.hands.taps = 0
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    assert screen.hands.taps == 1
    assert "saved" not in screen.shell.toast.text, "nothing is saved yet"
    assert screen.inspect.column.verdicts.why_not == "Being saved …"
    screen.station.holds_answers = False
    screen.station.answer_all()
    screen.until(lambda: "NG saved" in screen.shell.toast.text)
    assert verdicts(screen, uid) == [(NG, Author.RULES), (NG, Author.OPERATOR)]


def test_ok_is_one_tap_and_the_next_part_comes_by_itself(screen: Screen) -> None:
    first = screen.part(kind=UNDECIDED)
    screen.hands.taps = 0
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: "OK saved" in screen.shell.toast.text)
    assert screen.hands.taps == 1
    assert verdicts(screen, first)[-1] == (OK, Author.OPERATOR)
    second = screen.part(kind=OK, bad=False)
    assert screen.inspect.showing.shown == second


def test_a_models_outline_and_a_chip_make_ng_in_two_taps(screen: Screen) -> None:
    uid = screen.part(kind=NG)
    page = screen.inspect
    screen.hands.taps = 0
    page.canvas.outline_tapped.emit(page.canvas._outlines[0].uid)
    screen.hands.taps += 1
    assert page.ng.active
    page.ng.page.palette_.press(1)
    screen.hands.taps += 1
    screen.until(lambda: bool(screen.station.journal.annotations(uid)))
    assert screen.hands.taps == 2
    (stored,) = screen.station.journal.annotations(uid)
    assert [label.class_name for label in stored.annotation.labels] == ["scratch"]
    assert verdicts(screen, uid)[-1] == (NG, Author.OPERATOR)


def test_ng_is_given_by_the_first_tap_and_outlines_may_follow(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)
    assert verdicts(screen, uid)[-1] == (NG, Author.OPERATOR)
    assert screen.inspect.showing.kept, "the next part does not take the picture away"
    page = screen.inspect
    page.canvas.outline_tapped.emit(page.canvas._outlines[0].uid)
    page.ng.page.palette_.press(2)
    screen.until(lambda: bool(screen.station.journal.annotations(uid)))
    assert len(verdicts(screen, uid)) == 2, "one NG, not two"
    screen.until(lambda: not page.showing.kept)
    after = screen.part(kind=OK, bad=False)
    assert page.showing.shown == after
    assert not page.ng.active


def test_a_part_that_waits_comes_before_outlines_of_one_that_is_decided(screen: Screen) -> None:
    first = screen.part(kind=UNDECIDED, hold_ms=9000)
    second = screen.station.add_part(kind=UNDECIDED)
    screen.station.announce(second, hold_ms=9000)
    screen.until(screen.inspect.column.waiting.isVisible)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until_shown(second)
    assert verdicts(screen, first)[-1] == (NG, Author.OPERATOR)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)
    ordinary = screen.station.add_part(kind=OK, bad=False)
    screen.station.announce(ordinary)
    screen.until(lambda: screen.inspect.showing.newer > 0)
    assert screen.inspect.showing.shown == second, "there is time to outline it"
    third = screen.station.add_part(kind=UNDECIDED)
    screen.station.announce(third, hold_ms=9000)
    screen.until_shown(third)


def test_ng_again_is_done_with_it(screen: Screen) -> None:
    screen.part(kind=UNDECIDED)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)
    newer = screen.station.add_part(kind=OK, bad=False)
    screen.station.announce(newer)
    screen.until(lambda: screen.inspect.showing.newer > 0)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until_shown(newer)
    assert not screen.inspect.ng.active


def test_an_outlined_part_opened_again_is_outlined_further(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.part(kind=OK, bad=False)
    screen.hands.tap(screen.shell.strip.button_of(uid))
    screen.until_shown(uid)
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    screen.until(lambda: screen.inspect.ng.active)
    assert len(verdicts(screen, uid)) == 2, "it is NG already and needs no other verdict"


def test_a_verdict_is_given_when_the_finger_leaves(screen: Screen) -> None:
    screen.part(kind=UNDECIDED)
    button = screen.inspect.column.verdicts.ok
    screen.qtbot.mousePress(button, Qt.MouseButton.LeftButton)
    assert screen.inspect.deciding.under_way is None
    screen.qtbot.mouseMove(button, QPoint(-500, -500))
    screen.qtbot.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(-500, -500))
    assert not any(command.type == "give-verdict" for command in screen.station.sent)


def test_taps_right_after_the_picture_changed_are_not_for_this_part(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED)
    screen.hands.wait(-1.0)  # back to the moment the picture changed
    screen.hands.wait(0.29)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    assert len(verdicts(screen, uid)) == 1
    screen.hands.wait(0.02)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: len(verdicts(screen, uid)) == 2)


def test_a_sure_model_is_opposed_by_two_taps_where_the_recipe_wants_it(
    open_screen: OpenScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Loader, "_limits", lambda *_: (0.2, 0.5))
    screen = open_screen()
    screen.station.asks = True
    screen.station.come_back()
    screen.until(lambda: screen.shell.context.link.last_welcome.recipe.ask_when_disagreeing)  # type: ignore[union-attr]
    screen.log_in()
    uid = screen.part(kind=NG)
    page = screen.inspect
    ok = page.column.verdicts.ok
    screen.hands.tap(ok)
    assert page.column.ask.isVisible()
    assert "The model is sure: NG" in page.column.ask.words
    assert len(verdicts(screen, uid)) == 1
    screen.hands.tap(page.column.look_again)
    assert not page.column.ask.isVisible()
    screen.hands.tap(ok)
    screen.hands.tap(ok)
    screen.until(lambda: verdicts(screen, uid)[-1] == (OK, Author.OPERATOR))


def test_a_recipe_may_do_without_the_question(screen: Screen) -> None:
    uid = screen.part(kind=NG)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: verdicts(screen, uid)[-1] == (OK, Author.OPERATOR))


def test_the_models_opinion_is_hidden_until_the_person_has_decided(screen: Screen) -> None:
    uid = screen.part(kind=NG, hidden=True)
    page = screen.inspect
    assert "hidden" in page.column.verdict.words
    assert "NG" not in page.column.verdict.words
    assert not page.canvas._outlines
    assert not page.bar.heat.isEnabled()
    assert "scratch" not in page.column.facts.words
    assert "score" not in page.column.facts.words
    assert screen.shell.strip.button_of(uid).accessibleName() == f"{uid.int % 256:04d}"
    screen.hands.tap(page.column.verdicts.ok)
    screen.until(lambda: verdicts(screen, uid)[-1] == (OK, Author.OPERATOR))
    screen.until(lambda: bool(page.canvas._outlines))
    assert page.bar.heat.isEnabled()


def test_a_held_part_says_how_long_it_waits_and_what_comes_then(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED, hold_ms=9000)
    page = screen.inspect
    page._count_down()
    assert page.column.hold.isVisible()
    assert "Your decision · 8 s" in page.column.hold.words
    assert "rejects it" in page.column.hold.words
    assert "waits for you" in page.takt.text
    later = screen.station.add_part(kind=OK, bad=False)
    screen.station.announce(later)
    screen.until(lambda: page.showing.newer == 1)
    assert page.showing.shown == uid, "a part that waits is not taken away"
    screen.hands.tap(page.column.verdicts.ok)
    screen.until_shown(later)
    assert not page.column.hold.isVisible()


def test_two_held_parts_are_decided_one_after_the_other(screen: Screen) -> None:
    first = screen.part(kind=UNDECIDED, hold_ms=9000)
    second = screen.station.add_part(kind=UNDECIDED)
    screen.station.announce(second, hold_ms=9000)
    screen.until(screen.inspect.column.waiting.isVisible)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until_shown(second)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: not screen.inspect.showing.held)
    assert verdicts(screen, first)[-1] == verdicts(screen, second)[-1] == (OK, Author.OPERATOR)


def test_the_end_of_a_hold_is_said_in_words(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED, hold_ms=500)
    screen.station._hear(HoldEnded(uid=uid, part_seq=uid.int % 256))
    screen.until(screen.inspect.column.note.isVisible)
    assert "nobody decided in time" in screen.inspect.column.note.words
    assert "it rejects the part" in screen.inspect.column.note.words
    assert not screen.inspect.column.hold.isVisible()
    screen.hands.tap(screen.inspect.column.understood)
    assert not screen.inspect.column.note.isVisible()


def test_a_hold_whose_end_is_not_heard_is_over_soon_after(screen: Screen) -> None:
    screen.part(kind=UNDECIDED, hold_ms=5000)
    screen.hands.wait(5.0)
    screen.inspect._count_down()
    assert screen.inspect.column.hold.isVisible()
    screen.hands.wait(2.5)
    screen.inspect._count_down()
    assert not screen.inspect.column.hold.isVisible()


def test_a_screen_that_comes_back_knows_what_still_waits(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED, hold_ms=60_000)
    screen.station.lose()
    screen.station.held = (HeldLine(uid=uid, part_seq=1, hold_ms=4000),)
    screen.station.come_back()
    screen.until(lambda: screen.shell.context.link.up)
    held = screen.inspect.showing.hold
    assert held is not None
    assert held.until_s == screen.hands.time_s + 4
    assert screen.shell.strip.entries[0].waits
    screen.station.lose()
    screen.station.held, screen.station.engine = (), uuid4()
    screen.station.come_back()
    screen.until(lambda: screen.inspect.showing.hold is None)
    assert not screen.shell.strip.entries[0].waits


def test_two_screens_deciding_one_part(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED)
    other = Verdict(NG, Author.OPERATOR, "", datetime.now(UTC), "Rossi")
    screen.station.holds_answers = True
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.station.journal.give_verdict(uid, other, UNDECIDED)
    screen.station.changed(uid, "NG", "Rossi")
    screen.station.holds_answers = False
    screen.station.answer_all()
    note = screen.inspect.column.note
    screen.until(note.isVisible)
    assert "yours was not saved" in note.words
    assert "Rossi decided part 0001 a moment ago" in note.words
    assert len(verdicts(screen, uid)) == 2
    screen.until(lambda: "NG" in screen.inspect.column.verdict.words)


def test_ng_on_a_part_that_passed_asks_to_fetch_it_back(screen: Screen) -> None:
    screen.part(kind=OK, bad=False)
    screen.station.passed_already = True
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    fetch = screen.inspect.column.fetch
    screen.until(fetch.isVisible)
    assert "Fetch back: 0001" in fetch.words
    screen.hands.tap(screen.inspect.column.fetched)
    assert not fetch.isVisible()


def test_a_part_called_ok_again_need_not_be_fetched_back(screen: Screen) -> None:
    screen.part(kind=OK, bad=False)
    screen.station.passed_already = True
    screen.hands.tap(screen.inspect.column.verdicts.ng)
    fetch = screen.inspect.column.fetch
    screen.until(fetch.isVisible)
    screen.station.passed_already = False  # said of an NG alone
    screen.shell.toast.take_back()
    screen.until(lambda: not fetch.isVisible())


def test_undo_gives_the_verdict_before_again_as_one_more(screen: Screen) -> None:
    uid = screen.part(kind=NG)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: "undo" in screen.shell.toast.text)
    screen.shell.toast.take_back()
    screen.until(lambda: "NG again · saved" in screen.shell.toast.text)
    kinds = [kind for kind, _ in verdicts(screen, uid)]
    assert kinds == [NG, OK, NG], "nothing is rewritten"


def test_undo_of_a_part_that_was_undecided_opens_it_again(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED)
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: "undo" in screen.shell.toast.text)
    newer = screen.part(kind=OK, bad=False)
    assert screen.inspect.showing.shown == newer
    screen.shell.toast.take_back()
    screen.until_shown(uid)
    assert "OK stands until you decide again" in screen.inspect.column.note.words
    assert verdicts(screen, uid)[-1] == (OK, Author.OPERATOR)


def test_without_an_engine_nothing_can_be_pressed_and_the_words_say_why(screen: Screen) -> None:
    screen.part(kind=UNDECIDED)
    screen.station.lose()
    screen.until(screen.shell.lost.isVisible)
    assert "reconnects by itself" in screen.shell.lost.words
    assert screen.inspect.column.verdicts.why_not == "No engine: nothing can be saved."
    assert not screen.inspect.column.verdicts.ok.isEnabled()
    assert screen.shell.top.state_word == "no engine"
    screen.station.come_back()
    screen.until(lambda: not screen.shell.lost.isVisible())
    assert screen.shell.top.state_word == "running"


def test_nobody_decides_who_is_not_logged_in_or_may_not(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.part(kind=UNDECIDED)
    assert screen.inspect.column.verdicts.why_not == "Scan your badge to decide."
    screen.log_in(role="service")
    assert screen.inspect.column.verdicts.why_not == "Your role does not decide parts."


def test_each_of_the_last_ten_opens_again_and_the_line_is_one_tap_away(screen: Screen) -> None:
    uids = [screen.part(kind=OK, bad=False) for _ in range(3)]
    screen.hands.tap(screen.shell.strip.button_of(uids[0]))
    screen.until_shown(uids[0])
    assert screen.inspect.showing.kept
    newest = screen.station.add_part(kind=OK, bad=False)
    screen.station.announce(newest)
    screen.until(lambda: "1 newer" in screen.inspect.column.to_live.text())
    assert screen.inspect.showing.shown == uids[0]
    screen.hands.tap(screen.inspect.column.to_live)
    screen.until_shown(newest)


def test_a_new_screen_shows_the_last_parts_of_the_journal(open_screen: OpenScreen) -> None:
    first = open_screen()
    for _ in range(12):
        uid = first.station.add_part(kind=OK, bad=False)
    screen = open_screen((1920, 1080))
    screen.until(lambda: len(screen.shell.strip.entries) == 10)
    screen.until_shown(uid)


def test_a_picture_that_is_gone_is_said_and_cannot_be_decided_blindly(screen: Screen) -> None:
    uid = screen.station.add_part(kind=UNDECIDED)
    record = screen.station.journal.part(uid)
    assert record is not None
    for ref in (record.inspection.views[0].image, record.inspection.views[0].preview):
        assert ref is not None
        screen.station.journal.blobs.path(ref.sha256).unlink()
    screen.station.announce(uid)
    screen.until_shown(uid)
    assert "is missing; restore it from a backup" in screen.inspect.column.facts.words
    assert not screen.inspect.column.verdicts.ok.isEnabled()


@pytest.mark.parametrize("size", [(1, 1), (3, 2000)])
def test_pictures_of_odd_sizes_are_shown(screen: Screen, size: tuple[int, int]) -> None:
    uid = screen.part(kind=UNDECIDED, size=size)
    screen.shell.grab()
    screen.hands.tap(screen.inspect.column.verdicts.ok)
    screen.until(lambda: verdicts(screen, uid)[-1] == (OK, Author.OPERATOR))


def test_everything_has_a_key(screen: Screen) -> None:
    uid = screen.part(kind=UNDECIDED)
    page = screen.inspect
    for key, changed in (("H", page.bar.heat.isChecked), ("B", lambda: not page.bar.outlines.isChecked())):
        screen.qtbot.keyClick(page.canvas, key)
        screen.until(changed)
    screen.qtbot.keyClick(page.canvas, "O")
    screen.until(lambda: verdicts(screen, uid)[-1] == (OK, Author.OPERATOR))
    screen.until(lambda: "undo" in screen.shell.toast.text)
    screen.qtbot.keyClick(page.canvas, "Z")
    screen.until(page.column.note.isVisible)
    screen.qtbot.keyClick(page.canvas, "N")
    screen.until(lambda: verdicts(screen, uid)[-1] == (NG, Author.OPERATOR))
    for button in (
        page.column.verdicts.ok,
        page.column.verdicts.ng,
        page.bar.heat,
        page.bar.outlines,
        page.bar.compare,
    ):
        assert button.shortcut_text


def test_ok_and_ng_never_move_and_never_swap(open_screen: OpenScreen) -> None:
    screen = open_screen()
    screen.log_in()
    screen.part(kind=OK, bad=False)
    verdict_row = screen.inspect.column.verdicts

    def places() -> tuple[QPoint, QPoint]:
        top = screen.shell
        return verdict_row.ok.mapTo(top, QPoint(0, 0)), verdict_row.ng.mapTo(top, QPoint(0, 0))

    before = places()
    assert before[0].x() < before[1].x()
    gap = before[1].x() - before[0].x() - verdict_row.ok.width()
    assert gap >= screen.shell.context.theme.px(8)
    assert verdict_row.ok.height() >= screen.shell.context.theme.px(30)
    screen.part(kind=UNDECIDED, hold_ms=9000)
    assert places() == before
    screen.hands.tap(verdict_row.ng)
    screen.until(lambda: screen.inspect.ng.active)
    assert places() == before
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    app.processEvents()
    assert places() == before, "a language written from right to left moves neither"


def test_the_column_stands_at_the_hand_that_works(screen: Screen) -> None:
    screen.part(kind=OK, bad=False)
    column = screen.inspect.column
    assert column.mapTo(screen.shell, QPoint(0, 0)).x() > screen.shell.width() / 2
    screen.shell.context.session.prefer(left_handed=True)
    screen.until(lambda: column.mapTo(screen.shell, QPoint(0, 0)).x() == 0)
    assert column.verdicts.ok.x() < column.verdicts.ng.x(), "OK stays left of NG"
