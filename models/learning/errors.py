"""What can go wrong with learning."""


class LearnError(Exception):
    """Nothing can be learned from these pictures; the text names the picture or the number and the remedy."""


class BackboneError(Exception):
    """The backbone's weights are missing or not the ones this release was built for."""
