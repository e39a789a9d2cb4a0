/* Sockets: connecting, receiving, sending. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "generator.h"

enum { RECEIVE = 256 * 1024, EVENTS = 1024, PER_ADDRESS = 20000 };

static int epoll;
static uint8_t *buffer;
static size_t buffer_size;
static uint32_t *dirty, dirty_count;

uint64_t clock_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void client_lost(const Client *c, const char *why, const uint8_t *said, size_t length) {
    fprintf(stderr, "generator: client %u (of room %u, state %d): %s: %.*s\n", c->index, c->room, c->state, why, (int)(length > 300 ? 300 : length), (const char *)said);
    exit(1);
}

void bytes_append(Bytes *to, const uint8_t *from, size_t length) {
    if (to->length + length > to->capacity) {
        to->capacity = (uint32_t)(to->length + length) * 2 + 256;
        to->bytes = realloc(to->bytes, to->capacity);
        if (!to->bytes)
            abort();
    }
    if (from)
        memcpy(to->bytes + to->length, from, length);
    to->length += (uint32_t)length;
}

uint8_t *client_output(Client *c, size_t length) {
    uint32_t at = c->output.length;
    bytes_append(&c->output, NULL, length);
    if (!c->is_dirty) {
        c->is_dirty = true;
        dirty[dirty_count++] = c->index;
    }
    return c->output.bytes + at;
}

void client_say(Client *c, const char *text) { memcpy(client_output(c, strlen(text)), text, strlen(text)); }

void connections_open(void) {
    struct rlimit descriptors;
    getrlimit(RLIMIT_NOFILE, &descriptors);
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
    epoll = epoll_create1(0);
    dirty = calloc(options.clients, sizeof *dirty);
    buffer_size = RECEIVE;
    buffer = malloc(buffer_size);
    if (epoll < 0 || !dirty || !buffer)
        abort();
}

static void watch(Client *c, int how, bool writing) {
    struct epoll_event e = {.events = EPOLLIN | (writing ? EPOLLOUT : 0), .data.u32 = c->index};
    epoll_ctl(epoll, how, c->fd, &e);
    c->awaits_writing = writing;
}

void connection_start(Client *c) {
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0)
        client_lost(c, strerror(errno), NULL, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    /* One loopback address has 28,000 ports: from 127.0.0.2 on for more. The number is chosen by connect. */
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + c->index / PER_ADDRESS)};
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(c->fd, (struct sockaddr *)&own, sizeof own) != 0)
        client_lost(c, strerror(errno), NULL, 0);
    if (connect(c->fd, (struct sockaddr *)&server, sizeof server) != 0 && errno != EINPROGRESS)
        client_lost(c, strerror(errno), NULL, 0);
    c->state = CONNECTING;
    watch(c, EPOLL_CTL_ADD, true);
}

static void connected(Client *c) {
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error)
        client_lost(c, strerror(error), NULL, 0);
    if (options.dialect->path) {
        c->state = UPGRADING;
        websocket_request(c);
    } else {
        c->state = ENTERING;
        options.dialect->greet(c);
    }
}

static void flush(Client *c) {
    uint32_t sent = 0;
    while (sent < c->output.length) {
        ssize_t n = send(c->fd, c->output.bytes + sent, c->output.length - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN)
            client_lost(c, strerror(errno), NULL, 0);
        if (n <= 0)
            break;
        sent += (uint32_t)n;
    }
    c->output.length -= sent;
    memmove(c->output.bytes, c->output.bytes + sent, c->output.length);
    if (c->awaits_writing != (c->output.length > 0))
        watch(c, EPOLL_CTL_MOD, c->output.length > 0);
}

void clients_flush(void) {
    for (uint32_t i = 0; i < dirty_count; i++) {
        clients[dirty[i]].is_dirty = false;
        flush(&clients[dirty[i]]);
    }
    dirty_count = 0;
}

static size_t take_records(Client *c, uint8_t *bytes, size_t length) {
    size_t at = 0;
    for (uint8_t *end; at < length && (end = memchr(bytes + at, options.dialect->record_end, length - at)); at = (size_t)(end - bytes) + 1) {
        size_t text = (size_t)(end - (bytes + at));
        if (text > 0 && bytes[at + text - 1] == '\r')
            text--;
        client_hear(c, bytes + at, text);
    }
    return at;
}

static void receive(Client *c) {
    size_t kept = c->partial.length;
    if (kept + RECEIVE > buffer_size) {
        buffer_size = kept + RECEIVE;
        buffer = realloc(buffer, buffer_size);
        if (!buffer)
            abort();
    }
    if (kept)
        memcpy(buffer, c->partial.bytes, kept);
    ssize_t n = recv(c->fd, buffer + kept, RECEIVE, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        client_lost(c, n ? strerror(errno) : "the server has closed", c->partial.bytes, kept);
    now = clock_ns();
    if (measure.is_on) {
        measure.received_bytes += (uint64_t)n;
        measure.receives++;
    }
    size_t length = kept + (size_t)n;
    size_t taken = options.dialect->path ? websocket_take(c, buffer, length) : take_records(c, buffer, length);
    c->partial.length = 0;
    if (taken < length)
        bytes_append(&c->partial, buffer + taken, length - taken);
}

bool connections_pump(int timeout_ms) {
    static struct epoll_event events[EVENTS];
    int count = epoll_wait(epoll, events, EVENTS, timeout_ms);
    for (int i = 0; i < count; i++) {
        Client *c = &clients[events[i].data.u32];
        if (c->state == CONNECTING && events[i].events & (EPOLLOUT | EPOLLERR))
            connected(c);
        else if (events[i].events & EPOLLOUT)
            flush(c);
        if (c->state > CONNECTING && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
            receive(c);
    }
    clients_flush();
    return count > 0;
}
