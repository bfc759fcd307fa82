/* files FOLDER: uses files and folders in each way that C and POSIX have, and prints what comes of it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void result(const char *what, long value) {
  if (value < 0) {
    printf("%s: %s\n", what, strerror(errno));
  } else {
    printf("%s: %ld\n", what, value);
  }
}

static void check(const char *what, int ok) { printf("%s: %s\n", what, ok ? "ok" : strerror(errno)); }

static void write_text(const char *path, const char *mode, const char *text) {
  FILE *file = fopen(path, mode);
  if (!file) {
    printf("fopen %s %s: %s\n", path, mode, strerror(errno));
    return;
  }
  fputs(text, file);
  check("fclose", fclose(file) == 0);
}

static void print_text(const char *path) {
  char text[200];
  FILE *file = fopen(path, "r");
  if (!file) {
    printf("fopen %s r: %s\n", path, strerror(errno));
    return;
  }
  size_t count = fread(text, 1, sizeof text, file);
  printf("%s: %zu '%.*s'%s\n", path, count, (int)count, text, feof(file) ? " end" : "");
  fclose(file);
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) {
    printf("opendir %s: %s\n", path, strerror(errno));
    return;
  }
  char *names[300];
  int count = 0;
  for (struct dirent *entry; (entry = readdir(folder)) && count < 300;) {
    names[count++] = strdup(entry->d_name);
  }
  closedir(folder);
  qsort(names, count, sizeof *names, compare);
  printf("%s, %d entries:", path, count);
  for (int i = 0; i < count; i++) {
    if (i < 10) {
      printf(" %s", names[i]);
    }
    free(names[i]);
  }
  printf("\n");
}

static void print_stat(const char *path) {
  struct stat info;
  if (lstat(path, &info) < 0) {
    printf("lstat %s: %s\n", path, strerror(errno));
    return;
  }
  const char *type = S_ISDIR(info.st_mode) ? "folder" : S_ISLNK(info.st_mode) ? "link" : S_ISREG(info.st_mode) ? "file" : "?";
  printf("lstat %s: %s", path, type);
  if (!S_ISDIR(info.st_mode)) {
    printf(" links %d size %lld", (int)info.st_nlink, (long long)info.st_size);
  }
  printf("\n");
}

static void use_streams(void) {
  write_text("notes.txt", "w", "first line\nsecond line\n");
  write_text("notes.txt", "a", "third line\n");
  write_text("notes.txt", "wx", "never\n");
  print_text("notes.txt");

  FILE *file = fopen("notes.txt", "r+");
  char word[7] = "";
  result("fseek", fseek(file, 6, SEEK_SET));
  result("fread", fread(word, 1, 4, file));
  result("ftell", ftell(file));
  fseek(file, -5, SEEK_END);
  fputs("LINE", file);
  rewind(file);
  fputs("FIRST", file);
  fclose(file);
  printf("read '%s'\n", word);
  print_text("notes.txt");
  print_text("missing.txt");
}

static void use_descriptors(void) {
  int fd = open("data.bin", O_RDWR | O_CREAT | O_EXCL, 0600);
  check("open", fd >= 0);
  result("open again", open("data.bin", O_WRONLY | O_CREAT | O_EXCL, 0600));
  result("write", write(fd, "0123456789", 10));
  result("pwrite", pwrite(fd, "ab", 2, 4));
  result("lseek", lseek(fd, 0, SEEK_CUR));
  result("write behind", pwrite(fd, "z", 1, 19));
  result("ftruncate", ftruncate(fd, 15));
  char bytes[20];
  long count = pread(fd, bytes, sizeof bytes, 0);
  result("pread", count);
  for (long i = 0; i < count; i++) {
    putchar(bytes[i] ? bytes[i] : '.');
  }
  putchar('\n');
  result("lseek before", lseek(fd, -1, SEEK_SET));
  result("fsync", fsync(fd));
  struct timespec times[2] = {{5, 7}, {6, 8}};
  result("futimens", futimens(fd, times));
  struct stat info;
  result("fstat", fstat(fd, &info));
  printf("times %lld.%ld %lld.%ld\n", (long long)info.st_atim.tv_sec, info.st_atim.tv_nsec, (long long)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);

  result("unlink", unlink("data.bin"));
  result("fstat", fstat(fd, &info));
  printf("links %d size %lld\n", (int)info.st_nlink, (long long)info.st_size);
  result("write on", write(fd, "on", 2));
  close(fd);
  result("write closed", write(fd, "x", 1));

  fd = open("log", O_WRONLY | O_CREAT | O_APPEND, 0600);
  write(fd, "one ", 4);
  lseek(fd, 0, SEEK_SET);
  write(fd, "two", 3);
  result("read write-only", read(fd, bytes, 1));
  close(fd);
  print_text("log");
  fd = open("log", O_WRONLY | O_TRUNC);
  close(fd);
  print_text("log");
}

static void use_folders(void) {
  result("mkdir", mkdir("folder", 0700));
  result("mkdir again", mkdir("folder", 0700));
  result("mkdir deeper", mkdir("folder/a/b", 0700));
  result("mkdir a", mkdir("folder/a", 0700));
  for (int i = 0; i < 200; i++) {
    char path[40];
    snprintf(path, sizeof path, "folder/a/file %d", i);
    close(open(path, O_WRONLY | O_CREAT, 0600));
  }
  list("folder");
  list("folder/a");
  list("notes.txt");
  result("rmdir full", rmdir("folder/a"));
  result("rmdir file", rmdir("notes.txt"));
  result("unlink folder", unlink("folder"));

  int removed = 0;
  for (int i = 0; i < 200; i++) {
    char path[40];
    snprintf(path, sizeof path, "folder/a/file %d", i);
    removed += unlink(path) == 0;
  }
  result("removed", removed);
  result("rmdir", rmdir("folder/a"));
  list("folder");
}

static void move(void) {
  write_text("one", "w", "1");
  write_text("two", "w", "2");
  result("rename", rename("one", "two"));
  print_text("two");
  print_text("one");
  result("rename into a folder", rename("two", "folder/two"));
  result("rename a folder", rename("folder", "moved"));
  result("rename into itself", rename("moved", "moved/below"));
  result("rename over a folder", rename("notes.txt", "moved"));
  result("rename nothing", rename("one", "two"));
  list("moved");
  print_text("moved/two");
}

static void make_links(void) {
  result("symlink", symlink("moved/two", "soft"));
  result("symlink to nothing", symlink("nothing", "dangling"));
  result("symlink to itself", symlink("circle", "circle"));
  result("symlink out", symlink("../../outside", "out"));
  print_text("soft");
  print_text("dangling");
  print_text("circle");
  print_text("out");
  char target[100];
  long count = readlink("soft", target, sizeof target);
  printf("readlink: '%.*s'\n", (int)count, target);
  result("readlink of a file", readlink("notes.txt", target, sizeof target));
  write_text("soft", "a", " and more");
  print_text("moved/two");
  print_stat("soft");
  write_text("dangling", "w", "made");
  print_text("nothing");

  result("link", link("notes.txt", "hard"));
  print_stat("hard");
  result("link again", link("notes.txt", "hard"));
  result("link to a folder", link("moved", "hard folder"));
  result("unlink", unlink("notes.txt"));
  print_stat("hard");
  print_stat("moved");
}

int main(int argc, char **argv) {
  if (argc != 2 || chdir(argv[1]) < 0) {
    fprintf(stderr, "usage: files FOLDER\n");
    return 2;
  }
  use_streams();
  use_descriptors();
  use_folders();
  move();
  make_links();
  list(".");
  return 0;
}
