// Runs commands in turns, and prints a line for each: its median time in seconds, and its maximum memory in kilobytes.
//
// measure RUNS COMMAND [ARGUMENT…] [-- COMMAND [ARGUMENT…]]…
//
// Discards their standard output. Exits with status 1 when one fails.

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { most_commands = 16, most_runs = 1000 };

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

// Runs a command; returns its time in seconds, and raises `memory` to its memory.
static double run(char **command, long *memory) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  double start = seconds();
  pid_t child;
  int status = 0;
  struct rusage usage;
  int code = posix_spawnp(&child, command[0], &actions, NULL, command, environ);
  if (code != 0 || wait4(child, &status, 0, &usage) < 0 || status != 0) {
    fprintf(stderr, "measure: %s failed\n", command[0]);
    exit(1);
  }
  double time = seconds() - start;
  posix_spawn_file_actions_destroy(&actions);
#ifdef __APPLE__
  usage.ru_maxrss /= 1024;
#endif
  if (usage.ru_maxrss > *memory) *memory = usage.ru_maxrss;
  return time;
}

static int compare(const void *left, const void *right) {
  double difference = *(const double *)left - *(const double *)right;
  return (difference > 0) - (difference < 0);
}

static double median(double *times, int count) {
  qsort(times, count, sizeof *times, compare);
  return count % 2 == 1 ? times[count / 2] : (times[count / 2 - 1] + times[count / 2]) / 2;
}

int main(int argc, char **argv) {
  static double times[most_commands][most_runs];
  char **commands[most_commands];
  long memory[most_commands] = {0};
  int runs = argc > 2 ? atoi(argv[1]) : 0, count = 0;
  for (int index = 2; index < argc && count < most_commands; index++) {
    commands[count++] = argv + index;
    while (index < argc && strcmp(argv[index], "--") != 0) index++;
    argv[index] = NULL;
  }
  if (count == 0 || runs < 1 || runs > most_runs) return 2;
  for (int turn = 0; turn < runs; turn++) {
    for (int index = 0; index < count; index++) times[index][turn] = run(commands[index], &memory[index]);
  }
  for (int index = 0; index < count; index++) printf("%.6f %ld\n", median(times[index], runs), memory[index]);
  return 0;
}
