"""Ultralytics' own export and its own prediction from the exported file: `python ultralytics_models.py OUT PICTURES`.

The networks are those of its configurations with weights drawn by a seed. What training would do is done roughly: statistics of
the normalisation from the pictures, then the last layer of each head scaled so that tens of results pass the threshold.
"""

import contextlib
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
import ultralytics
from reference import CLASSES, SEED, Case, pictures
from roughly import rescale, watched
from torch import nn
from ultralytics import RTDETR, YOLO

CONF, IOU = 0.25, 0.7
EXCHANGED = 0.01
"""Share of results of RT-DETR in whose stead another may stand: it looks at the 300 best of 8400 places, and with random weights
some are as good as the 300th but for rounding."""
LOGIT = math.log(CONF / (1 - CONF))
BN = nn.modules.batchnorm._BatchNorm


@dataclass
class Wanted:
    """One export: configuration, options, and the names of its classes."""

    config: str
    options: dict[str, object] = field(default_factory=dict)
    classes: tuple[str, ...] = CLASSES


E2E = {"nms": False}
"""What this version calls a head that says nothing twice."""
MODELS = {
    "yolov8n": Wanted("yolov8n.yaml"),
    "yolo11n": Wanted("yolo11n.yaml"),
    "yolo26n": Wanted("yolo26n.yaml"),
    "yolo26n end to end": Wanted("yolo26n.yaml", E2E),
    "yolov8n-seg": Wanted("yolov8n-seg.yaml"),
    "yolo11n-seg": Wanted("yolo11n-seg.yaml"),
    "yolo26n-seg": Wanted("yolo26n-seg.yaml"),
    "yolo26n-seg end to end": Wanted("yolo26n-seg.yaml", E2E),
    "yolov8n-obb": Wanted("yolov8n-obb.yaml"),
    "yolo11n-obb": Wanted("yolo11n-obb.yaml"),
    "yolo26n-obb": Wanted("yolo26n-obb.yaml"),
    "yolo26n-obb end to end": Wanted("yolo26n-obb.yaml", E2E),
    "yolov8n-cls": Wanted("yolov8n-cls.yaml"),
    "yolo11n-cls": Wanted("yolo11n-cls.yaml"),
    "yolo26n-cls": Wanted("yolo26n-cls.yaml"),
    "yolo26n-sem": Wanted("yolo26n-sem.yaml"),
    "yolo26n-sem one class": Wanted("yolo26n-sem.yaml", classes=("scratch",)),
    "rtdetr-l": Wanted("rtdetr-l.yaml"),
    "rtdetr-l two classes": Wanted("rtdetr-l.yaml", classes=CLASSES[1:]),
    "yolov5nu": Wanted("yolov5n.yaml"),
    "yolov9t": Wanted("yolov9t.yaml"),
    "yolov10n": Wanted("yolov10n.yaml"),
    "yolov10n end to end": Wanted("yolov10n.yaml", E2E),
    "yolo11n 384x640": Wanted("yolo11n.yaml", {"imgsz": (384, 640)}),
    "yolo11n dynamic": Wanted("yolo11n.yaml", {"dynamic": True}),
    "yolo11n nms": Wanted("yolo11n.yaml", {"nms": True}),
    "yolo11n-seg nms": Wanted("yolo11n-seg.yaml", {"nms": True}),
    "yolo11n-obb nms": Wanted("yolo11n-obb.yaml", {"nms": True}),
}


def main() -> None:
    """Export every model, or those that are named, and write down what is found."""
    out, folder = Path(sys.argv[1]), Path(sys.argv[2]).absolute()
    shown = dict(pictures(folder))
    for name in sys.argv[3:] or MODELS:
        wanted = MODELS[name]
        torch.manual_seed(SEED)
        model = RTDETR(wanted.config) if wanted.config.startswith("rtdetr") else YOLO(wanted.config)
        model.model = with_classes(model.model, wanted)
        imgsz = wanted.options.get("imgsz", 224 if model.task == "classify" else 640)
        trained_roughly(model.model, batch_of(list(shown.values()), imgsz), model.task)
        case = Case(out.absolute(), name)
        with tempfile.TemporaryDirectory() as scratch, contextlib.chdir(scratch):
            options = {"imgsz": imgsz, "conf": CONF, "iou": IOU} | wanted.options
            shutil.move(model.export(format="onnx", verbose=False, **options), case.model)
        kind = write(case, shown, model.task, rtdetr=isinstance(model, RTDETR))
        about = {"classes": wanted.classes, "exchanged": EXCHANGED if isinstance(model, RTDETR) else 0.0}
        case.close(kind, f"ultralytics {ultralytics.__version__}", **about)


def with_classes(network: nn.Module, wanted: Wanted) -> nn.Module:
    """Return the same network for the wanted classes."""
    own = type(network)(wanted.config, nc=len(wanted.classes), verbose=False)
    own.args, own.task, own.names = network.args, network.task, dict(enumerate(wanted.classes))
    return own


def batch_of(shown: list[np.ndarray], imgsz: int | tuple[int, int]) -> torch.Tensor:
    """Return the pictures as a batch, resized as they come: only the statistics count."""
    height, width = (imgsz, imgsz) if isinstance(imgsz, int) else imgsz
    resized = [cv2.resize(picture[..., ::-1], (width, height)) for picture in shown]
    return torch.from_numpy(np.stack(resized).transpose(0, 3, 1, 2).copy()).float() / 255


def trained_roughly(network: nn.Module, batch: torch.Tensor, task: str) -> None:
    """Give a network with random weights the statistics of the pictures, and answers that differ from place to place."""
    norms = [module for module in network.modules() if isinstance(module, BN)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    with torch.no_grad():
        smooth_prototypes(network.model[-1])
        norms_only(network, norms)
        network(batch)
        network.eval()
        head = network.model[-1]
        for layer, middle, highest in last_layers(head, task):
            with watched(layer) as seen:
                network(batch)
            rescale(layer, seen, middle, highest, across=task == "classify")


def smooth_prototypes(head: nn.Module) -> None:
    """Let the prototypes of masks be smooth, as learned ones are: random ones are grains of a pixel."""
    for layer in head.proto.modules() if hasattr(head, "proto") else ():
        if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
            layer.weight.copy_(layer.weight.mean(dim=(2, 3), keepdim=True).expand_as(layer.weight))


def norms_only(network: nn.Module, norms: list[nn.Module]) -> None:
    """Let only the normalisation learn: everything else answers as it will."""
    network.eval()
    for norm in norms:
        norm.train()


def last_layers(head: nn.Module, task: str) -> Iterator[tuple[nn.Module, float, float]]:
    """Yield the last layers of a head, with the middle and the rare highest that their answers are to have."""
    if task == "classify":
        yield head.linear, 0.0, 2.0
        return
    if task == "semantic":
        yield head.classifier[-1], 0.0, 4.0
        return
    if hasattr(head, "dec_score_head"):
        for boxes in (head.enc_bbox_head, *head.dec_bbox_head):
            nn.init.normal_(boxes.layers[-1].weight)
            yield boxes.layers[-1], 0.0, 1.0 if boxes is head.enc_bbox_head else 0.1
        yield head.enc_score_head, -3.0, 1.0
        yield from ((scores, -1.2, -0.95) for scores in head.dec_score_head)
        return
    spreads = {"cv2": (5.0, 8.0) if head.reg_max == 1 else (0.0, 6.0), "cv3": (-6.0, LOGIT), "cv4": (0.0, 3.0)}
    for prefix in ("", "one2one_"):
        for name, (middle, highest) in spreads.items():
            for branch in getattr(head, prefix + name, None) or ():
                yield branch[-1], middle, highest


def write(case: Case, shown: dict[str, np.ndarray], task: str, *, rtdetr: bool) -> str:
    """Let Ultralytics predict from the exported file, and write down what it finds; return of which kind it is."""
    model = RTDETR(str(case.model)) if rtdetr else YOLO(str(case.model), task=task)
    for name, picture in shown.items():
        (result,) = model.predict(picture, conf=CONF, iou=IOU, max_det=300, rect=False, verbose=False)
        if task == "classify":
            case.noted(name, probabilities=result.probs.data.numpy())
        elif task == "semantic":
            case.noted(name, numbers=result.semantic_mask.data.numpy().squeeze())
        elif task == "obb":
            found = result.obb
            case.found(name, found.xyxyxyxy.numpy(), found.conf.numpy(), found.cls.numpy())
        else:
            found = result.boxes
            case.found(name, found.xyxy.numpy(), found.conf.numpy(), found.cls.numpy())
            if task == "segment":
                case.drawn(name, over_picture(result.masks, picture.shape[:2]))
    kinds = {"classify": "probabilities", "semantic": "numbers", "obb": "corners", "segment": "masks"}
    return kinds.get(task, "boxes")


def over_picture(masks: Any, size: tuple[int, int]) -> np.ndarray:
    """Return masks over the network's square input as masks over the picture it was fitted to, pixel by nearest pixel.

    Ultralytics' own way back (`retina_masks`) cuts the padding off in whole pixels of a quarter of the resolution.
    """
    if masks is None:
        return np.zeros((0, *size), dtype=bool)
    found = masks.data.numpy().astype(np.uint8)
    side, (height, width) = found.shape[1], size
    gain = side / max(size)
    fitted = round(width * gain), round(height * gain)
    left, top = (round((side - fit) / 2 - 0.1) for fit in fitted)
    columns = (np.arange(width) + 0.5) * fitted[0] / width + left
    rows = (np.arange(height) + 0.5) * fitted[1] / height + top
    return found[:, rows.astype(int)][:, :, columns.astype(int)].astype(bool)


if __name__ == "__main__":
    os.environ.update(YOLO_OFFLINE="true", YOLO_AUTOINSTALL="false")
    main()
