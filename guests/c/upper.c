/* Writes what comes on stdin, in upper case, to the file that its argument names. */
#include <ctype.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: upper FILE\n");
        return 2;
    }

    FILE *file = fopen(argv[1], "w");
    if (!file) {
        perror(argv[1]);
        return 1;
    }
    for (int c; (c = getchar()) != EOF;) {
        fputc(toupper(c), file);
    }
    return fclose(file) == 0 ? 0 : 1;
}
