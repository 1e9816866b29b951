/* The load client of the benches: many WebSocket connections on one thread, cheap enough never to be the bottleneck.
 *
 *   client port=8600 path=/ws n=500 sources=8 ready='"op":"live"' count='"op":"event"' script=FILE text=FILE say=tcp:9000 keep='…'
 *
 * Connection i comes from 127.0.0.(1 + i % sources), answers each text of the server with the next of the tab-separated ones in line i
 * of `script`, and is ready when a text that holds `ready` has come. When all are, it prints `{"ready": n}` and obeys lines on stdin:
 *
 *   fan W S     broadcasts for S seconds with W in flight: asks for one by sending `text` to the path of `say=ws:/path`, or one byte to
 *               the port of `say=tcp:PORT`; each must reach all connections. Counts `count` in the texts that come.
 *   echo R S    each connection sends `text` and waits for a `count`, at most R times a second, for S seconds.
 *   quit
 *
 * and prints one line of JSON for each. `keep`: a text that each connection sends every 20 s. A text of `2` is answered with `3`
 * (engine.io's heartbeat), a ping frame with a pong. A connection that ends is a failure: it says which and exits with 1.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HANDSHAKES = 64, EVENTS = 256, READ = 256 * 1024, KEEP_S = 20, PATIENCE_S = 120, DRAIN_S = 20 };

typedef struct {
    int fd;
    enum { CONNECTING, UPGRADING, OPENING, READY } state;
    char *rest; /* the bytes of a frame that has not come whole */
    size_t rest_size;
    char *words;     /* what it has still to say of its script */
    double asked_at; /* echo: when it sent last; 0: it may send */
    int waiting;     /* echo: for an answer */
} Connection;

static const char *path = "/", *ready_mark = "", *count_mark = "", *keep = NULL, *say_path = NULL;
static int port, n, sources = 1, poll_fd, say_fd = -1, opened, ready, publisher = -1;
static Connection *all;
static char **script, *text = "";
static size_t script_lines;
static long counted;
static char *chunk;

static void fail(const char *why, ...) {
    va_list arguments;
    va_start(arguments, why);
    fprintf(stderr, "load client: ");
    vfprintf(stderr, why, arguments);
    fprintf(stderr, "\n");
    exit(1);
}

static double now(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec / 1e9;
}

static char *slurp(const char *name) {
    FILE *file = fopen(name, "rb");
    if (!file) fail("cannot read %s", name);
    size_t size = 0;
    char *whole = NULL;
    for (size_t got = 1; got;) {
        whole = realloc(whole, size + 65537);
        size += got = fread(whole + size, 1, 65536, file);
    }
    whole[size] = 0;
    fclose(file);
    return whole;
}

static void put(Connection *c, const char *bytes, size_t size) {
    while (size) {
        ssize_t sent = send(c->fd, bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) fail("connection %ld: %s", c - all, strerror(errno));
        if (sent > 0) bytes += sent, size -= sent;
    }
}

static void put_frame(Connection *c, int opcode, const char *payload, size_t size) {
    static const unsigned char mask[4] = {0x12, 0x34, 0x56, 0x78};
    unsigned char *frame = (unsigned char *)chunk + READ; /* a second half, kept for writing */
    size_t head = 2;
    if (size > 65535) fail("a text of more than 64 KiB");
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (size < 126 ? size : 126);
    if (size >= 126) frame[2] = size >> 8, frame[3] = size & 255, head = 4;
    memcpy(frame + head, mask, 4);
    for (size_t i = 0; i < size; i++) frame[head + 4 + i] = payload[i] ^ mask[i & 3];
    put(c, (char *)frame, head + 4 + size);
}

static void put_text(Connection *c, const char *payload) { put_frame(c, 1, payload, strlen(payload)); }

static int open_tcp(int to, int source) {
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + source)};
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(to), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (fd < 0 || bind(fd, (struct sockaddr *)&from, sizeof from)) fail("socket: %s", strerror(errno));
    if (connect(fd, (struct sockaddr *)&there, sizeof there)) fail("connect to port %d: %s", to, strerror(errno));
    fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

static void start(int index) {
    char request[1024];
    Connection *c = &all[index];
    c->fd = open_tcp(port, index % sources);
    c->state = UPGRADING;
    if (script_lines) c->words = strdup(script[index % script_lines]);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &event);
    int size = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                        index == publisher ? say_path : path, port);
    put(c, request, size);
}

/* The next word of its script, in answer to a text of the server. */
static void say_next(Connection *c) {
    char *word = strsep(&c->words, "\t");
    if (word) put_text(c, word);
}

static void heard(Connection *c, const char *payload, size_t size) {
    if (size == 1 && *payload == '2') return put_text(c, "3");
    if (c->state != READY) {
        if (!memmem(payload, size, ready_mark, strlen(ready_mark))) return say_next(c);
        c->state = READY;
        ready++;
        return;
    }
    size_t length = strlen(count_mark);
    const char *end = payload + size, *at = payload;
    while ((at = memmem(at, end - at, count_mark, length))) counted++, at += length, c->waiting = 0;
}

/* Take whole frames from `bytes`; returns how many bytes that was. */
static size_t take_frames(Connection *c, char *bytes, size_t size) {
    size_t used = 0;
    while (size - used >= 2) {
        unsigned char *frame = (unsigned char *)bytes + used;
        size_t head = 2, length = frame[1] & 127;
        if (length == 126) head = 4;
        if (length == 127) head = 10;
        if (size - used < head) break;
        if (head > 2) {
            length = 0;
            for (size_t i = 2; i < head; i++) length = length << 8 | frame[i];
        }
        if (size - used < head + length) break;
        char *payload = (char *)frame + head;
        int opcode = frame[0] & 15;
        if (opcode == 8) fail("connection %ld was closed with %d", c - all, length < 2 ? 0 : frame[head] << 8 | frame[head + 1]);
        if (opcode == 9) put_frame(c, 10, payload, length);
        if (opcode < 3) heard(c, payload, length);
        used += head + length;
    }
    return used;
}

static void receive(Connection *c) {
    memcpy(chunk, c->rest, c->rest_size);
    ssize_t got = recv(c->fd, chunk + c->rest_size, READ - c->rest_size, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) fail("connection %ld ended: %s", c - all, got ? strerror(errno) : "closed");
    char *bytes = chunk;
    size_t size = c->rest_size + got, used = 0;
    if (c->state == UPGRADING) {
        char *end = memmem(bytes, size, "\r\n\r\n", 4);
        if (end && strncmp(bytes, "HTTP/1.1 101", 12)) fail("connection %ld: %.60s", c - all, bytes);
        if (end) {
            used = end + 4 - bytes;
            c->state = OPENING;
            opened++;
        }
    }
    if (c->state > UPGRADING) used += take_frames(c, bytes + used, size - used);
    c->rest_size = size - used;
    if (c->rest_size) {
        if (c->rest_size > READ / 2) fail("a frame larger than %d bytes", READ / 2);
        c->rest = realloc(c->rest, c->rest_size);
        memcpy(c->rest, bytes + used, c->rest_size);
    }
}

static void keep_alive(void) {
    static long last;
    long second = (long)now();
    if (!keep || second == last) return;
    last = second;
    for (int i = second % KEEP_S; i < n; i += KEEP_S)
        if (all[i].state == READY) put_text(&all[i], keep);
}

/* Serve the connections once; true: there is a line on stdin. */
static int serve(int wait_ms) {
    struct epoll_event events[EVENTS];
    int line = 0, found = epoll_wait(poll_fd, events, EVENTS, wait_ms);
    for (int i = 0; i < found; i++) {
        if (events[i].data.ptr) receive(events[i].data.ptr);
        else line = 1;
    }
    keep_alive();
    return line;
}

static void connect_all(void) {
    int started = 0, whole = n + (publisher >= 0);
    double until = now() + PATIENCE_S;
    while (ready < whole) {
        while (started < whole && started - ready < HANDSHAKES) start(started++);
        serve(100);
        if (now() > until) fail("only %d of %d are ready (%d open) after %d s", ready, whole, opened, PATIENCE_S);
    }
}

static void ask(void) {
    if (publisher >= 0) return put_text(&all[publisher], text);
    if (send(say_fd, "x", 1, MSG_NOSIGNAL) != 1) fail("the publisher is gone");
}

static void fan(int window, double seconds) {
    long asked = 0;
    counted = 0;
    double began = now(), until = began + seconds;
    while (now() < until) {
        while (asked - counted / n < window) ask(), asked++;
        serve(100);
    }
    double patience = now() + DRAIN_S;
    while (counted < asked * n && now() < patience) serve(100);
    printf("{\"broadcasts\": %ld, \"deliveries\": %ld, \"missing\": %ld, \"wall_s\": %.4f}\n", asked, counted, asked * n - counted,
           now() - began);
}

static void echo(double rate, double seconds) {
    counted = 0;
    double began = now(), until = began + seconds, pause = 1 / rate;
    for (int i = 0; i < n; i++) all[i].asked_at = began - pause + pause * i / n, all[i].waiting = 0; /* not all at once */
    long asked = 0;
    while (now() < until) {
        double at = now();
        for (int i = 0; i < n; i++)
            if (!all[i].waiting && all[i].asked_at + pause <= at) put_text(&all[i], text), all[i].asked_at = at, all[i].waiting = 1, asked++;
        serve(1);
    }
    double patience = now() + DRAIN_S;
    while (counted < asked && now() < patience) serve(100);
    printf("{\"echoes\": %ld, \"missing\": %ld, \"wall_s\": %.4f}\n", counted, asked - counted, now() - began);
}

static void obey(void) {
    char line[128];
    int window;
    double rate, seconds;
    ssize_t got = read(0, line, sizeof line - 1);
    if (got <= 0 || !strncmp(line, "quit", 4)) exit(0);
    line[got] = 0;
    if (sscanf(line, "fan %d %lf", &window, &seconds) == 2) fan(window, seconds);
    else if (sscanf(line, "echo %lf %lf", &rate, &seconds) == 2) echo(rate, seconds);
    else fail("what is %s", line);
    fflush(stdout);
}

static void read_script(const char *name) {
    for (char *line = strtok(slurp(name), "\n"); line; line = strtok(NULL, "\n")) {
        script = realloc(script, (script_lines + 1) * sizeof *script);
        script[script_lines++] = line;
    }
}

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++) {
        char *name = strtok(arguments[i], "="), *value = strtok(NULL, "");
        if (!value) fail("%s has no value", name);
        else if (!strcmp(name, "port")) port = atoi(value);
        else if (!strcmp(name, "path")) path = value;
        else if (!strcmp(name, "n")) n = atoi(value);
        else if (!strcmp(name, "sources")) sources = atoi(value);
        else if (!strcmp(name, "ready")) ready_mark = value;
        else if (!strcmp(name, "count")) count_mark = value;
        else if (!strcmp(name, "keep")) keep = value;
        else if (!strcmp(name, "text")) text = slurp(value);
        else if (!strcmp(name, "script")) read_script(value);
        else if (!strcmp(name, "say") && !strncmp(value, "ws:", 3)) say_path = value + 3, publisher = 0;
        else if (!strcmp(name, "say") && !strncmp(value, "tcp:", 4)) say_fd = open_tcp(atoi(value + 4), 0);
        else fail("what is %s", name);
    }
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (publisher == 0) publisher = n;
    all = calloc(n + 1, sizeof *all);
    chunk = malloc(2 * READ);
    poll_fd = epoll_create1(0);
    connect_all();
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, 0, &event);
    printf("{\"ready\": %d}\n", n);
    fflush(stdout);
    for (;;)
        if (serve(1000)) obey();
}
