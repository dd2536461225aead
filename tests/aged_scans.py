"""What years and copiers do to a page: a scan made worse, always in the same way."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import scans
from PIL import Image, ImageFilter

Picture = Image.Image
Ink = Any  # float64 of shape (height, width), 0 black to 255 white

SEED = 7


def _ink(page: Picture) -> Ink:
    return np.asarray(page.convert("L"), dtype=np.float64)


def _picture(ink: Ink) -> Picture:
    return Image.fromarray(np.clip(ink, 0, 255).astype(np.uint8))


def _noise(ink: Ink, spread: float) -> Ink:
    return ink + np.random.default_rng(SEED).normal(0, spread, ink.shape)


def speckled(page: Picture) -> Picture:
    """Toner and dust: dark dots of one to three pixels on paper, white ones in the strokes."""
    ink, random = _ink(page), np.random.default_rng(SEED)
    for size, share in ((1, 0.004), (2, 0.0015), (3, 0.0006)):
        for tone in (40.0, 235.0):
            ys, xs = np.nonzero(random.random(ink.shape) < share / size)
            for dy in range(size):
                for dx in range(size):
                    ink[np.minimum(ys + dy, ink.shape[0] - 1),
                        np.minimum(xs + dx, ink.shape[1] - 1)] = tone  # fmt: skip
    return _picture(ink)


def greyed(page: Picture) -> Picture:
    """Grey recycled paper and faded ink, with the grain of both."""
    return _picture(_noise(90 + _ink(page) * (165 - 90) / 255, 6))


def stained(page: Picture) -> Picture:
    """Coffee: brown discs with a darker rim, on paper that yellows towards one corner."""
    ink = _ink(page)
    height, width = ink.shape
    y, x = np.mgrid[0:height, 0:width]
    paper = 1 - 0.35 * (x / width) * (y / height)
    for cx, cy, radius in ((0.35, 0.3, 0.22), (0.7, 0.55, 0.3), (0.3, 0.75, 0.18)):
        away = np.hypot(x - cx * width, y - cy * height) / (radius * width)
        paper = np.where(away < 1, paper * 0.62, paper)
        paper = np.where(np.abs(away - 1) < 0.03, paper * 0.6, paper)
    grey = _noise(ink * paper, 4)
    return Image.merge("RGB", [_picture(grey * share) for share in (1.0, 0.93, 0.8)])


def shown_through(page: Picture) -> Picture:
    """Thin paper: the print of the other side, mirrored, blurred, a third as dark."""
    behind = page.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    behind = behind.filter(ImageFilter.GaussianBlur(3))
    shade = (255 - _ink(behind)) * 0.38
    shifted = np.roll(shade, (47, 20), axis=(0, 1))
    return _picture(_noise(_ink(page) - shifted - 12, 3))


def faint(page: Picture) -> Picture:
    """A worn ribbon: ink hardly darker than the paper."""
    return _picture(_noise(175 + _ink(page) * (225 - 175) / 255, 4))


def skewed(page: Picture) -> Picture:
    """Put in askew by three degrees."""
    return page.rotate(3.0, Image.Resampling.BICUBIC, fillcolor=255)


def coarse(page: Picture) -> Picture:
    """150 dots an inch, kept as a JPEG of low quality."""
    small = page.resize((page.width // 2, page.height // 2), Image.Resampling.BOX)
    return Image.open(io.BytesIO(scans.as_file(small, "JPEG", quality=45))).convert("L")


def worst(page: Picture) -> Picture:
    """Faint print on stained, speckled paper that the other side shows through."""
    return speckled(stained(shown_through(_picture(60 + _ink(page) * 195 / 255))).convert("L"))


AGEINGS: Mapping[str, Callable[[Picture], Picture]] = {
    "clean": lambda page: page,
    "speckle": speckled,
    "grey paper": greyed,
    "coffee": stained,
    "show-through": shown_through,
    "faint": faint,
    "3° askew": skewed,
    "150 dpi": coarse,
    "all of it": worst,
}
