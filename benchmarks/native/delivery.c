/* What was posted, and what of it came to whom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "generator.h"
#include "marker.h"

static uint32_t *dirty, dirty_count;

static void deliver(Client *c, const uint8_t *marker) {
    Room *room = &rooms[c->room];
    uint64_t posted = marker_posted(marker), late = now > posted ? now - posted : 0;
    uint32_t number = marker_number(marker), *arrived = &room->arrived[number % MAX_UNDER_WAY];
    room->delivered++;
    bool is_last = ++*arrived == room->receivers;
    if (is_last)
        *arrived = 0;
    if (measure.is_on) {
        measure.deliveries++;
        measure.out_of_order += number != c->last_number + 1;
        histogram_add(&measure.each, late);
        if (is_last)
            histogram_add(&measure.last, late);
    }
    c->last_number = number;
    if (!room->is_dirty) {
        room->is_dirty = true;
        if (!dirty && !(dirty = calloc(options.rooms, sizeof *dirty)))
            abort();
        dirty[dirty_count++] = c->room;
    }
}

void client_hear(Client *c, uint8_t *text, size_t length) {
    const Dialect *d = options.dialect;
    if (c->state != READY || length < d->tail + MARKER_LENGTH || text[length - d->tail - MARKER_LENGTH] != '|') {
        d->hear(c, text, length);
        return;
    }
    deliver(c, text + length - d->tail - MARKER_LENGTH);
}

static void post(uint32_t index, uint32_t window) {
    static uint8_t body[MAX_SIZE];
    Room *room = &rooms[index];
    room->is_dirty = false;
    uint64_t under_way = room->posted - room->delivered / room->receivers;
    if (under_way >= window)
        return;
    memset(body, 'x', options.size - MARKER_LENGTH);
    for (uint64_t time = clock_ns(); under_way < window; under_way++) {
        marker_write(body + options.size - MARKER_LENGTH, time, ++room->number);
        options.dialect->post(&clients[index], room, body);
        room->posted++;
    }
}

void rooms_post(uint32_t window, bool all) {
    for (uint32_t i = 0; i < (all ? options.rooms : dirty_count); i++)
        post(all ? i : dirty[i], window);
    dirty_count = 0;
    clients_flush();
}

bool rooms_settled(void) {
    for (uint32_t i = 0; i < options.rooms; i++)
        if (rooms[i].delivered < rooms[i].posted * rooms[i].receivers)
            return false;
    return true;
}
