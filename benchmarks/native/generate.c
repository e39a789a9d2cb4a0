/*
 * Many chat clients in one thread: connects them, posts in each room as much as is always under way, counts what everybody is told and
 * when, and says it in one line of JSON for each window. A delivery counts only when the whole message has come, in its order.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "generator.h"
#include "marker.h"

enum { MAX_CLIENTS = 19000, STUCK_SECONDS = 20 };

static const char usage[] =
    "usage: generate --dialect minato|relay|signalr|irc|lines --port PORT [--clients 1000] [--rooms 1] [--from 0] [--at-once 128] [--windows 64,16,1] [--size 100]\n"
    "                [--heat 0] [--warmup 0.5] [--seconds 2] [--pid PID] [--fsyncs FILE] [--label NAME] [--idle]\n"
    "  at-once  clients that come in together\n"
    "  from     the number that the first room is named by: two runs on one server take different ones   heat  seconds before everything else\n"
    "  windows  posts under way in each room, one measurement after the other   pid  the server's, whose processor time and memory are told\n"
    "  fsyncs   what fsyncs.so, preloaded into the server, counts in\n"
    "  idle     connects, says what a connection costs, and ends\n";

Options options = {.label = "", .clients = 1000, .rooms = 1, .at_once = 128, .size = 100, .warmup = 0.5, .seconds = 2, .windows = {64}, .window_count = 1};
Client *clients;
Room *rooms;
Measure measure;
uint64_t now;
uint32_t ready_count;

static void parse_windows(const char *text) {
    options.window_count = 0;
    for (char *end; *text && options.window_count < 8; text = *end == ',' ? end + 1 : end) {
        options.windows[options.window_count++] = (uint32_t)strtoul(text, &end, 10);
        if (end == text)
            break;
    }
}

static bool parse(int count, char **arguments) {
    static const struct option names[] = {{"dialect", 1, 0, 'd'}, {"port", 1, 0, 'p'}, {"clients", 1, 0, 'c'}, {"rooms", 1, 0, 'r'}, {"from", 1, 0, 'o'}, {"at-once", 1, 0, 'a'}, {"heat", 1, 0, 'h'}, {"windows", 1, 0, 'w'},
        {"size", 1, 0, 's'}, {"warmup", 1, 0, 'u'}, {"seconds", 1, 0, 't'}, {"pid", 1, 0, 'i'}, {"label", 1, 0, 'l'}, {"fsyncs", 1, 0, 'f'}, {"idle", 0, 0, 'z'}, {0, 0, 0, 0}};
    for (int name; (name = getopt_long(count, arguments, "", names, NULL)) != -1;)
        switch (name) {
            case 'd': options.dialect = dialect_named(optarg); break;
            case 'p': options.port = atoi(optarg); break;
            case 'c': options.clients = (uint32_t)atoi(optarg); break;
            case 'r': options.rooms = (uint32_t)atoi(optarg); break;
            case 'a': options.at_once = (uint32_t)atoi(optarg); break;
            case 'o': options.from = (uint32_t)atoi(optarg); break;
            case 'h': options.heat = atof(optarg); break;
            case 'w': parse_windows(optarg); break;
            case 's': options.size = (uint32_t)atoi(optarg); break;
            case 'u': options.warmup = atof(optarg); break;
            case 't': options.seconds = atof(optarg); break;
            case 'i': options.pid = atoi(optarg); break;
            case 'l': options.label = optarg; break;
            case 'f': options.fsyncs = optarg; break;
            case 'z': options.idle = true; break;
            default: return false;
        }
    for (uint32_t i = 0; i < options.window_count; i++)
        if (options.windows[i] < 1 || options.windows[i] > MAX_UNDER_WAY / 2)
            return false;
    return options.dialect && options.port > 0 && options.port < 65536 && options.window_count > 0 && options.seconds > 0 && options.warmup >= 0 && options.heat >= 0
        && options.at_once >= 1 && options.rooms >= 1 && options.clients >= 2 * options.rooms && options.clients <= MAX_CLIENTS && options.size > MARKER_LENGTH && options.size <= MAX_SIZE;
}

static void prepare(void) {
    clients = calloc(options.clients, sizeof *clients);
    rooms = calloc(options.rooms, sizeof *rooms);
    if (!clients || !rooms)
        abort();
    for (uint32_t i = 0; i < options.clients; i++) {
        clients[i].index = i;
        clients[i].room = i % options.rooms;
        rooms[clients[i].room].receivers++;
    }
    for (uint32_t i = 0; i < options.rooms; i++) {
        rooms[i].receivers -= !options.dialect->hears_itself;
        rooms[i].arrived = calloc(MAX_UNDER_WAY, sizeof *rooms[i].arrived);
        if (!rooms[i].arrived)
            abort();
    }
}

/* Connects clients until so many are in, a few at once. */
static void bring_in(uint32_t wanted) {
    static uint32_t started;
    uint64_t progress = clock_ns();
    for (uint32_t seen = ready_count; ready_count < wanted;) {
        while (started < wanted && started - ready_count < options.at_once)
            connection_start(&clients[started++]);
        connections_pump(100);
        if (seen != ready_count) {
            seen = ready_count;
            progress = clock_ns();
        } else if (clock_ns() - progress > STUCK_SECONDS * 1000000000ull) {
            fprintf(stderr, "generator: %u of %u clients came in, and for %d s no more did\n", ready_count, wanted, STUCK_SECONDS);
            exit(1);
        }
    }
}

/* Takes what comes for a while, without posting. */
static void rest(double seconds) {
    for (uint64_t end = clock_ns() + (uint64_t)(seconds * 1e9); clock_ns() < end;)
        connections_pump(5);
}

/* Posts for a while; returns how long of it there was nothing to do, in seconds. */
static double talk(uint32_t window, double seconds) {
    uint64_t begun = clock_ns(), end = begun + (uint64_t)(seconds * 1e9), at = begun, idle = 0;
    rooms_post(window, true);
    while (at < end) {
        bool had_some = connections_pump(0);
        rooms_post(window, false);
        uint64_t next = clock_ns();
        if (!had_some)
            idle += next - at;
        at = next;
    }
    return (double)idle / 1e9;
}

static void settle(void) {
    for (uint64_t end = clock_ns() + STUCK_SECONDS * 1000000000ull; !rooms_settled();) {
        connections_pump(5);
        if (clock_ns() > end) {
            fprintf(stderr, "generator: messages are missing after %d s\n", STUCK_SECONDS);
            exit(1);
        }
    }
}

static uint64_t posted(void) {
    uint64_t all = 0;
    for (uint32_t i = 0; i < options.rooms; i++)
        all += rooms[i].posted;
    return all;
}

static void run(uint32_t window) {
    talk(window, options.warmup);
    memset(&measure, 0, sizeof measure);
    uint64_t posts = posted(), fsyncs = fsyncs_counted(options.fsyncs), begun = clock_ns();
    double cpu = process_cpu(options.pid);
    measure.is_on = true;
    double idle = talk(window, options.seconds);
    measure.is_on = false;
    double seconds = (double)(clock_ns() - begun) / 1e9, million = (double)measure.deliveries / 1e6;
    cpu = process_cpu(options.pid) - cpu;
    posts = posted() - posts;
    fsyncs = fsyncs_counted(options.fsyncs) - fsyncs;
    settle();
    printf("{\"label\":\"%s\",\"dialect\":\"%s\",\"clients\":%u,\"rooms\":%u,\"window\":%u,\"seconds\":%.3f,\"posts\":%.0f,\"fsyncs\":%.0f,\"deliveries\":%.0f,\"cpuPerMillion\":%.4f,"
           "\"serverBusy\":%.3f,\"generatorBusy\":%.3f,\"p50\":%.1f,\"p99\":%.1f,\"last50\":%.1f,\"last99\":%.1f,\"perReceive\":%.2f,\"bytes\":%.1f,\"outOfOrder\":%llu,\"residentKib\":%ld}\n",
        options.label, options.dialect->name, options.clients, options.rooms, window, seconds, (double)posts / seconds, (double)fsyncs / seconds, (double)measure.deliveries / seconds,
        million > 0 ? cpu / million : 0, cpu / seconds, 1 - idle / seconds, histogram_quantile(&measure.each, 0.5), histogram_quantile(&measure.each, 0.99),
        histogram_quantile(&measure.last, 0.5), histogram_quantile(&measure.last, 0.99), measure.receives ? (double)measure.deliveries / (double)measure.receives : 0,
        measure.deliveries ? (double)measure.received_bytes / (double)measure.deliveries : 0, (unsigned long long)measure.out_of_order, process_resident_kib(options.pid));
    fflush(stdout);
}

int main(int count, char **arguments) {
    if (!parse(count, arguments)) {
        fputs(usage, stderr);
        return 2;
    }
    prepare();
    connections_open();
    long empty = process_resident_kib(options.pid);
    bring_in(options.rooms);
    bring_in(options.clients);
    rest(0.5);
    if (options.idle) {
        printf("{\"label\":\"%s\",\"dialect\":\"%s\",\"clients\":%u,\"kibBefore\":%ld,\"kibAfter\":%ld}\n", options.label, options.dialect->name, options.clients, empty, process_resident_kib(options.pid));
        return 0;
    }
    if (options.heat > 0)
        talk(options.windows[0], options.heat);
    for (uint32_t i = 0; i < options.window_count; i++)
        run(options.windows[i]);
    return 0;
}
