"""The picture of a page to its characters: found, set upright, recognised.

rapidocr-onnxruntime 1.4.4 (Apache-2.0) carries PP-OCRv4's models for Chinese in its wheel and
fetches nothing; the packages after it fetch theirs. Its parts are called one by one, since the
whole of it looks at each line alone and cannot tell that a page lies on its side.
"""

import math
from itertools import pairwise
from statistics import mean, median
from typing import Any

from corpus.formats.glyphs import Rule
from corpus.formats.scan_types import TIGHT, Scan, ScanLine
from corpus.text.reading_text import is_han

FOUND_AT = 1440  # pixels of the longer side where lines are looked for; more only costs time
MAX_LINES = 1_500  # of a page
TALL = 1.5  # times its width; a line so high stands on its end
WITNESSES = 12  # lines, the longest, that tell which way up a page is
LEAST = 0.5  # how sure a line must be on average to be text and no ornament
SLANT = 0.15  # degrees; a page turned by less is read as it is
MAX_SLANT = 20.0  # degrees; no scanner takes in a page more askew
RULE_LENGTH = 1 / 25  # of the page's width; strokes of characters are shorter
MAX_RULES = 400  # of a page; more are a picture
REACH = 0.45  # em; as far from its middle a Latin character may reach to touch the next one
BEFORE, BEHIND = 0.1, 0.4  # of its height that a box is made longer at its ends
STRAY = 0.4  # of the usual distance; what differs by more has a mark or a blank in it
FOLLOWING = 3  # pairs of Chinese characters whose distance is trusted
HEAD = 4.0  # times its height: the part of a line that the classifier looks at

# Marks whose ink stands at one side of the em that is theirs.
_AT_LEFT, _AT_RIGHT = frozenset("，。、；：！？）》】〉」』”’"), frozenset("（《【〈「『“‘")

Image = Any  # uint8 of shape (height, width, 3)
Boxes = Any  # float32 of shape (n, 4, 2): corners clockwise from the upper left


class OcrEngine:
    """Recognises pages; `threads` of the processor work on one."""

    def __init__(self, threads: int) -> None:
        from rapidocr_onnxruntime import RapidOCR

        self._ocr = RapidOCR(intra_op_num_threads=threads, inter_op_num_threads=1)

    def read(self, image: Image, points: float) -> Scan:
        """The page on a picture, each pixel of which is so many points wide."""
        boxes = self._find(image)
        if boxes is not None and _lies(boxes):
            image = _quarter(image)
            boxes = self._find(image)
        if boxes is not None and self._is_upside_down(image, boxes):
            image, boxes = _half_turned(image, boxes)
        if boxes is not None:
            image, boxes = _levelled(image, boxes)
        height, width = image.shape[:2]
        lines = () if boxes is None else tuple(self._recognise(image, boxes, points))
        rules = tuple(_rules(image, points)) if lines else ()
        return Scan(width * points, height * points, lines, rules)

    def _find(self, image: Image) -> Boxes | None:
        """The boxes of the lines, None where there are none."""
        import cv2
        import numpy as np

        scale = min(1.0, FOUND_AT / max(image.shape[:2]))
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        boxes, _ = self._ocr.text_det(small)
        if boxes is None or not len(boxes):
            return None
        return _widened(np.asarray(boxes[:MAX_LINES], dtype=np.float32) / scale)

    def _is_upside_down(self, image: Image, boxes: Boxes) -> bool:
        longest = sorted(boxes, key=_length, reverse=True)[:WITNESSES]
        crops = self._ocr.get_crop_img_list(image, longest)
        heads = [crop[:, : int(HEAD * crop.shape[0])].copy() for crop in crops]
        _, said, _ = self._ocr.text_cls(heads)
        votes = [score if "180" in label else -score for label, score in said]
        return bool(sum(votes) > 0)

    def _recognise(self, image: Image, boxes: Boxes, points: float) -> list[ScanLine]:
        crops = self._ocr.get_crop_img_list(image, boxes)
        read, _ = self._ocr.text_rec(crops, return_word_box=True)
        found = []
        for box, (text, score, places) in zip(boxes, read, strict=True):
            if score >= LEAST and text.strip():
                found.append(_line(box, text, places, points))
        return found


def _line(box: Boxes, text: str, places: Any, points: float) -> ScanLine:
    """A recognised line; `places` tells in which of the columns that the model saw each character
    is (CTCLabelDecode of rapidocr).
    """
    columns, _, grouped, _, sure = places
    centres = [place for group in grouped for place in group]
    left, right = min(x for x, _ in box), max(x for x, _ in box)
    top, bottom = min(y for _, y in box), max(y for _, y in box)
    column = (right - left) / max(columns, 1)
    middles = [left + (centre + 0.5) * column for centre in centres]
    pitch = _pitch(text, middles)
    em = pitch or TIGHT * (bottom - top)
    ends = []
    for n, (char, middle) in enumerate(zip(text, middles, strict=False)):
        half = em * (REACH if char.isascii() else 0.5)
        back, forth = half, half
        if char in _AT_LEFT:
            back, forth = em * 0.25, em * 0.75
        elif char in _AT_RIGHT:
            back, forth = em * 0.75, em * 0.25
        x0, x1 = middle - back, middle + forth
        if n:
            x0 = max(x0, (middles[n - 1] + middle) / 2)
        if n + 1 < len(middles):
            x1 = min(x1, (middle + middles[n + 1]) / 2)
        ends.append((float(x0 * points), float(max(x0, x1) * points)))
    kept = len(ends)
    return ScanLine(
        text[:kept], tuple(ends), float(top * points), float(bottom * points),
        tuple(float(one) for one in sure[:kept]), float(pitch * points),
    )  # fmt: skip


def _pitch(text: str, middles: list[float]) -> float:
    """The distance of Chinese characters that follow each other, 0 where too few do."""
    steps = [
        b - a
        for (last, a), (char, b) in pairwise(zip(text, middles, strict=False))
        if is_han(last) and is_han(char)
    ]
    if len(steps) < FOLLOWING:
        return 0.0
    usual = median(steps)  # in whole columns of the model, of which an em has five or so
    return float(mean(step for step in steps if abs(step - usual) <= STRAY * usual))


def _length(box: Boxes) -> float:
    (x0, y0), (x1, y1), _, _ = box
    return float(math.hypot(x1 - x0, y1 - y0))


def _height(box: Boxes) -> float:
    (x0, y0), _, _, (x1, y1) = box
    return float(math.hypot(x1 - x0, y1 - y0))


def _widened(boxes: Boxes) -> Boxes:
    """The boxes a little longer: a comma behind the last character is easily left out of one."""
    along = (boxes[:, 1] + boxes[:, 2] - boxes[:, 0] - boxes[:, 3]) / 2
    down = (boxes[:, 2] + boxes[:, 3] - boxes[:, 0] - boxes[:, 1]) / 2
    for n, (way, side) in enumerate(zip(along, down, strict=True)):
        length, height = math.hypot(*way), math.hypot(*side)
        if TALL * length < height:  # it stands on its end
            way, side, length, height = side, way, height, length
            ends, starts = [2, 3], [0, 1]
        else:
            ends, starts = [1, 2], [0, 3]
        step = way * (height / max(length, 1.0))
        boxes[n, ends] += BEHIND * step
        boxes[n, starts] -= BEFORE * step
    return boxes


def _lies(boxes: Boxes) -> bool:
    """Whether most of the print stands on its end."""
    upright = sum(_length(box) for box in boxes if _height(box) < TALL * _length(box))
    return upright < sum(_height(box) for box in boxes if _height(box) >= TALL * _length(box))


def _quarter(image: Image) -> Image:
    import numpy as np

    return np.ascontiguousarray(np.rot90(image))


def _half_turned(image: Image, boxes: Boxes) -> tuple[Image, Boxes]:
    import numpy as np

    height, width = image.shape[:2]
    turned = np.array([width, height], dtype=np.float32) - boxes
    return np.ascontiguousarray(image[::-1, ::-1]), turned[:, [2, 3, 0, 1]]


def _levelled(image: Image, boxes: Boxes) -> tuple[Image, Boxes]:
    """The picture turned until its longer lines are level."""
    import cv2
    import numpy as np

    long = sorted(boxes, key=_length)[len(boxes) // 2 :]
    slants = [math.degrees(math.atan2(b[1][1] - b[0][1], b[1][0] - b[0][0])) for b in long]
    slant = float(np.median(slants))
    if not SLANT < abs(slant) < MAX_SLANT:
        return image, boxes
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    white = (255, 255, 255)
    level = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)
    return level, (boxes @ turn[:, :2].T + turn[:, 2]).astype(np.float32)


def _rules(image: Image, points: float) -> list[Rule]:
    """The long level and upright lines of a page, which make its tables."""
    import cv2
    import numpy as np

    dark = (cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) < 128).astype(np.uint8)
    length = max(int(image.shape[1] * RULE_LENGTH), 20)
    found: list[Rule] = []
    for size in ((length, 1), (1, length)):
        kernel = cv2.getStructuringElement(cv2.MORPH_RECT, size)
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, kernel)
        lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))  # of a line that is not quite level
        _, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, w, h, _ in stats[1:]:
            if size[0] > 1 and w > 5 * h:
                found.append(_rule(x, y + h / 2, x + w, y + h / 2, points))
            elif size[0] == 1 and h > 5 * w:
                found.append(_rule(x + w / 2, y, x + w / 2, y + h, points))
    return found if len(found) <= MAX_RULES else []


def _rule(x0: float, y0: float, x1: float, y1: float, points: float) -> Rule:
    return Rule(*(float(one * points) for one in (x0, y0, x1, y1)))
