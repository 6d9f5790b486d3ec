"""Images have the pixels that were drawn, in few bytes."""

import base64

import vl_convert

from brief import vegalite

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">'
SVG = f"""{OPEN}<rect width="300" height="200" fill="#fff"/>
<circle cx="90" cy="90" r="70" fill="#0064a7" opacity="0.5"/>
<path d="M0 0 300 200" stroke="#b84701"/></svg>"""


def shown(png: bytes) -> bytes:
    """What another program sees of an image."""
    address = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return vl_convert.svg_to_png(f'{OPEN}<image href="{address}" width="300" height="200"/></svg>')


def test_an_image_is_the_same_in_half_the_bytes():
    drawn = vl_convert.svg_to_png(SVG, scale=2)
    packed = vegalite.packed(drawn)
    assert len(packed) < len(drawn) / 2 and packed[:33] == drawn[:33]
    assert shown(packed) == shown(drawn) != vl_convert.svg_to_png(f"{OPEN}</svg>")
    assert vegalite.packed(packed) == packed
