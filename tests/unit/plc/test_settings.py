"""Settings say which key is wrong and what to write instead."""

import pytest

from plc.registers import Tag, TagType, WordOrder
from plc.settings import LinkMode, PlcSettings

BARE = {
    "control_bits": Tag(0, TagType.U32, WordOrder.LITTLE),
    "part_seq": Tag(2, TagType.U32),
    "status_bits": Tag(10, TagType.U32, WordOrder.LITTLE),
    "verdict": Tag(12),
    "part_seq_echo": Tag(13, TagType.U32),
    "vision_heartbeat": Tag(15),
}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"heartbeat_timeout_s": 0.0}, "plc.heartbeat_timeout_s"),
        ({"poll_period_s": -1.0}, "plc.poll_period_s"),
        ({"heartbeat_timeout_s": 0.3}, "at least twice"),
        ({"reconnect_min_s": 3.0}, "plc.reconnect_min_s"),
        ({"port": 70000}, "plc.port is 70000"),
        ({"device_id": 300}, "plc.device_id is 300"),
    ],
)
def test_a_wrong_value_is_named(settings: dict[str, float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        PlcSettings(**settings)  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"verdikt": Tag(40)}, "plc.tags.verdikt is no tag"),
        ({"verdict": None}, "plc.tags lacks verdict"),
        ({"control_bits": None}, "plc.tags lacks inspection_results_ack"),
        ({"status_bits": None}, "plc.tags lacks missed_acq"),
        ({"score": Tag(12, TagType.F32)}, "register 12 already belongs to plc.tags.verdict"),
        ({"score": Tag(40, TagType.F32, scale=0)}, "scale 0"),
        ({"score": Tag(65535, TagType.F32)}, "not all within 0 to 65535"),
        ({"serial": Tag(40)}, "string"),
        ({"recipe": Tag(40, TagType.STRING)}, "string"),
    ],
)
def test_a_wrong_tag_is_named(changes: dict[str, Tag | None], says: str) -> None:
    tags = {name: tag for name, tag in (BARE | changes).items() if tag is not None}
    with pytest.raises(ValueError, match=says):
        PlcSettings(mode=LinkMode.CLIENT, tags=tags)


def test_the_table_in_force_is_the_plc_s_own_in_client_mode_alone() -> None:
    assert PlcSettings(mode=LinkMode.CLIENT, tags=BARE).table == BARE
    assert PlcSettings(mode=LinkMode.CLIENT).table["verdict"] == Tag(107)
    assert PlcSettings(mode=LinkMode.SERVER, word_order=WordOrder.LITTLE).table["score"].word_order is WordOrder.LITTLE
