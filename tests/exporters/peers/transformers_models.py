"""Hugging Face's RT-DETR through torch's own export: `python transformers_models.py OUT PICTURES`.

Random weights, scaled as in `roughly.py`. The reference is the processor's own way: its resizing, and
`post_process_object_detection` of what the exported file answers.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

import onnxruntime
import torch
import transformers
from reference import CLASSES, SEED, Case, pictures
from roughly import rescale, watched
from torch import nn
from transformers import (
    RTDetrConfig,
    RTDetrForObjectDetection,
    RTDetrImageProcessor,
    RTDetrResNetConfig,
)

SURE = 0.25


class Answer(nn.Module):
    """The two outputs that everybody exports."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixel_values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return logits and boxes."""
        answer = self.network(pixel_values)
        return answer.logits, answer.pred_boxes


def main() -> None:
    """Export the network, and write down what it finds."""
    out, shown = Path(sys.argv[1]), dict(pictures(Path(sys.argv[2])))
    processor = RTDetrImageProcessor()
    torch.manual_seed(SEED)
    network = small_network()
    inputs = {
        key: processor(images=picture[..., ::-1].copy(), return_tensors="pt").pixel_values
        for key, picture in shown.items()
    }
    trained_roughly(network, torch.cat(list(inputs.values())))
    case = Case(out, "transformers RTDetr")
    torch.onnx.export(
        Answer(network).eval(),
        (next(iter(inputs.values())),),
        str(case.model),
        input_names=["pixel_values"],
        output_names=["logits", "pred_boxes"],
        opset_version=18,
        external_data=False,
    )
    session = onnxruntime.InferenceSession(str(case.model))
    for key, pixels in inputs.items():
        logits, boxes = (torch.from_numpy(one) for one in session.run(None, {"pixel_values": pixels.numpy()}))
        (found,) = processor.post_process_object_detection(
            SimpleNamespace(logits=logits, pred_boxes=boxes), SURE, [shown[key].shape[:2]]
        )
        case.found(key, found["boxes"].numpy(), found["scores"].numpy(), found["labels"].numpy())
    case.close("boxes", f"transformers {transformers.__version__}", sidecar={"classes": CLASSES}, classes=CLASSES)


def small_network() -> nn.Module:
    """Return a network with a small backbone."""
    backbone = RTDetrResNetConfig(
        depths=[2, 2, 2, 2],
        hidden_sizes=[64, 128, 256, 512],
        layer_type="basic",
        out_features=["stage2", "stage3", "stage4"],
    )
    config = RTDetrConfig(
        num_labels=len(CLASSES), backbone_config=backbone, encoder_in_channels=[128, 256, 512], decoder_layers=2
    )
    return RTDetrForObjectDetection(config).eval()


def trained_roughly(network: nn.Module, batch: torch.Tensor) -> None:
    """Let boxes and scores differ from place to place."""
    body = network.model
    decoder = body.decoder
    for boxes in (body.enc_bbox_head, *decoder.bbox_embed):
        nn.init.normal_(boxes.layers[-1].weight)
    scores = [(layer, -1.2, -0.95) for layer in decoder.class_embed]
    places = [(body.enc_bbox_head.layers[-1], 0.0, 1.0), *((one.layers[-1], 0.0, 0.1) for one in decoder.bbox_embed)]
    for layer, middle, highest in (*places, (body.enc_score_head, -3.0, 1.0), *scores):
        with watched(layer) as seen, torch.no_grad():
            network(batch)
        rescale(layer, seen, middle, highest)


if __name__ == "__main__":
    main()
