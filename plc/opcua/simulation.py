"""SimulationMode of OPC 40100-1, 8.3.7.5, on a system whose configuration says whether its cameras are real."""

from typing import Any

from asyncua import Node

from plc.opcua.address_space import child
from plc.opcua.methods import MethodTable
from plc.opcua.ports import Configuration, Role
from plc.opcua.state_machine import NotNowError


async def answer_simulation_mode(system: Node, configuration: Configuration, methods: MethodTable) -> None:
    """Let clients ask for the mode: what is so already is done, and the other one is refused.

    A client must not make parts of a running line pass by pictures that nobody took, nor can it: which cameras there are
    is set where the station is set up. A result bears `IsSimulated` by what drew its own pictures.
    """

    async def simulation_mode(activate: bool, _cause: int, _description: str) -> tuple[Any, ...]:  # as declared
        if activate != configuration.simulated:
            kind = "simulated" if configuration.simulated else "real"
            raise NotNowError(f"the cameras are {kind} ones by the configuration, which alone can change it")
        return ()

    machine = await child(await child(system, "VisionStateMachine"), "AutomaticModeStateMachine")
    await methods.add(machine, "SimulationMode", Role.ENGINEER, simulation_mode)
