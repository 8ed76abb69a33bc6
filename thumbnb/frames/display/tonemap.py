"""HDR and wide-gamut signals brought to sRGB, so that they look as they were meant to.

Sources: the curves are those of SMPTE ST 2084 (PQ) and ITU-R BT.2100 (HLG, and its
OOTF at a 1000 nit display), the level of white that of ITU-R BT.2408.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np
from av.video.reformatter import ColorPrimaries, ColorTrc

from thumbnb.frames.display.side_data import side_data

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WHITE = 203.0  # nits of a white page in HDR
PEAK = 1000.0  # nits of the brightest highlight, where the file does not say
_PQ_TOP = 10_000.0

# Up to here (1 is white) nothing is changed; above it highlights are bent to fit.
_KNEE = 0.6

# A display's curve, as near as an SDR signal of another gamut needs it.
_SDR_GAMMA = 2.2

_STEPS = 65_536
_MIDDLE = 0.5
_STRIP = 256  # rows at a time, so that a 4K frame needs no gigabyte of floats

# Linear RGB to linear RGB of BT.709, from the chromaticities of the primaries (D65).
_TO_709 = {
    ColorPrimaries.BT2020: (
        (1.660491, -0.587641, -0.072850),
        (-0.124550, 1.132900, -0.008349),
        (-0.018151, -0.100579, 1.118730),
    ),
    ColorPrimaries.SMPTE432: (
        (1.224940, -0.224940, 0.0),
        (-0.042057, 1.042057, 0.0),
        (-0.019638, -0.078636, 1.098274),
    ),
}
_TO_709[ColorPrimaries.SMPTE431] = _TO_709[ColorPrimaries.SMPTE432]


@dataclass(frozen=True)
class Signal:
    """What the numbers of a frame mean: transfer curve, primaries, peak in nits."""

    transfer: int
    primaries: int
    peak: float = PEAK

    @classmethod
    def of(cls, frame: VideoFrame, transfer: int | None = None) -> Signal:
        """Return what ``frame`` says of itself, or ``transfer`` says, filled up."""
        transfer = frame.color_trc if transfer is None else transfer
        known = frame.color_primaries in _TO_709
        primaries = frame.color_primaries if known else ColorPrimaries.BT2020
        data = side_data(frame, "CONTENT_LIGHT_LEVEL")
        brightest = struct.unpack("=II", data)[0] if data is not None else 0
        stated = transfer == ColorTrc.SMPTE2084 and WHITE < brightest <= _PQ_TOP
        return cls(transfer, primaries, float(brightest) if stated else PEAK)

    @property
    def hdr(self) -> bool:
        """Whether there is anything brighter than white in it."""
        return self.transfer in (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)


@dataclass(frozen=True)
class ConeSpace:
    """A signal made of the responses of the eye's cones (L, M, S) rather than of RGB.

    ``to_cones`` gives L'M'S' from the three planes, ``to_rgb`` linear RGB of BT.2020
    from linear LMS.
    """

    to_cones: NDArray[np.floating]
    to_rgb: NDArray[np.floating]

    def signal(self, planes: NDArray[np.uint16]) -> NDArray[np.uint16]:
        """Return 16 bit L'M'S' (height x width x 3) of 16 bit planes in full range."""
        out = np.empty(planes.shape, np.uint16)
        to_cones = self.to_cones.T.astype(np.float32)
        for top in range(0, len(planes), _STRIP):
            strip = planes[top : top + _STRIP].astype(np.float32) / (_STEPS - 1)
            strip[..., 1:] -= np.float32(_MIDDLE)
            cones = strip @ to_cones
            out[top : top + _STRIP] = (cones.clip(0, 1) * (_STEPS - 1)).round()
        return out


# Sources: ITU-R BT.2100 table 7 for ICtCp; for Dolby Vision's profile 5 the IPT space of
# Ebner and Fairchild with the cones of Hunt, Pointer and Estevez, 2 % of crosstalk and PQ.
ICTCP = ConeSpace(
    np.linalg.inv(np.array([[2048, 2048, 0], [6610, -13613, 7003], [17933, -17390, -543]]) / 4096),
    np.linalg.inv(np.array([[1688, 2146, 262], [683, 2951, 462], [99, 309, 3688]]) / 4096),
)
_2020_TO_XYZ = np.array(
    [[0.636958, 0.144617, 0.168881], [0.2627, 0.677998, 0.059302], [0, 0.028073, 1.060985]]
)
_XYZ_TO_CONES = np.array([[0.40024, 0.7076, -0.08081], [-0.2263, 1.16532, 0.0457], [0, 0, 0.91822]])
_CROSSTALK = 0.94 * np.eye(3) + 0.02
IPT = ConeSpace(
    np.linalg.inv(np.array([[0.4, 0.4, 0.2], [4.455, -4.851, 0.396], [0.8056, 0.3572, -1.1628]])),
    np.linalg.inv(_CROSSTALK @ _XYZ_TO_CONES @ _2020_TO_XYZ),
)


def ycgco(planes: NDArray[np.uint16]) -> NDArray[np.uint8]:
    """Return 8 bit RGB of 16 bit planes Y, Cg, Co in full range (height x width x 3)."""
    out = np.empty(planes.shape, np.uint8)
    for top in range(0, len(planes), _STRIP):
        y, green, orange = np.moveaxis(planes[top : top + _STRIP].astype(np.int32), -1, 0)
        green, orange = green - _STEPS // 2, orange - _STEPS // 2
        rgb = np.stack([y - green + orange, y + green, y - green - orange], -1)
        out[top : top + _STRIP] = (rgb.clip(0, _STEPS - 1) + 128) // 257
    return out


def to_srgb(
    rgb: NDArray[np.uint16], signal: Signal, cones: ConeSpace | None = None
) -> NDArray[np.uint8]:
    """Return 16 bit RGB (height x width x 3) of ``signal`` as 8 bit sRGB.

    Of a signal in ``cones``, the three are L'M'S'.
    """
    decode = _linear(signal.transfer)
    encode = _encoded(hdr=signal.hdr)
    to_709 = np.array(_TO_709[ColorPrimaries(signal.primaries)], np.float32).T
    out = np.empty(rgb.shape, np.uint8)
    for top in range(0, len(rgb), _STRIP):
        linear = decode[rgb[top : top + _STRIP]]
        if cones is not None:
            linear = (linear @ cones.to_rgb.T.astype(np.float32)).clip(0)
        if signal.transfer == ColorTrc.ARIB_STD_B67:
            linear = _hlg_display(linear)
        if signal.hdr:
            linear = _bend_highlights(linear, signal.peak / WHITE)
        linear = linear @ to_709
        index = (linear.clip(0, 1) * (_STEPS - 1)).astype(np.uint16)
        out[top : top + _STRIP] = encode[index]
    return out


def _bend_highlights(linear: Floats, peak: float) -> Floats:
    """Fit 0..peak into 0..1: as it is up to the knee, then ever flatter. Hues stay."""
    brightest = linear.max(axis=-1, keepdims=True)
    steepness = (peak - _KNEE) / (1 - _KNEE)  # makes the two parts meet without a corner
    above = ((brightest - _KNEE) / (peak - _KNEE)).clip(0, 1)
    bent = _KNEE + (1 - _KNEE) * steepness * above / (1 + (steepness - 1) * above)
    return linear * np.where(brightest > _KNEE, bent / brightest.clip(_KNEE), np.float32(1))


def _hlg_display(scene: Floats) -> Floats:
    """From the light of the scene to that of a 1000 nit display, 1 being white."""
    luminance = scene @ np.array([0.2627, 0.6780, 0.0593], np.float32)
    return cast("Floats", scene * (luminance[..., None] ** 0.2 * np.float32(PEAK / WHITE)))


@lru_cache(maxsize=4)
def _linear(transfer: int) -> Floats:
    signal = np.linspace(0, 1, _STEPS)
    if transfer == ColorTrc.SMPTE2084:
        root = signal ** (32 / 2523)
        ratio = (root - 107 / 128).clip(0) / (2413 / 128 - 2392 / 128 * root)
        linear = _PQ_TOP / WHITE * ratio ** (16384 / 2610)
    elif transfer == ColorTrc.ARIB_STD_B67:
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        linear = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12)  # noqa: PLR2004
    else:
        linear = signal**_SDR_GAMMA
    return linear.astype(np.float32)


@lru_cache(maxsize=2)
def _encoded(*, hdr: bool) -> NDArray[np.uint8]:
    linear = np.linspace(0, 1, _STEPS)
    if hdr:
        curve = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)  # noqa: PLR2004
    else:
        curve = linear ** (1 / _SDR_GAMMA)
    return (curve * 255).round().astype(np.uint8)
