/* What ends each body: '|', when it was posted (16 hexadecimal digits of nanoseconds) and its number in the room (8). */
#ifndef MARKER_H
#define MARKER_H
#include <stdint.h>
#include <string.h>

enum { MARKER_LENGTH = 25, MARKER_HEX = 24 };

static inline void marker_write(uint8_t *to, uint64_t posted, uint32_t number) {
    static const char digits[] = "0123456789abcdef";
    *to++ = '|';
    for (int shift = 60; shift >= 0; shift -= 4)
        *to++ = (uint8_t)digits[posted >> shift & 15];
    for (int shift = 28; shift >= 0; shift -= 4)
        *to++ = (uint8_t)digits[number >> shift & 15];
}

/* Eight hexadecimal digits in lower case, all at once. */
static inline uint32_t marker_digits(const uint8_t *from) {
    uint64_t v;
    memcpy(&v, from, 8);
    v = (v & 0x0F0F0F0F0F0F0F0Full) + 9 * (v >> 6 & 0x0101010101010101ull);
    v = __builtin_bswap64(v);
    v = (v | v >> 4) & 0x00FF00FF00FF00FFull;
    v = (v | v >> 8) & 0x0000FFFF0000FFFFull;
    return (uint32_t)(v | v >> 16);
}

static inline uint64_t marker_posted(const uint8_t *marker) { return (uint64_t)marker_digits(marker + 1) << 32 | marker_digits(marker + 9); }

static inline uint32_t marker_number(const uint8_t *marker) { return marker_digits(marker + 17); }
#endif
