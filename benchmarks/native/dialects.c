/* The protocols: Minato's own and IRC, and those of the programs beside it, which are given texts as long as Minato's. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "generator.h"
#include "marker.h"

/* An event of minato.v1 around a body; the numbers grow as they do in a room. */
#define EVENT "{\"op\":\"ev\",\"room\":\"01980000-0000-7000-8000-00000000%04u\",\"seq\":%u,\"type\":\"post\",\"ts\":1790000000000," \
    "\"from\":{\"id\":\"01980000-0000-7000-8000-000000000000\",\"nick\":\"guest-0000\"},\"post\":%u,\"body\":\"%.*s\"}"

static bool begins(const uint8_t *text, size_t length, const char *with) { return length >= strlen(with) && memcmp(text, with, strlen(with)) == 0; }

static bool says(const uint8_t *text, size_t length, const char *what) { return memmem(text, length, what, strlen(what)) != NULL; }

static int event_text(char *to, const Room *room, const uint8_t *body, uint32_t size) {
    return snprintf(to, MAX_TEXT, EVENT, (unsigned)(room - rooms) % 10000, room->number, room->number, (int)size, (const char *)body);
}

static uint32_t room_name(uint32_t room) { return options.from + room; }

static void say_frame(Client *c, const char *text) { websocket_send(c, text, strlen(text)); }

/* minato.v1: docs/protocols/websocket.md */

static void minato_greet(Client *c) { say_frame(c, "{\"op\":\"hello\",\"ver\":1}"); }

static void minato_hear(Client *c, uint8_t *text, size_t length) {
    char enter[128];
    if (begins(text, length, "{\"op\":\"error\""))
        client_lost(c, "refused", text, length);
    if (c->state != ENTERING)
        return;
    if (begins(text, length, "{\"op\":\"welcome\"")) {
        /* The first of each room makes it. */
        snprintf(enter, sizeof enter, c->index < options.rooms ? "{\"op\":\"create\",\"cid\":\"e\",\"kind\":\"public\",\"slug\":\"load%u\"}" : "{\"op\":\"join\",\"cid\":\"e\",\"room\":\"#load%u\"}", room_name(c->room));
        say_frame(c, enter);
    } else if (begins(text, length, "{\"op\":\"ok\"")) {
        const char *id = memmem(text, length, "\"room\":\"", 8);
        if (id)
            snprintf(rooms[c->room].id, sizeof rooms[c->room].id, "%.36s", id + 8);
        client_ready(c);
    }
}

static void minato_post(Client *c, Room *room, const uint8_t *body) {
    char text[MAX_TEXT];
    const char *marker = (const char *)body + options.size - MARKER_HEX;
    int length = snprintf(text, sizeof text, "{\"op\":\"send\",\"cid\":\"%.*s\",\"room\":\"%s\",\"body\":\"%.*s\"}", MARKER_HEX, marker, room->id, (int)options.size, (const char *)body);
    websocket_send(c, text, (size_t)length);
}

/* A program that gives each text to everybody in the room, who posted it included. */

static void relay_greet(Client *c) {
    char join[32];
    snprintf(join, sizeof join, "J %u", room_name(c->room));
    say_frame(c, join);
}

static void relay_hear(Client *c, uint8_t *text, size_t length) {
    if (c->state == ENTERING && begins(text, length, "OK"))
        client_ready(c);
}

static void relay_post(Client *c, Room *room, const uint8_t *body) {
    char text[MAX_TEXT];
    websocket_send(c, text, (size_t)event_text(text, room, body, options.size));
}

/* SignalR's JSON protocol; the argument is so long that the invocation is as long as Minato's event. */

static void signalr_greet(Client *c) { say_frame(c, "{\"protocol\":\"json\",\"version\":1}\x1e"); }

static void signalr_hear(Client *c, uint8_t *text, size_t length) {
    char join[96];
    if (c->state != ENTERING)
        return;
    if (length == 2) {
        snprintf(join, sizeof join, "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Join\",\"arguments\":[\"%u\"]}\x1e", room_name(c->room));
        say_frame(c, join);
    } else if (begins(text, length, "{\"type\":3")) {
        if (says(text, length, "\"error\""))
            client_lost(c, "refused", text, length);
        client_ready(c);
    }
}

static void signalr_post(Client *c, Room *room, const uint8_t *body) {
    static const char around[] = "{\"type\":1,\"target\":\"m\",\"arguments\":[\"\"]}\x1e";
    char text[MAX_TEXT], padding[512];
    int more = event_text(text, room, body, options.size) - (int)options.size - (int)(sizeof around - 1);
    memset(padding, 'x', sizeof padding);
    int length = snprintf(text, sizeof text, "{\"type\":1,\"target\":\"Post\",\"arguments\":[\"%u\",\"%.*s%.*s\"]}\x1e", room_name(c->room), more, padding, (int)options.size, (const char *)body);
    websocket_send(c, text, (size_t)length);
}

/* IRC: who posts is not told. */

static void irc_greet(Client *c) {
    char hello[96];
    snprintf(hello, sizeof hello, "NICK l%uu%u\r\nUSER load 0 * :load\r\n", options.from, c->index);
    client_say(c, hello);
}

static void irc_hear(Client *c, uint8_t *text, size_t length) {
    char line[600];
    if (begins(text, length, "PING") && length < 512) {
        snprintf(line, sizeof line, "PONG%.*s\r\n", (int)length - 4, (const char *)text + 4);
        client_say(c, line);
        return;
    }
    if (begins(text, length, "ERROR"))
        client_lost(c, "refused", text, length);
    const uint8_t *word = c->state == ENTERING && text[0] == ':' ? memchr(text, ' ', length) : NULL;
    int numeric = word && length - (size_t)(word - text) > 4 ? atoi((const char *)word + 1) : 0;
    if (numeric >= 400 && numeric < 600 && numeric != 422)
        client_lost(c, "refused", text, length);
    if (numeric == 376 || numeric == 422) {
        snprintf(line, sizeof line, "JOIN #load%u\r\n", room_name(c->room));
        client_say(c, line);
    } else if (numeric == 366)
        client_ready(c);
}

static void irc_post(Client *c, Room *room, const uint8_t *body) {
    (void)room;
    char line[MAX_TEXT];
    int length = snprintf(line, sizeof line, "PRIVMSG #load%u :%.*s\r\n", room_name(c->room), (int)options.size, (const char *)body);
    memcpy(client_output(c, (size_t)length), line, (size_t)length);
}

/* Minato's lines: docs/protocols/lines.md. Notices begin with an asterisk; the one that names the room says that one is in. */

static void lines_greet(Client *c) {
    char join[64];
    snprintf(join, sizeof join, "/nick l%uu%u\n/join #load%u\n", options.from, c->index, room_name(c->room));
    client_say(c, join);
}

static void lines_hear(Client *c, uint8_t *text, size_t length) {
    char room[32];
    snprintf(room, sizeof room, "#load%u", room_name(c->room));
    if (c->state == ENTERING && begins(text, length, "* ") && says(text, length, room))
        client_ready(c);
}

static void lines_post(Client *c, Room *room, const uint8_t *body) {
    (void)room;
    uint8_t *to = client_output(c, options.size + 1);
    memcpy(to, body, options.size);
    to[options.size] = '\n';
}

static const Dialect dialects[] = {
    {"minato", "/ws", "minato.v1", 0, true, 2, minato_greet, minato_hear, minato_post},
    {"relay", "/", NULL, 0, true, 2, relay_greet, relay_hear, relay_post},
    {"signalr", "/chat", NULL, 0x1e, true, 3, signalr_greet, signalr_hear, signalr_post},
    {"irc", NULL, NULL, '\n', false, 0, irc_greet, irc_hear, irc_post},
    {"lines", NULL, NULL, '\n', true, 0, lines_greet, lines_hear, lines_post},
};

const Dialect *dialect_named(const char *name) {
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
        if (strcmp(dialects[i].name, name) == 0)
            return &dialects[i];
    return NULL;
}

void client_ready(Client *c) {
    c->state = READY;
    ready_count++;
}
