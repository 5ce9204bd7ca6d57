"""What models may run on: the words of the configuration, what onnxruntime calls them, and which package brings them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

Asked = tuple[str, dict[str, str]]
"""A provider by onnxruntime's name, with its options."""

CPU_NAME = "CPUExecutionProvider"


class Provider(StrEnum):
    """What a model runs on, as `model.provider` says it."""

    CPU = "cpu"
    CUDA = "cuda"
    TENSORRT = "tensorrt"
    OPENVINO = "openvino"


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    package: str
    options: Mapping[str, str]
    after: tuple[Provider, ...] = (Provider.CPU,)


_KNOWN: Mapping[Provider, _Known] = MappingProxyType(
    {
        Provider.CPU: _Known(CPU_NAME, "onnxruntime", MappingProxyType({}), ()),
        # TF32 keeps ten bits of a product's twenty-three: nobody asked for less precision.
        Provider.CUDA: _Known("CUDAExecutionProvider", "onnxruntime-gpu", MappingProxyType({"use_tf32": "0"})),
        Provider.TENSORRT: _Known(
            "TensorrtExecutionProvider", "onnxruntime-gpu", MappingProxyType({}), (Provider.CUDA, Provider.CPU)
        ),
        # Left to itself it computes in bf16 where the processor can.
        Provider.OPENVINO: _Known(
            "OpenVINOExecutionProvider",
            "onnxruntime-openvino",
            MappingProxyType({"device_type": "CPU", "precision": "ACCURACY"}),
        ),
    }
)


def name_of(provider: Provider) -> str:
    """Return what onnxruntime calls a provider."""
    return _KNOWN[provider].name


def package_of(provider: Provider) -> str:
    """Return the package whose onnxruntime brings a provider; such packages take the place of each other."""
    return _KNOWN[provider].package


def asked_for(provider: Provider, threads: int) -> list[Asked]:
    """Return what to ask onnxruntime for, best first: the provider, and what runs the few operators it leaves over."""
    asked = [(_KNOWN[one].name, dict(_KNOWN[one].options)) for one in (provider, *_KNOWN[provider].after)]
    if provider is Provider.OPENVINO:
        asked[0][1]["num_of_threads"] = str(threads)
    return asked
