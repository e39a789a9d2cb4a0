/* RFC 6455, as much of it as a client of these servers needs. */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include "generator.h"

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

void websocket_request(Client *c) {
    char request[512];
    const Dialect *d = options.dialect;
    snprintf(request, sizeof request,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
        d->path, options.port, d->subprotocol ? "Sec-WebSocket-Protocol: " : "", d->subprotocol ? d->subprotocol : "", d->subprotocol ? "\r\n" : "");
    client_say(c, request);
}

static void send_frame(Client *c, int opcode, const uint8_t *bytes, size_t length) {
    static const uint8_t mask[4] = {0x5a, 0x31, 0xc7, 0x09};
    size_t header = length < 126 ? 6 : 8;
    uint8_t *to = client_output(c, header + length);
    to[0] = (uint8_t)(0x80 | opcode);
    to[1] = (uint8_t)(0x80 | (length < 126 ? length : 126));
    if (length >= 126) {
        to[2] = (uint8_t)(length >> 8);
        to[3] = (uint8_t)length;
    }
    memcpy(to + header - 4, mask, 4);
    for (size_t i = 0; i < length; i++)
        to[header + i] = bytes[i] ^ mask[i & 3];
}

void websocket_send(Client *c, const char *text, size_t length) { send_frame(c, TEXT, (const uint8_t *)text, length); }

/* Records that end with a byte of their own run over the frames. */
static void take_payload(Client *c, uint8_t *bytes, size_t length) {
    uint8_t record_end = options.dialect->record_end;
    if (!record_end) {
        client_hear(c, bytes, length);
        return;
    }
    for (uint8_t *end; length && (end = memchr(bytes, record_end, length)); ) {
        size_t part = (size_t)(end - bytes);
        if (c->record.length) {
            bytes_append(&c->record, bytes, part);
            client_hear(c, c->record.bytes, c->record.length);
            c->record.length = 0;
        } else
            client_hear(c, bytes, part);
        bytes += part + 1;
        length -= part + 1;
    }
    if (length)
        bytes_append(&c->record, bytes, length);
}

static size_t take_upgrade(Client *c, const uint8_t *bytes, size_t length) {
    const uint8_t *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (!end)
        return 0;
    if (length < 12 || memcmp(bytes, "HTTP/1.1 101", 12) != 0)
        client_lost(c, "no upgrade", bytes, length);
    c->state = ENTERING;
    options.dialect->greet(c);
    return (size_t)(end + 4 - bytes);
}

size_t websocket_take(Client *c, uint8_t *bytes, size_t length) {
    size_t at = 0;
    if (c->state == UPGRADING && (at = take_upgrade(c, bytes, length)) == 0)
        return 0;
    while (length - at >= 2) {
        uint64_t payload = bytes[at + 1] & 127;
        size_t header = payload < 126 ? 2 : payload == 126 ? 4 : 10;
        if (length - at < header)
            break;
        if (header > 2) {
            payload = 0;
            for (size_t i = 2; i < header; i++)
                payload = payload << 8 | bytes[at + i];
        }
        if (length - at - header < payload)
            break;
        uint8_t *text = bytes + at + header;
        switch (bytes[at] & 15) {
            case TEXT: case BINARY: case CONTINUATION: take_payload(c, text, payload); break;
            case PING: send_frame(c, PONG, text, payload); break;
            case CLOSE: client_lost(c, "the server says goodbye", text, payload);
            default: break;
        }
        at += header + payload;
    }
    return at;
}
