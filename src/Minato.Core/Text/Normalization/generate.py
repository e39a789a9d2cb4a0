#!/usr/bin/env python3
"""Writes normalization.txt, the Unicode data behind NFC and NFKC, from the interpreter's own unicodedata:
python3 generate.py > normalization.txt

C cp cp…    full canonical decomposition        K cp cp…    full compatibility decomposition, where it differs
P a b cp    a and b compose to cp               R ccc a-b…  code points of a canonical combining class
Hangul syllables are computed (Unicode 3.12), not listed. All numbers but ccc are hexadecimal.
"""
import sys
import unicodedata as u

points = [c for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF and not 0xAC00 <= c <= 0xD7A3]
hexes = lambda text: " ".join(f"{ord(c):X}" for c in text)
print(f"# Unicode {u.unidata_version}, by generate.py")
for c in points:
    nfd, nfkd = u.normalize("NFD", chr(c)), u.normalize("NFKD", chr(c))
    if nfd != chr(c):
        print(f"C {c:X} {hexes(nfd)}")
    if nfkd != nfd:
        print(f"K {c:X} {hexes(nfkd)}")
for c in points:
    parts = u.decomposition(chr(c)).split()
    if len(parts) == 2 and not parts[0].startswith("<") and u.normalize("NFC", chr(c)) == chr(c):
        print(f"P {parts[0]} {parts[1]} {c:X}")
classes = {}
for c in points:
    if u.combining(chr(c)):
        ranges = classes.setdefault(u.combining(chr(c)), [])
        if ranges and ranges[-1][1] == c - 1:
            ranges[-1][1] = c
        else:
            ranges.append([c, c])
for ccc, ranges in sorted(classes.items()):
    print(f"R {ccc} " + " ".join(f"{a:X}-{b:X}" for a, b in ranges))
