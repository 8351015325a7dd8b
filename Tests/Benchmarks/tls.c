// A TLS proxy for a server on loopback, for benchmarks.
//
// tls ADDRESS CERTIFICATE KEY PORT: forwards connections, one after another, to PORT on 127.0.0.1. Prints its own
// port, and ends when its standard input does.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct sockaddr_in address(const char *text, int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, text, &address.sin_addr);
  return address;
}

static int listen_on(const char *text) {
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in own = address(text, 0);
  socklen_t length = sizeof own;
  if (bind(listener, (struct sockaddr *)&own, length) != 0 || listen(listener, 16) != 0) return -1;
  getsockname(listener, (struct sockaddr *)&own, &length);
  printf("%d\n", ntohs(own.sin_port));
  fflush(stdout);
  return listener;
}

static int connect_to(int port) {
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in other = address("127.0.0.1", port);
  return connect(server, (struct sockaddr *)&other, sizeof other) == 0 ? server : -1;
}

// Forwards bytes in both directions until one side ends.
static void relay(SSL *client, int server) {
  static char bytes[16384];
  struct pollfd polled[] = {{.fd = SSL_get_fd(client), .events = POLLIN}, {.fd = server, .events = POLLIN}};
  while (poll(polled, 2, -1) > 0) {
    if (polled[0].revents) {
      // A complete record, so that nothing remains in OpenSSL's buffer.
      int count = SSL_read(client, bytes, sizeof bytes);
      if (count <= 0 || write(server, bytes, count) != count) return;
    }
    if (polled[1].revents) {
      ssize_t count = read(server, bytes, sizeof bytes);
      if (count <= 0 || SSL_write(client, bytes, count) != count) return;
    }
  }
}

static void serve(int socket, SSL_CTX *context, int port) {
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  SSL *client = SSL_new(context);
  SSL_set_fd(client, socket);
  int server = SSL_accept(client) == 1 ? connect_to(port) : -1;
  if (server >= 0) relay(client, server);
  close(server);
  SSL_free(client);
  close(socket);
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  signal(SIGPIPE, SIG_IGN);
  SSL_CTX *context = SSL_CTX_new(TLS_server_method());
  if (SSL_CTX_use_certificate_file(context, argv[2], SSL_FILETYPE_PEM) != 1) return 1;
  if (SSL_CTX_use_PrivateKey_file(context, argv[3], SSL_FILETYPE_PEM) != 1) return 1;
  int listener = listen_on(argv[1]);
  if (listener < 0) return 1;
  struct pollfd polled[] = {{.fd = listener, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
  while (poll(polled, 2, -1) > 0 && !polled[1].revents) serve(accept(listener, NULL, NULL), context, atoi(argv[4]));
}
