/* Lets a preloaded object stand before the C library for .NET as well, which looks up what a program calls there by the library's own handle, past whoever
   was loaded first. By the program's own handle it finds us. */
#include <dlfcn.h>
#include <string.h>

void *dlopen(const char *name, int flags)
{
    static __typeof__(&dlopen) real;
    if (real == NULL)
        real = (__typeof__(&dlopen))dlsym(RTLD_NEXT, "dlopen");
    return real(name != NULL && strcmp(name, "libc.so.6") == 0 ? NULL : name, flags);
}
