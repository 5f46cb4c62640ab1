"""The serial framing as a host sees it: requests out, pages and log lines in.

    frame := 0xFA | page | seq (2, little endian) | len | payload | CRC (4, little endian)

The CRC is zlib's, over everything of the page so far but start bytes and CRCs. A frame without
payload ends the page. Written to be obviously right, not to be fast: it is what the firmware and
the bridge are compared with.
"""

import zlib

START = 0xFA
ENQ = b"\x05"
EOT = b"\x04"
HEADER = 5
CRC = 4


def request(page):
    """The bytes that ask a device for its page under this id, 0x80 to 0xFF."""
    assert 0x80 <= page <= 0xFF, page
    return ENQ + bytes([page])


class Page:
    """A page of which some frames have come. `text` is None until the last one has."""

    def __init__(self, number):
        self.number, self.frames, self.crc, self.payload, self.text = number, 0, 0, b"", None


class Decoder:
    """Takes the bytes of a line as they come.

    `pages` holds the whole ones, `log` what came outside of frames, `taken` counts all bytes.
    """

    def __init__(self):
        self.pages, self.log, self.taken = [], bytearray(), 0
        self._waiting, self._page = bytearray(), None

    def feed(self, data):
        self.taken += len(data)
        self._waiting += data
        while self._step():
            pass

    def _step(self):
        """Takes one frame or one byte of something else; False when more bytes are needed."""
        waiting = self._waiting
        if not waiting:
            return False
        if waiting[0] != START:
            end = waiting.find(START)
            end = len(waiting) if end < 0 else end
            self.log += waiting[:end]
            del waiting[:end]
            return True
        if len(waiting) < HEADER:
            return False
        size = HEADER + waiting[4] + CRC
        if len(waiting) < size:
            return False
        if self._frame(bytes(waiting[1 : size - CRC]), bytes(waiting[size - CRC : size])):
            del waiting[:size]
        else:  # not a frame: the next start byte may be inside of what was taken for one
            self.log.append(START)
            del waiting[:1]
        return True

    def _frame(self, covered, crc):
        """Adds a frame to its page; False when it belongs to none."""
        number, seq, payload = covered[0], int.from_bytes(covered[1:3], "little"), covered[4:]
        page = Page(number) if seq == 0 else self._page
        if page is None or page.number != number or page.frames != seq:
            return False
        sum_so_far = zlib.crc32(covered, page.crc)
        if sum_so_far != int.from_bytes(crc, "little"):
            return False
        page.crc, page.frames, page.payload = sum_so_far, page.frames + 1, page.payload + payload
        self._page = page
        if not payload:
            page.text = page.payload.decode()
            self.pages.append(page)
            self._page = None
        return True
