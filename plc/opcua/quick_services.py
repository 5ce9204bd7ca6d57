"""Two of asyncua's services, quicker: half of a server's start, and most of a browse, is looking through references.

What they answer is the same; `tests/unit/plc/opcua/test_quick_services.py` holds them against asyncua's own.
"""

from asyncua import ua
from asyncua.server.address_space import AddressSpace, NodeData, NodeManagementService, ViewService

_REFERENCES = ua.NodeId(ua.ObjectIds.References)


def serve_quickly(space: AddressSpace) -> tuple[ViewService, NodeManagementService]:
    """Return the services for browsing and for changing a space."""
    return _Views(space), _Nodes(space)


class _Views(ViewService):
    def _suitable_reftype(self, ref1: ua.NodeId, ref2: ua.NodeId, subtypes: bool) -> bool:
        if subtypes and ref1 == _REFERENCES:  # the supertype of all, OPC 10000-5, 11.1: nothing to look up
            return True
        return bool(super()._suitable_reftype(ref1, ref2, subtypes))


class _Nodes(NodeManagementService):
    def _add_unique_reference(self, nodedata: NodeData, desc: ua.ReferenceDescription) -> ua.StatusCode:
        """Add a reference that is not there yet; of a type's thousands, the identifiers alone are compared first."""
        identifier = desc.NodeId.Identifier
        for known in nodedata.references:
            if known.NodeId.Identifier == identifier:
                return super()._add_unique_reference(nodedata, desc)
        nodedata.references.append(desc)
        return ua.StatusCode()
