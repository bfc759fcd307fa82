/*
 * Prints the files named by its arguments, one after another; of a folder, the names of its entries.
 * It makes no spans of its own: what a trace shows of it is what the host sees of its system calls.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_entry(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

/* In the order of their names, as hosts list a folder in any order. */
static int print_folder(const char *path)
{
    struct dirent **entries;
    int count = scandir(path, &entries, is_entry, alphasort);
    if (count < 0) {
        return -1;
    }
    for (int i = 0; i < count; i++) {
        printf("%s%s\n", entries[i]->d_name, entries[i]->d_type == DT_DIR ? "/" : "");
        free(entries[i]);
    }
    free(entries);
    return 0;
}

static int print_file(int file)
{
    static char chunk[64 * 1024];
    ssize_t length;
    while ((length = read(file, chunk, sizeof chunk)) > 0) {
        if (fwrite(chunk, 1, (size_t)length, stdout) != (size_t)length) {
            return -1;
        }
    }
    return length < 0 ? -1 : 0;
}

static int print_path(const char *path)
{
    int file = open(path, O_RDONLY);
    if (file < 0) {
        return -1;
    }
    struct stat status;
    int result = fstat(file, &status);
    if (result == 0) {
        result = S_ISDIR(status.st_mode) ? print_folder(path) : print_file(file);
    }
    int error = errno;
    close(file);
    errno = error;
    return result;
}

int main(int argc, char **argv)
{
    int exit_code = 0;
    for (int i = 1; i < argc; i++) {
        if (print_path(argv[i]) != 0) {
            fprintf(stderr, "read_input: %s: %s\n", argv[i], strerror(errno));
            exit_code = 1;
        }
    }
    if (fflush(stdout) != 0) {
        perror("read_input: stdout");
        return 1;
    }
    return exit_code;
}
