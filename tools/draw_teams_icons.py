"""Draw the icons of the Teams app into deploy/teams: a speech bubble with three dots, in our own colours."""

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "deploy" / "teams"
COLOUR, OUTLINE = 192, 32  # the sizes that Teams asks for
FINER = 8  # drawn so much larger, and made smaller again, so that edges are smooth
DARK, WHITE, CLEAR = (0x21, 0x2B, 0x32, 255), (255, 255, 255, 255), (255, 255, 255, 0)

Colour = tuple[int, int, int, int]


def draw(size: int, background: Colour, bubble: Colour, dots: Colour, line: Colour, margin: float) -> Image.Image:
    """A picture of `size` pixels; the bubble keeps `margin`, a share of it, from each edge."""
    large = size * FINER
    image = Image.new("RGBA", (large, large), background)
    pen = ImageDraw.Draw(image)
    left, right = large * margin, large * (1 - margin)
    top, bottom = left, right - (right - left) * 0.22
    width, round_ = round(large / 16), (right - left) * 0.2
    tail = [(left + round_, bottom - width), (left + round_, right), (left + round_ * 2.4, bottom - width)]
    pen.polygon([(x, y) for x, y in tail], fill=line)
    pen.rounded_rectangle((left, top, right, bottom), round_, fill=line)
    pen.rounded_rectangle(
        (left + width, top + width, right - width, bottom - width), max(round_ - width, 0), fill=bubble
    )
    middle, radius = (top + bottom) / 2, (right - left) * 0.07
    for share in (0.27, 0.5, 0.73):
        x = left + (right - left) * share
        pen.ellipse((x - radius, middle - radius, x + radius, middle + radius), fill=dots)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write both."""
    draw(COLOUR, DARK, WHITE, DARK, WHITE, 0.2).convert("RGB").save(FOLDER / "color.png", optimize=True)
    draw(OUTLINE, CLEAR, CLEAR, WHITE, WHITE, 0.06).save(FOLDER / "outline.png", optimize=True)


if __name__ == "__main__":
    main()
