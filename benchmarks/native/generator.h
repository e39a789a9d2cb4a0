/* One thread that is many chat clients: what its parts share. */
#ifndef GENERATOR_H
#define GENERATOR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "histogram.h"

enum {
    MAX_SIZE = 8192,      /* bytes of a body */
    MAX_TEXT = MAX_SIZE + 512,
    MAX_UNDER_WAY = 4096, /* posts of one room whose deliveries are counted apart */
};

typedef enum { WAITING, CONNECTING, UPGRADING, ENTERING, READY, GONE } State;

typedef struct { uint8_t *bytes; uint32_t length, capacity; } Bytes;

typedef struct {
    int fd;
    uint32_t index, room, last_number;
    State state;
    bool awaits_writing, is_dirty;
    Bytes partial; /* received, not whole yet */
    Bytes record;  /* of a dialect whose records run over the frames: not whole yet */
    Bytes output;
} Client;

/* Client `room` of all is the one who posts in it; client i is in room i % rooms. */
typedef struct {
    char id[64];        /* how the server calls it */
    uint32_t receivers; /* of each post */
    uint32_t number;    /* of the newest post */
    uint64_t posted, delivered;
    uint32_t *arrived; /* of each post under way, by number % MAX_UNDER_WAY */
    bool is_dirty;
} Room;

/* How clients of a protocol come in, post and are told. */
typedef struct {
    const char *name, *path, *subprotocol;        /* a path: it runs on a WebSocket */
    uint8_t record_end;                           /* ends each text; 0: the frame does */
    bool hears_itself;                            /* whether who posts is told of it, too */
    uint32_t tail;                                /* bytes after the marker in what is delivered */
    void (*greet)(Client *);                      /* connected, and upgraded */
    void (*hear)(Client *, uint8_t *text, size_t length); /* a text, until the client is ready */
    void (*post)(Client *, Room *, const uint8_t *body);
} Dialect;

typedef struct {
    const Dialect *dialect;
    const char *label, *fsyncs;
    int port, pid;
    uint32_t clients, rooms, from, at_once, size; /* from: the number that the first room is named by */
    double heat, warmup, seconds;
    uint32_t windows[8];
    uint32_t window_count;
    bool idle; /* connect, say what it costs, and end */
} Options;

/* What is counted while it is measured. */
typedef struct {
    bool is_on;
    uint64_t deliveries, received_bytes, receives, out_of_order;
    Histogram each, last; /* from a post to each of its receivers, and to the last of them */
} Measure;

extern Options options;
extern Client *clients;
extern Room *rooms;
extern Measure measure;
extern uint64_t now; /* CLOCK_MONOTONIC, nanoseconds; when the newest bytes came */
extern uint32_t ready_count;

/* dialects.c */
const Dialect *dialect_named(const char *name);
void client_ready(Client *c);

/* connection.c */
uint64_t clock_ns(void);
void connections_open(void);
void connection_start(Client *c);
/* Takes what has come, for at most so many milliseconds. False: nothing had. */
bool connections_pump(int timeout_ms);
/* Room for so many bytes at the end of what the client is to send. */
uint8_t *client_output(Client *c, size_t length);
void client_say(Client *c, const char *text);
void clients_flush(void);
/* Ends the program: a client that is lost would falsify what is measured. */
_Noreturn void client_lost(const Client *c, const char *why, const uint8_t *said, size_t length);
void bytes_append(Bytes *to, const uint8_t *from, size_t length);

/* websocket.c */
void websocket_request(Client *c);
void websocket_send(Client *c, const char *text, size_t length);
/* Takes whole frames; returns how many bytes they were. */
size_t websocket_take(Client *c, uint8_t *bytes, size_t length);

/* delivery.c */
void client_hear(Client *c, uint8_t *text, size_t length);
/* Keeps `window` posts under way in each room that something was delivered to (all: in every one). */
void rooms_post(uint32_t window, bool all);
bool rooms_settled(void);

/* process.c */
/* Processor time of a process so far, in seconds; 0 where there is none. */
double process_cpu(int pid);
long process_resident_kib(int pid);
/* What fsyncs.c has counted into the file so far; 0 where there is none. */
uint64_t fsyncs_counted(const char *file);
#endif
