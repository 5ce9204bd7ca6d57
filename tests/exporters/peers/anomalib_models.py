"""anomalib's own export and its own answers: `python anomalib_models.py OUT PICTURES`.

PaDiM on a backbone of random weights, learned from the pictures' own quieter halves; the scale of their scores is
set to what was seen, as its validation does.
"""

import sys
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np
import torch
from anomalib.models import Padim
from reference import SEED, Case, pictures

SIDE = 256


def main() -> None:
    """Learn, export, and write down what is said of the pictures."""
    out, shown = Path(sys.argv[1]), dict(pictures(Path(sys.argv[2])))
    good = [resized(cv2.GaussianBlur(picture, (0, 0), 3 + number)) for number in range(2) for picture in shown.values()]
    torch.manual_seed(SEED)
    model = Padim(backbone="resnet18", layers=["layer2", "layer3"], pre_trained=False)
    learned(model, good)
    raw = [model.model(model.pre_processor(resized(picture))) for picture in shown.values()]
    scaled(model.post_processor, raw)
    case = Case(out, "anomalib Padim")
    exported = model.to_onnx(out / "scratch", input_size=(SIDE, SIDE), external_data=False)
    exported.rename(case.model)
    for key, picture in shown.items():
        with torch.no_grad():
            answer = model(resized(picture))
        heat = answer.anomaly_map.numpy().reshape(answer.anomaly_map.shape[-2:])
        case.noted(key, score=np.float64(answer.pred_score.item()), heat=heat)
    case.close("heat", f"anomalib {version('anomalib')}", classes=["anomaly"])


def tensor(picture: np.ndarray) -> torch.Tensor:
    """Return a picture as anomalib reads it: RGB, 0 to 1."""
    return torch.from_numpy(picture[..., ::-1].copy()).permute(2, 0, 1)[None].float() / 255


def resized(picture: np.ndarray) -> torch.Tensor:
    """Return a picture resized by anomalib's own transform of the method, which smooths."""
    return torch.nn.functional.interpolate(tensor(picture), (SIDE, SIDE), mode="bilinear", antialias=True)


def learned(model: torch.nn.Module, good: list[torch.Tensor]) -> None:
    """Learn from good pictures, as an epoch of training does."""
    model.model.train()
    with torch.no_grad():
        for picture in good:
            model.model(model.pre_processor(picture))
    model.fit()
    model.eval()


def scaled(post: torch.nn.Module, raw: list[object]) -> None:
    """Note the range of scores and maps, and the threshold between them."""
    scores = torch.stack([one.pred_score.reshape(()) for one in raw])
    heat = torch.stack([one.anomaly_map.reshape(one.anomaly_map.shape[-2:]) for one in raw])
    post.image_min.copy_(scores.min() * 0.8), post.image_max.copy_(scores.max() * 1.1)
    post.pixel_min.copy_(heat.min()), post.pixel_max.copy_(heat.max())
    post._image_threshold.copy_(scores.median()), post._pixel_threshold.copy_(heat.quantile(0.9))


if __name__ == "__main__":
    main()
