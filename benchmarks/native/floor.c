/*
 * The floor: the least that a server can do who gives each text to everybody in a room. One thread, epoll, no log, no rights, no frames of
 * its own: the bytes of a turn are laid side by side and sent to each member with one send. A WebSocket says "J ROOM" and then texts,
 * which everybody gets, the sender included; an IRC client says NICK, USER, JOIN #loadROOM and PRIVMSG, and hears all but itself.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FILES = 32768, MAX_ROOMS = 10000, EVENTS = 1024, RECEIVE = 65536 };

typedef struct { uint8_t *bytes; size_t length, capacity; } Bytes;
typedef struct { size_t begin, end; int sender; } Run;
typedef struct { int fd, room; bool is_websocket, is_known; char nick[32]; Bytes partial, waiting; } Connection;
typedef struct { int *members; int count, capacity; Bytes turn; Run *runs; int run_count, run_capacity; } Room;

static Connection *connections[MAX_FILES];
static Room rooms[MAX_ROOMS];
static int dirty[MAX_ROOMS], dirty_count, epoll;
static uint8_t buffer[2 * RECEIVE];

static void *grown(void *from, size_t size) {
    void *to = realloc(from, size);
    if (!to)
        abort();
    return to;
}

static uint8_t *room_for(Bytes *to, size_t length) {
    if (to->length + length > to->capacity)
        to->bytes = grown(to->bytes, to->capacity = (to->length + length) * 2 + 256);
    to->length += length;
    return to->bytes + to->length - length;
}

static void watch(const Connection *c, int how) {
    struct epoll_event e = {.events = EPOLLIN | (c->waiting.length ? EPOLLOUT : 0), .data.fd = c->fd};
    epoll_ctl(epoll, how, c->fd, &e);
}

static void give(Connection *c, const uint8_t *bytes, size_t length) {
    ssize_t sent = 0;
    if (!c->waiting.length && (sent = send(c->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT)) == (ssize_t)length)
        return;
    if (sent < 0 && errno != EAGAIN)
        return;
    sent = sent < 0 ? 0 : sent;
    bool was_empty = !c->waiting.length;
    memcpy(room_for(&c->waiting, length - (size_t)sent), bytes + sent, length - (size_t)sent);
    if (was_empty)
        watch(c, EPOLL_CTL_MOD);
}

static void say(Connection *c, const char *text) { give(c, (const uint8_t *)text, strlen(text)); }

static void post(const Connection *c, const uint8_t *text, size_t length) {
    Room *room = &rooms[c->room];
    uint8_t prefix[128];
    size_t prefix_length;
    if (c->is_websocket) {
        prefix_length = length < 126 ? 2 : 4;
        prefix[0] = 0x81;
        prefix[1] = (uint8_t)(length < 126 ? length : 126);
        prefix[2] = (uint8_t)(length >> 8);
        prefix[3] = (uint8_t)length;
    } else
        prefix_length = (size_t)snprintf((char *)prefix, sizeof prefix, ":%s!~load@00000000.irc.minato PRIVMSG #load%d :", c->nick, c->room);
    size_t begin = room->turn.length;
    memcpy(room_for(&room->turn, prefix_length), prefix, prefix_length);
    memcpy(room_for(&room->turn, length), text, length);
    if (!c->is_websocket)
        memcpy(room_for(&room->turn, 2), "\r\n", 2);
    if (room->run_count == 0)
        dirty[dirty_count++] = c->room;
    int sender = c->is_websocket ? -1 : c->fd;
    if (room->run_count && room->runs[room->run_count - 1].sender == sender) {
        room->runs[room->run_count - 1].end = room->turn.length;
        return;
    }
    if (room->run_count == room->run_capacity)
        room->runs = grown(room->runs, sizeof *room->runs * (size_t)(room->run_capacity = room->run_capacity * 2 + 8));
    room->runs[room->run_count++] = (Run){begin, room->turn.length, sender};
}

static void end_turn(void) {
    for (int i = 0; i < dirty_count; i++) {
        Room *room = &rooms[dirty[i]];
        for (int m = 0; m < room->count; m++) {
            int fd = room->members[m];
            for (int first = 0, r = 0; r <= room->run_count; r++)
                if (r == room->run_count || room->runs[r].sender == fd) {
                    if (r > first)
                        give(connections[fd], room->turn.bytes + room->runs[first].begin, room->runs[r - 1].end - room->runs[first].begin);
                    first = r + 1;
                }
        }
        room->turn.length = 0;
        room->run_count = 0;
    }
    dirty_count = 0;
}

static void join(Connection *c, int number) {
    Room *room = &rooms[c->room = number < 0 || number >= MAX_ROOMS ? 0 : number];
    if (room->count == room->capacity)
        room->members = grown(room->members, sizeof *room->members * (size_t)(room->capacity = room->capacity * 2 + 8));
    room->members[room->count++] = c->fd;
}

static void leave(const Connection *c) {
    Room *room = &rooms[c->room < 0 ? 0 : c->room];
    for (int i = 0; i < room->count; i++)
        if (room->members[i] == c->fd)
            room->members[i--] = room->members[--room->count];
}

static void take_text(Connection *c, uint8_t *text, size_t length) {
    if (c->room >= 0) {
        post(c, text, length);
        return;
    }
    if (length > 2 && text[0] == 'J')
        join(c, atoi((char *)text + 2)); /* the next frame's first byte, or the buffer's zero, ends the number */
    say(c, "\x81\x02OK");
}

static void take_line(Connection *c, const char *line, size_t length) {
    char answer[256];
    const char *text = length > 8 ? memchr(line + 8, ':', length - 8) : NULL;
    if (strncmp(line, "PRIVMSG ", 8) == 0 && text && c->room >= 0)
        post(c, (const uint8_t *)text + 1, length - (size_t)(text + 1 - line));
    else if (strncmp(line, "NICK ", 5) == 0)
        snprintf(c->nick, sizeof c->nick, "%.*s", (int)length - 5, line + 5);
    else if (strncmp(line, "USER ", 5) == 0) {
        snprintf(answer, sizeof answer, ":floor 001 %s :Welcome\r\n:floor 422 %s :No message\r\n", c->nick, c->nick);
        say(c, answer);
    } else if (strncmp(line, "JOIN #load", 10) == 0) {
        join(c, atoi(line + 10));
        snprintf(answer, sizeof answer, ":floor 366 %s #load%d :End\r\n", c->nick, c->room);
        say(c, answer);
    }
}

static size_t take_frames(Connection *c, uint8_t *bytes, size_t length) {
    size_t at = 0;
    while (length - at >= 6) {
        size_t payload = bytes[at + 1] & 127, header = payload < 126 ? 6 : 8;
        if (header == 8)
            payload = (size_t)bytes[at + 2] << 8 | bytes[at + 3];
        if (length - at < header + payload)
            break;
        const uint8_t *mask = bytes + at + header - 4;
        uint8_t *text = bytes + at + header;
        for (size_t i = 0; i < payload; i++)
            text[i] ^= mask[i & 3];
        if ((bytes[at] & 15) == 1)
            take_text(c, text, payload);
        at += header + payload;
    }
    return at;
}

static size_t take_lines(Connection *c, uint8_t *bytes, size_t length) {
    size_t at = 0;
    for (uint8_t *end; (end = memchr(bytes + at, '\n', length - at)); at = (size_t)(end - bytes) + 1) {
        size_t line = (size_t)(end - (bytes + at));
        take_line(c, (char *)bytes + at, line && end[-1] == '\r' ? line - 1 : line);
    }
    return at;
}

/* The answer is for the key of RFC 6455's own example, which is the generator's. */
static size_t take_upgrade(Connection *c, uint8_t *bytes, size_t length) {
    c->is_known = bytes[0] != 'G';
    uint8_t *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (c->is_known || !end)
        return 0;
    c->is_known = c->is_websocket = true;
    say(c, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
    return (size_t)(end + 4 - bytes);
}

static void lose(Connection *c) {
    leave(c);
    connections[c->fd] = NULL;
    close(c->fd);
    free(c->partial.bytes);
    free(c->waiting.bytes);
    free(c);
}

static void receive(Connection *c) {
    size_t kept = c->partial.length < RECEIVE ? c->partial.length : 0, taken = 0;
    if (kept)
        memcpy(buffer, c->partial.bytes, kept);
    ssize_t n = recv(c->fd, buffer + kept, RECEIVE - 1, 0);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        lose(c);
        return;
    }
    size_t length = kept + (size_t)n;
    buffer[length] = 0;
    if (!c->is_known)
        taken = take_upgrade(c, buffer, length);
    if (c->is_known)
        taken += (c->is_websocket ? take_frames : take_lines)(c, buffer + taken, length - taken);
    c->partial.length = 0;
    if (taken < length)
        memcpy(room_for(&c->partial, length - taken), buffer + taken, length - taken);
}

static void send_waiting(Connection *c) {
    ssize_t sent = send(c->fd, c->waiting.bytes, c->waiting.length, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent <= 0)
        return;
    c->waiting.length -= (size_t)sent;
    memmove(c->waiting.bytes, c->waiting.bytes + sent, c->waiting.length);
    if (!c->waiting.length)
        watch(c, EPOLL_CTL_MOD);
}

static void accept_all(int listener) {
    for (int fd, on = 1; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        if (fd >= MAX_FILES) {
            close(fd);
            continue;
        }
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        Connection *c = connections[fd] = calloc(1, sizeof *c);
        if (!c)
            abort();
        c->fd = fd;
        c->room = -1;
        watch(c, EPOLL_CTL_ADD);
    }
}

int main(int count, char **arguments) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)(count == 2 ? atoi(arguments[1]) : 0)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (count != 2 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) {
        perror("usage: floor PORT");
        return 2;
    }
    epoll = epoll_create1(0);
    struct epoll_event events[EVENTS], e = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &e);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            Connection *c = events[i].data.fd == listener ? NULL : connections[events[i].data.fd];
            if (!c)
                accept_all(listener);
            else if (events[i].events & EPOLLOUT)
                send_waiting(c);
            if (c && events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                receive(c);
        }
        end_turn();
    }
}
