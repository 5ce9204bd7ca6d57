"""What can go wrong with a model, and with a picture shown to it."""


class ModelError(Exception):
    """The model cannot be used or did not answer; the text names the file or the input and the remedy."""


class PictureError(Exception):
    """One picture cannot be judged; the text says why. Its part is rejected, the model goes on."""


class EvaluationError(Exception):
    """Nothing can be said of a model by the labels there are; the text says what there is and what to do."""
