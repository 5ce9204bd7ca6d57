"""The station as the Modbus client of a PLC that owns its registers."""

import socket

from rig import Rig


def test_the_station_polls_the_plc(rig: Rig) -> None:
    rig.edit('mode = "server"', 'mode = "client"')
    rig.start_plc(12, "--role", "server")
    rig.start_engine()
    summary = rig.wait_plc()
    assert summary["passed"] + summary["rejected"] == 12
    assert summary["passed"] >= 5
    rig.stop_engine()
    on_record = {(row["part_seq"], row["inspection_id"]): row["verdict"] for row in rig.json("parts")["parts"]}
    assert all(on_record[part.part_seq, part.inspection_id or 0] == "OK" for part in rig.gated() if part.passed)


def test_the_plc_goes_away_and_comes_back(rig: Rig) -> None:
    """What the station judged while nobody listened is in the journal; the next PLC's parts pass."""
    rig.start_engine()
    rig.start_plc(6)
    rig.wait_plc()
    recorded = len(rig.json("parts")["parts"])
    assert recorded >= 5
    rig.until(lambda: not rig.status()["plc_up"], "the PLC is missed")
    rig.start_plc(6)
    assert rig.wait_plc()["passed"] >= 2
    rig.stop_engine()
    parts = rig.json("parts")["parts"]
    assert len({part["inspection_id"] for part in parts}) == len(parts) > recorded


def test_a_port_that_somebody_else_holds_is_named_in_one_line(rig: Rig) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", rig.port))
        other.listen()
        rig.start_engine()
        assert rig.engine is not None
        rig.engine.communicate(timeout=60)
    assert rig.engine.returncode == 3
    assert f"127.0.0.1:{rig.port}" in rig.log()
    assert "Traceback" not in rig.log()
