"""RF-DETR's own export and its own reading of the file: `python rfdetr_models.py OUT PICTURES`. Weights as in `roughly.py`."""

import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnxruntime
import rfdetr
import torch
from reference import CLASSES, SEED, Case, pictures
from rfdetr.export._onnx.inference import _run_inference as run_onnx
from roughly import rescale, watched
from torch import nn

SURE = 0.25
EXCHANGED = 0.02
"""Share of results in whose stead another may stand: the network looks at the 300 best of 576 places, and with random weights
many are as good as the 300th but for rounding."""


def main() -> None:
    """Export the smallest network, and write down what it finds."""
    out, folder = Path(sys.argv[1]), Path(sys.argv[2])
    shown = dict(pictures(folder))
    torch.manual_seed(SEED)
    model = rfdetr.RFDETRNano(pretrain_weights=None, num_classes=len(CLASSES), device="cpu")
    network = model.model.model
    for layer, middle, highest in last_layers(network):
        with watched(layer) as seen:
            for picture in shown.values():
                model.predict(picture[..., ::-1].copy(), threshold=SURE)
        rescale(layer, [torch.cat([one.flatten(0, -2) for one in seen])] if seen else [], middle, highest)
    case = Case(out, "rfdetr nano")
    with tempfile.TemporaryDirectory() as scratch:
        shutil.move(model.export(output_dir=scratch, verbose=False), case.model)
    names = [*CLASSES, *(f"unused {number}" for number in range(network.class_embed.out_features - len(CLASSES)))]
    session = onnxruntime.InferenceSession(str(case.model))
    for key in shown:
        found, _ = run_onnx(session, folder / f"{key}.png", threshold=SURE, background_class_id=None)
        case.found(key, found.xyxy, found.confidence, np.asarray(found.class_id))
    about = {"classes": names, "exchanged": EXCHANGED}
    case.close("boxes", f"rfdetr {version('rfdetr')}", sidecar={"classes": names}, **about)


def last_layers(network: nn.Module) -> list[tuple[nn.Module, float, float]]:
    """Return the layers whose answers are boxes and scores, the first ones first."""
    encoder = network.transformer  # of whose heads the first one is used to predict
    boxes = [encoder.enc_out_bbox_embed[0], network.bbox_embed]
    for one in boxes:
        nn.init.normal_(one.layers[-1].weight, std=0.01)
    return [
        *((one.layers[-1], 0.0, 0.3) for one in boxes),
        (encoder.enc_out_class_embed[0], -3.0, 1.0),
        (network.class_embed, -1.2, -0.95),
    ]


if __name__ == "__main__":
    main()
