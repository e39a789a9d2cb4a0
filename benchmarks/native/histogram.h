/* Times in nanoseconds, counted in buckets that are at most 3 % wide: 32 to each power of two. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H
#include <stdint.h>

enum { HISTOGRAM_STEPS = 32, HISTOGRAM_BUCKETS = 60 * HISTOGRAM_STEPS };

typedef struct {
    uint64_t counts[HISTOGRAM_BUCKETS];
    uint64_t total;
} Histogram;

static inline void histogram_add(Histogram *h, uint64_t ns) {
    unsigned bucket = (unsigned)ns;
    if (ns >= HISTOGRAM_STEPS) {
        unsigned shift = 58u - (unsigned)__builtin_clzll(ns); /* ns >> shift lies in 32..63 */
        bucket = (shift + 1) * HISTOGRAM_STEPS + (unsigned)(ns >> shift) - HISTOGRAM_STEPS;
    }
    h->counts[bucket < HISTOGRAM_BUCKETS ? bucket : HISTOGRAM_BUCKETS - 1]++;
    h->total++;
}

/* The time below which the given part (0 to 1) of all lies, in microseconds; 0 where there is none. */
static inline double histogram_quantile(const Histogram *h, double part) {
    uint64_t wanted = (uint64_t)((double)h->total * part), seen = 0;
    for (unsigned i = 0; i < HISTOGRAM_BUCKETS; i++) {
        seen += h->counts[i];
        if (seen > wanted) {
            if (i < HISTOGRAM_STEPS)
                return i / 1e3;
            unsigned shift = i / HISTOGRAM_STEPS - 1;
            return (double)(((uint64_t)(HISTOGRAM_STEPS + i % HISTOGRAM_STEPS) << shift) + (1ull << shift) / 2) / 1e3;
        }
    }
    return 0;
}
#endif
