"""What `station run` starts beside the engine."""

from pathlib import Path

from station.config import StationConfig
from station.line.supervisor import child_command


def beside_the_engine(path: Path, config: StationConfig) -> dict[str, list[str]]:
    """Return the command lines of the processes that the configuration at `path` asks for, by name."""
    wanted = {"OPC UA gateway": "station.gateway.process"} if config.opcua.enabled else {}
    if config.delivery:
        wanted["delivery"] = "station.delivery.process"
    return {name: child_command(module, path) for name, module in wanted.items()}
