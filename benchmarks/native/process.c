/* What another process has used. */
#include <stdio.h>
#include <time.h>
#include "generator.h"

double process_cpu(int pid) {
    clockid_t clock;
    struct timespec t;
    if (pid == 0 || clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

long process_resident_kib(int pid) {
    char name[64], line[256];
    long kib = 0;
    snprintf(name, sizeof name, "/proc/%d/status", pid);
    FILE *status = pid == 0 ? NULL : fopen(name, "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmRSS: %ld", &kib) == 1)
            break;
    if (status)
        fclose(status);
    return kib;
}

uint64_t fsyncs_counted(const char *name) {
    uint64_t count = 0;
    FILE *file = name ? fopen(name, "r") : NULL;
    if (file && fread(&count, sizeof count, 1, file) != 1)
        count = 0;
    if (file)
        fclose(file);
    return count;
}
