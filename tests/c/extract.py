#!/usr/bin/env python3
"""extract.py INCLUDE FRAMES OUT: makes programs of the examples in the headers' comments.

An example is what a comment indents by five columns. Empty lines and lines of dots cut it into parts. Each
C file in FRAMES is a program with gaps, lines such as `/* EXAMPLE nprom_names.h 2.1 */`, which take part 1 of the
second example of that header. Fails where a part is in no program, or a gap has no part."""

import re
import sys
from pathlib import Path

COMMENT = re.compile(r"^(?: \*|//)(?: (.*))?$")
GAP = re.compile(r"^ *\/\* EXAMPLE (\S+) ([\d.]+) \*\/$")


def examples(header):
    """Parts by number, "2.1": the line of the first, and the lines."""
    parts, example, part, inside, cut = {}, 0, 0, False, False
    for number, line in enumerate(header.read_text().splitlines(), 1):
        comment = COMMENT.match(line)
        text = comment and (comment[1] or "")
        if not comment or (text and not text.startswith("    ")):
            inside = False
        elif not text or text.strip() in ("...", "…"):
            cut = True
        else:
            if not inside:
                example, part, inside, cut = example + 1, 0, True, True
            if cut:
                part, cut = part + 1, False
                parts[f"{example}.{part}"] = (number, [])
            parts[f"{example}.{part}"][1].append(text[4:])
    return parts


def main(include, frames, out):
    parts = {
        (header.name, number): (header, *part)
        for header in sorted(include.glob("*.h"))
        for number, part in examples(header).items()
    }
    unused = set(parts)
    for frame in sorted(frames.glob("*.c")):
        text = []
        for number, line in enumerate(frame.read_text().splitlines(), 1):
            gap = GAP.match(line)
            if not gap:
                text.append(line)
                continue
            key = gap.groups()
            if key not in parts:
                sys.exit(f"{frame}:{number}: there is no example {key[1]} in {key[0]}")
            unused.discard(key)
            header, first, code = parts[key]
            text += [f'#line {first} "{header}"', *code, f'#line {number + 1} "{frame}"']
        (out / frame.name).write_text("\n".join(text) + "\n")
    for header, number in sorted(unused):
        print(f"{include / header}:{parts[header, number][1]}: example {number} is in no program of {frames}")
    sys.exit(1 if unused else 0)


main(*map(Path, sys.argv[1:]))
