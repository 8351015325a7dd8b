// A network with a round-trip time, for benchmarks on Linux: run it in a separate network namespace (unshare -n).
//
// distance MILLISECONDS: packets sent to 10.9.0.2 come back half that time later, as if 10.9.0.2 had sent them to
// 10.9.0.1. So a client that connects to a port of 10.9.0.2 reaches the server listening on it at 10.9.0.1, with the
// round-trip time for each exchange of packets, whether of TCP, TLS or HTTP. Prints a line once this works, and ends
// when its standard input does.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_packets = 4096, largest_packet = 2048 };

struct packet {
  // When to deliver it, in nanoseconds.
  long due;
  ssize_t length;
  unsigned char bytes[largest_packet];
};

// In order of arrival, and thus of delivery.
static struct packet packets[most_packets];
static unsigned long first, end;

static long nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000 + now.tv_nsec;
}

static void check(int code, const char *what) {
  if (code >= 0) return;
  perror(what);
  exit(1);
}

static void set_address(int socket, unsigned long request, struct ifreq *device, const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  inet_pton(AF_INET, text, &address.sin_addr);
  memcpy(&device->ifr_addr, &address, sizeof address);
  check(ioctl(socket, request, device), text);
}

static void bring_up(int socket, const char *name) {
  struct ifreq device = {.ifr_flags = IFF_UP | IFF_RUNNING};
  strcpy(device.ifr_name, name);
  check(ioctl(socket, SIOCSIFFLAGS, &device), name);
}

// Creates the device for the packets.
static int make_device(void) {
  struct ifreq device = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strcpy(device.ifr_name, "bench");
  int packets = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  check(packets, "/dev/net/tun");
  check(ioctl(packets, TUNSETIFF, &device), "TUNSETIFF");
  int control = socket(AF_INET, SOCK_DGRAM, 0);
  set_address(control, SIOCSIFADDR, &device, "10.9.0.1");
  set_address(control, SIOCSIFNETMASK, &device, "255.255.255.0");
  bring_up(control, "bench");
  bring_up(control, "lo");
  close(control);
  return packets;
}

// Takes packets that have arrived, and swaps sender and receiver, which doesn't change checksums.
static void take(int device, long delay) {
  while (end - first < most_packets) {
    struct packet *packet = &packets[end % most_packets];
    packet->length = read(device, packet->bytes, largest_packet);
    if (packet->length <= 0) return;
    unsigned char sender[4];
    memcpy(sender, packet->bytes + 12, 4);
    memmove(packet->bytes + 12, packet->bytes + 16, 4);
    memcpy(packet->bytes + 16, sender, 4);
    packet->due = nanoseconds() + delay;
    end++;
  }
}

static void hand_over(int device) {
  for (; first != end && packets[first % most_packets].due <= nanoseconds(); first++) {
    struct packet *packet = &packets[first % most_packets];
    if (write(device, packet->bytes, packet->length) < 0) perror("packet");
  }
}

int main(int argc, char **argv) {
  long delay = argc > 1 ? atol(argv[1]) * 500000 : 0;
  int device = make_device();
  puts("ready");
  fflush(stdout);
  struct pollfd polled[] = {{.fd = device, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
  while (polled[1].revents == 0) {
    long rest = first == end ? 1000000000 : packets[first % most_packets].due - nanoseconds();
    struct timespec time = {.tv_sec = rest / 1000000000, .tv_nsec = rest > 0 ? rest % 1000000000 : 0};
    ppoll(polled, 2, rest > 0 ? &time : &(struct timespec){0}, NULL);
    take(device, delay);
    hand_over(device);
  }
}
