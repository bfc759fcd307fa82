/* Prints its arguments and then its environment, sorted by name, one a line. Plain WASI, no spans. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int compare(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

int main(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        printf("argv[%d]=%s\n", i, argv[i]);
    }
    size_t count = 0;
    while (environ[count] != NULL) {
        count++;
    }
    qsort(environ, count, sizeof environ[0], compare);
    for (size_t i = 0; i < count; i++) {
        puts(environ[i]);
    }
    return 0;
}
