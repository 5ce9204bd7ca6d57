"""What the NG mode says of the work in hand: the next step, figures and findings, how far it has come, what can be pressed."""

from station.ui.operator.captions import Captions
from station.ui.operator.ng_outlines import figures_of, findings_of, lit_classes
from station.ui.operator.ng_page import NgPage
from station.ui.operator.toolbar import Toolbar
from station.ui.operator.work import Work
from station.ui.sentences import said


def tell_head(page: NgPage, work: Work, words: Captions, live: str) -> None:
    """Say what comes next; under it the size of what is being drawn (`live`) or is selected, or what is wrong with it."""
    state = work.state
    settled = " ".join(findings_of(state, words)) or figures_of(state, words)
    decided = state.decided and not work.only_outlines
    page.say_head(state.hint, live or settled, waiting=len(state.unclassed), decided=decided)


def tell(page: NgPage, work: Work, words: Captions, live: str, *, up: bool) -> None:
    """Say all of it; `up`: the engine is there."""
    state, hand = work.state, work.handover
    tell_head(page, work, words, live)
    page.palette_.light(lit_classes(state))
    alone = work.only_outlines
    page.say_standing(
        hand.standing, said(hand.text), recovered=work.recovered, trouble=work.drafting.trouble, only_outlines=alone
    )
    page.act.setEnabled(up)
    outlined = alone or bool(state.labels or state.history.document.tags)
    page.say_way_out(decided=state.decided and not alone, outlined=outlined)


def tell_tools(toolbar: Toolbar, work: Work, *, tapping: bool) -> None:
    """Show the tool in hand and which buttons do something; `tapping`: an outline is being tapped along edges."""
    state = work.state
    toolbar.show_tool(state.tool)
    toolbar.say_snapped(snapped=state.snap is None or state.is_snapped)
    toolbar.allow(
        raw=state.snap is not None,
        delete=state.label(state.selected) is not None,
        undo=state.history.can_undo or tapping,
        redo=state.history.can_redo,
    )
