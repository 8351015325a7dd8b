// A provider for benchmarks, on loopback: accepts messages like V Pixel Pro's send.php, and replies in its format.
//
// server LATENCY [together]: answers each request LATENCY milliseconds after it arrives, without delaying others.
// With `together`, answers all of them once none has arrived for LATENCY milliseconds, so that a client under
// valgrind gets the same replies in each turn, however fast the machine is. Prints its port, and ends when its
// standard input does, so that it never outlives the script that started it. GET /count returns the number of
// messages accepted.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 1024, largest_request = 1 << 18, largest_reply = 1 << 20 };

struct connection {
  int socket;
  size_t length;
  // When to answer the request in the buffer; 0 if it is incomplete.
  long due;
  char buffer[largest_request + 1];
};

static struct connection *connections[most_connections];
static struct pollfd polled[most_connections + 2];
static int connection_count;
static long latency;
static int answers_together;
static long messages;

static long milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// MARK: Requests

// The end of a complete request in the buffer, and the start of its body; NULL if it is incomplete.
static char *end_of_request(struct connection *connection, char **body) {
  connection->buffer[connection->length] = 0;
  char *end = strstr(connection->buffer, "\r\n\r\n");
  if (end == NULL) return NULL;
  *body = end + 4;
  long length = 0;
  for (char *line = connection->buffer; line < end; line = strstr(line, "\r\n") + 2) {
    if (strncasecmp(line, "content-length:", 15) == 0) length = atol(line + 15);
  }
  end = *body + length;
  return length >= 0 && end <= connection->buffer + connection->length ? end : NULL;
}

static int hexadecimal(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  return (digit | 0x20) >= 'a' && (digit | 0x20) <= 'f' ? (digit | 0x20) - 'a' + 10 : -1;
}

// Decodes the form field with this name, terminated by NUL; false if there is none.
static int field(const char *form, const char *end, const char *name, char *value) {
  size_t length = strlen(name);
  while (form < end && !(strncmp(form, name, length) == 0 && form[length] == '=')) {
    form = memchr(form, '&', end - form);
    if (form++ == NULL) return 0;
  }
  if (form >= end) return 0;
  for (form += length + 1; form < end && *form != '&'; form++) {
    int isEscaped = *form == '%' && hexadecimal(form[1]) >= 0 && hexadecimal(form[2]) >= 0;
    *value++ = isEscaped ? hexadecimal(form[1]) << 4 | hexadecimal(form[2]) : *form == '+' ? ' ' : *form;
    if (isEscaped) form += 2;
  }
  *value = 0;
  return 1;
}

// MARK: Replies

static char *append(char *to, const char *text) {
  size_t length = strlen(text);
  memcpy(to, text, length);
  return to + length;
}

static char *append_string(char *to, const char *text) {
  *to++ = '"';
  for (; *text != 0; text++) {
    if ((unsigned char)*text < 0x20) {
      to += sprintf(to, "\\u%04x", *text);
    } else {
      if (*text == '"' || *text == '\\') *to++ = '\\';
      *to++ = *text;
    }
  }
  *to++ = '"';
  return to;
}

static char *append_status(char *to) {
  return to + sprintf(to, "\"ID\":%ld,\"status\":\"Pending\",", ++messages);
}

// The list of messages as received, each with the gateway's additions.
static char *append_list(char *to, const char *list) {
  int isInString = 0;
  for (; *list != 0; list++) {
    *to++ = *list;
    if (*list == '\\' && list[1] != 0) {
      *to++ = *++list;
    } else if (*list == '"') {
      isInString = !isInString;
    } else if (*list == '{' && !isInString) {
      to = append_status(to);
    }
  }
  return to;
}

static char *append_result(char *to, const char *form, const char *end) {
  static char number[largest_request + 1], text[largest_request + 1];
  to = append(to, "{\"success\":true,\"data\":{\"messages\":");
  if (field(form, end, "messages", text)) {
    to = append_list(to, text);
  } else if (field(form, end, "number", number) && field(form, end, "message", text)) {
    to = append_status(append(to, "[{"));
    to = append_string(append(to, "\"number\":"), number);
    to = append_string(append(to, ",\"message\":"), text);
    to = append(to, "}]");
  } else {
    to = append(to, "[]");
  }
  return append(to, "},\"error\":null}");
}

static int write_all(int socket, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(socket, bytes, count);
    if (written <= 0) return 0;
    bytes += written;
    count -= written;
  }
  return 1;
}

// Answers the complete request in the buffer; false if the connection is to be closed.
static int answer(struct connection *connection) {
  static char result[largest_reply], reply[largest_reply + 200];
  char *body = NULL;
  char *end = end_of_request(connection, &body);
  char *end_of_result = strncmp(connection->buffer, "GET /count ", 11) == 0
                            ? result + sprintf(result, "%ld\n", messages)
                            : append_result(result, body, end);
  size_t length = end_of_result - result;
  int head = sprintf(reply, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", length);
  memcpy(reply + head, result, length);
  connection->length -= end - connection->buffer;
  memmove(connection->buffer, end, connection->length);
  connection->due = 0;
  return write_all(connection->socket, reply, head + length);
}

// MARK: Connections

static void add_connection(int listener) {
  int socket = accept(listener, NULL, NULL);
  if (socket < 0) return;
  struct connection *connection = connection_count < most_connections ? malloc(sizeof *connection) : NULL;
  if (connection == NULL) {
    close(socket);
    return;
  }
  int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  connection->socket = socket;
  connection->length = 0;
  connection->due = 0;
  connections[connection_count++] = connection;
}

static void remove_connection(int index) {
  close(connections[index]->socket);
  free(connections[index]);
  connections[index] = connections[--connection_count];
}

// Reads what has arrived; false if the connection has ended.
static int receive(struct connection *connection) {
  ssize_t count =
      read(connection->socket, connection->buffer + connection->length, largest_request - connection->length);
  if (count <= 0) return 0;
  connection->length += count;
  return 1;
}

static void postpone_all(long due) {
  for (int index = 0; index < connection_count; index++) {
    if (connections[index]->due != 0) connections[index]->due = due;
  }
}

// Advances a connection; false if it has ended.
static int serve(struct connection *connection, int isReadable, long now) {
  if (isReadable && !receive(connection)) return 0;
  char *body;
  if (connection->due == 0 && end_of_request(connection, &body) != NULL) {
    connection->due = now + latency;
    if (answers_together) postpone_all(connection->due);
  }
  return connection->due == 0 || connection->due > now || answer(connection);
}

// Waits for an event; returns the number of connections before it.
static int wait_for_events(void) {
  long next = 0;
  for (int index = 0; index < connection_count; index++) {
    long due = connections[index]->due;
    if (due != 0 && (next == 0 || due < next)) next = due;
    polled[index + 2] = (struct pollfd){.fd = due == 0 ? connections[index]->socket : -1, .events = POLLIN};
  }
  long time = next == 0 ? -1 : next - milliseconds();
  poll(polled, connection_count + 2, next != 0 && time < 0 ? 0 : (int)time);
  return connection_count;
}

static int listen_on_loopback(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) < 0 || listen(listener, 1024) < 0 ||
      getsockname(listener, (struct sockaddr *)&address, &length) < 0) {
    perror("server");
    exit(1);
  }
  printf("%d\n", ntohs(address.sin_port));
  fflush(stdout);
  return listener;
}

int main(int argc, char **argv) {
  latency = argc > 1 ? atol(argv[1]) : 0;
  answers_together = argc > 2 && strcmp(argv[2], "together") == 0;
  signal(SIGPIPE, SIG_IGN);
  polled[0] = (struct pollfd){.fd = STDIN_FILENO, .events = POLLIN};
  polled[1] = (struct pollfd){.fd = listen_on_loopback(), .events = POLLIN};
  while (polled[0].revents == 0) {
    int count = wait_for_events();
    long now = milliseconds();
    // Backward, as a removed connection is replaced by the last one.
    for (int index = count - 1; index >= 0; index--) {
      if (!serve(connections[index], polled[index + 2].revents != 0, now)) remove_connection(index);
    }
    if (polled[1].revents != 0) add_connection(polled[1].fd);
  }
  return 0;
}
