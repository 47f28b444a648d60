#include "epistograph/workers.h"

#include "child.h"
#include "epistograph/error.h"

#include <glib.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FLUSH_BYTES (128 << 10) /* a worker hands over what it has at this size */
#define READ_BYTES (256 << 10)
#define PIECES_PER_WORKER 4     /* queued ahead, so that none waits for the one in front */
#define STUCK_LIMIT 3           /* deaths without getting anywhere, until we give up */
#define FRAMES_MAX (1 << 20)    /* results that may wait for the pieces before theirs, in bytes */
#define TURN_MS 500             /* how long to wait for a sign from any worker */
#define TICK_MAX_US G_USEC_PER_SEC      /* of one wait, when time without a sign is added up */
#define IDLE_FACTOR 5           /* patience with a worker that waits and does not work */

enum frame_type { FRAME_RESULT, FRAME_LOST, FRAME_DONE };

struct frame {                  /* before each result, worker to parent */
	uint32_t type;          /* enum frame_type */
	uint32_t size;          /* bytes that follow */
	struct place place;
};

struct assignment {             /* before each piece, parent to worker */
	uint64_t number;        /* of the piece */
	uint64_t size;          /* bytes of the piece */
	uint32_t skip_count;    /* places that follow the piece */
	uint32_t resumed;       /* 1: places up to `delivered` were handed over before */
	struct place delivered;
};

struct mark {                   /* in memory shared by a worker and the parent */
	_Atomic uint64_t serial;        /* grows with every place entered */
	uint64_t number;                /* of the piece worked on */
	bool entered;                   /* a place of that piece was entered */
	struct place place;             /* the last one */
};

struct piece {
	uint64_t number;        /* 1, 2, 3, ... in their order */
	uint8_t *bytes;
	size_t size;
	GByteArray *frames;     /* whole frames not yet delivered */
	GArray *skips;          /* struct place, ascending: where workers were lost */
	GPtrArray *reasons;     /* char *, one for each skip */
	struct place last;      /* the last place received */
	bool begun, done;       /* something was received; everything was */
	bool slow;              /* a worker was stopped at `slow_at` once: the next time it is lost */
	struct place slow_at;
	int stuck;
};

struct worker {
	pid_t pid;
	int fd;                 /* -1: none */
	struct piece *piece;    /* what it works on, or NULL */
	struct piece *ahead;    /* sent already, so that it need not wait for us, or NULL */
	GByteArray *to_send;
	size_t sent;
	GByteArray *received;
	struct mark *mark;

	/* Since it last showed a sign of life: */
	uint64_t serial_seen;
	int64_t waited_us;      /* time we have waited, not counting time we were stopped ourselves */
	int64_t worked_us;      /* its processor time when that began */
	int64_t looked_us;      /* when we looked last */
};

struct workers {
	struct workers_spec spec;
	struct worker *each;
	uint64_t pieces;        /* submitted so far */
	struct mark *marks;
	GQueue waiting;         /* struct piece *, to be handed out */
	GQueue order;           /* all pieces not fully delivered, in order */
};

struct worker_sink {
	int fd;
	GByteArray *out;
	struct mark *mark;
	struct assignment task;
	struct place *skips;
	struct place entered;
};

static int place_compare(struct place a, struct place b)
{
	if (a.item != b.item)
		return a.item < b.item ? -1 : 1;
	return (a.position > b.position) - (a.position < b.position);
}

/* ---- in the worker ---- */

static void write_all(int fd, const uint8_t *bytes, size_t size)
{
	while (size) {
		ssize_t n = write(fd, bytes, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(0);       /* the parent is gone: nobody wants the rest */
		bytes += n;
		size -= (size_t)n;
	}
}

static void read_all(int fd, void *bytes, size_t size)
{
	uint8_t *to = bytes;

	while (size) {
		ssize_t n = read(fd, to, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(0);
		to += n;
		size -= (size_t)n;
	}
}

static void sink_flush(struct worker_sink *sink)
{
	write_all(sink->fd, sink->out->data, sink->out->len);
	g_byte_array_set_size(sink->out, 0);
}

static void sink_frame(struct worker_sink *sink, enum frame_type type, struct place place,
                       const uint8_t *bytes, size_t size)
{
	struct frame frame = { .type = type, .size = (uint32_t)size, .place = place };

	g_byte_array_append(sink->out, (const guint8 *)&frame, sizeof frame);
	if (size)
		g_byte_array_append(sink->out, bytes, (guint)size);
	if (sink->out->len >= FLUSH_BYTES)
		sink_flush(sink);
}

enum sink_answer sink_enter(struct worker_sink *sink, struct place place)
{
	bool before = sink->task.resumed && place_compare(place, sink->task.delivered) <= 0;

	for (uint32_t i = 0; i < sink->task.skip_count; i++) {
		if (place_compare(place, sink->skips[i]) != 0)
			continue;
		if (!before)
			sink_frame(sink, FRAME_LOST, place, (const uint8_t *)&i, sizeof i);
		return SINK_LOST;
	}
	if (before)
		return SINK_BEFORE;
	sink->entered = place;
	sink->mark->place = place;
	sink->mark->entered = true;
	atomic_fetch_add_explicit(&sink->mark->serial, 1, memory_order_release);
	return SINK_WORK;
}

void sink_alive(struct worker_sink *sink)
{
	atomic_fetch_add_explicit(&sink->mark->serial, 1, memory_order_release);
}

void sink_put(struct worker_sink *sink, const uint8_t *result, size_t size)
{
	sink_frame(sink, FRAME_RESULT, sink->entered, result, size);
}

static void serve(const struct workers_spec *spec, int fd, struct mark *mark)
{
	struct worker_sink sink = { .fd = fd, .out = g_byte_array_new(), .mark = mark };

	for (;;) {
		read_all(fd, &sink.task, sizeof sink.task);
		uint8_t *piece = g_malloc(sink.task.size + 1);
		sink.skips = g_new(struct place, sink.task.skip_count + 1);
		read_all(fd, piece, sink.task.size);
		read_all(fd, sink.skips, sink.task.skip_count * sizeof *sink.skips);
		mark->entered = false;
		mark->number = sink.task.number;
		spec->work(spec->context, piece, sink.task.size, &sink);
		sink_frame(&sink, FRAME_DONE, (struct place){ 0 }, NULL, 0);
		sink_flush(&sink);
		g_free(sink.skips);
		g_free(piece);
	}
}

/* ---- in the parent ---- */

static int worker_start(struct workers *workers, struct worker *worker, struct error *err)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return error_set(err, "cannot start a worker: %s", g_strerror(errno));
	worker->pid = fork();
	if (worker->pid < 0) {
		close(pair[0]);
		close(pair[1]);
		return error_set(err, "cannot start a worker: %s", g_strerror(errno));
	}
	if (worker->pid == 0) {
		child_begin();
		signal(SIGINT, SIG_IGN);        /* Ctrl-C is the parent's to answer */
		signal(SIGPIPE, SIG_IGN);
		for (int i = 0; i < workers->spec.jobs; i++)
			if (workers->each[i].fd >= 0)
				close(workers->each[i].fd);
		close(pair[0]);
		serve(&workers->spec, pair[1], worker->mark);
		_exit(0);
	}
	close(pair[1]);
	worker->fd = pair[0];
	fcntl(worker->fd, F_SETFL, O_NONBLOCK);
	g_byte_array_set_size(worker->received, 0);
	g_byte_array_set_size(worker->to_send, 0);
	worker->sent = 0;
	return 0;
}

/* Processor time of a worker; 0 if the system does not tell. */
static int64_t worker_time_us(const struct worker *worker)
{
	struct timespec used;
	clockid_t clock;

	if (clock_getcpuclockid(worker->pid, &clock) != 0 || clock_gettime(clock, &used) < 0)
		return 0;
	return (int64_t)used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void worker_moved(struct worker *worker)
{
	worker->serial_seen = atomic_load(&worker->mark->serial);
	worker->waited_us = 0;
	worker->worked_us = worker_time_us(worker);
	worker->looked_us = g_get_monotonic_time();
}

/* Send a piece behind what the worker has already. */
static void worker_send_piece(struct worker *worker, const struct piece *piece)
{
	struct assignment task = {
		.number = piece->number, .size = piece->size, .skip_count = piece->skips->len,
		.resumed = piece->begun, .delivered = piece->last,
	};

	if (worker->sent == worker->to_send->len) {
		g_byte_array_set_size(worker->to_send, 0);
		worker->sent = 0;
	}
	g_byte_array_append(worker->to_send, (const guint8 *)&task, sizeof task);
	g_byte_array_append(worker->to_send, piece->bytes, (guint)piece->size);
	g_byte_array_append(worker->to_send, (const guint8 *)piece->skips->data,
	                    (guint)(piece->skips->len * sizeof(struct place)));
}

/* Give a worker what it lacks: something to do, and something to do next. */
static void worker_supply(struct worker *worker, GQueue *waiting, bool ahead)
{
	struct piece **place = ahead ? &worker->ahead : &worker->piece;

	if (*place || g_queue_is_empty(waiting))
		return;
	*place = g_queue_pop_head(waiting);
	worker_send_piece(worker, *place);
	if (!ahead)
		worker_moved(worker);
}

/* A new process in the place of a worker goes on with its pieces. */
static int worker_restart(struct workers *workers, struct worker *worker, struct error *err)
{
	if (worker_start(workers, worker, err) < 0)
		return -1;
	if (worker->piece)
		worker_send_piece(worker, worker->piece);
	if (worker->ahead)
		worker_send_piece(worker, worker->ahead);
	worker_moved(worker);
	return 0;
}

static void piece_free(struct piece *piece)
{
	g_byte_array_unref(piece->frames);
	g_array_unref(piece->skips);
	g_ptr_array_unref(piece->reasons);
	g_free(piece->bytes);
	g_free(piece);
}

static void worker_bury(struct worker *worker)
{
	close(worker->fd);
	worker->fd = -1;
	worker->pid = 0;
}

/* How a worker ended, in words, once its pipe is closed. */
static char *worker_epitaph(struct worker *worker)
{
	int status = 0;

	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status)
	       ? g_strdup_printf("the reader crashed on it: %s", strsignal(WTERMSIG(status)))
	       : g_strdup_printf("the reader ended on it with status %d", WEXITSTATUS(status));
}

/* A worker died or was killed. Note the place it was at, start another and let
 * it go on behind that place. Takes why. */
static int worker_replace(struct workers *workers, struct worker *worker, char *why,
                          struct error *err)
{
	struct piece *piece = worker->piece;
	bool entered = piece && worker->mark->number == piece->number && worker->mark->entered;
	struct place place = worker->mark->place;

	worker_bury(worker);
	if (!piece)
		goto start;
	if (!entered || (piece->begun && place_compare(place, piece->last) <= 0)) {
		if (++piece->stuck >= STUCK_LIMIT) {
			error_set(err, "cannot go on reading: %s, again and again", why);
			g_free(why);
			return -1;
		}
		goto start;
	}
	g_array_append_val(piece->skips, place);
	g_ptr_array_add(piece->reasons, why);
	why = NULL;
start:
	g_free(why);
	return worker_restart(workers, worker, err);
}

/* Move whole frames from a worker to its piece. */
static void worker_collect(struct worker *worker)
{
	size_t used = 0;
	struct frame frame;

	while (worker->received->len - used >= sizeof frame) {
		memcpy(&frame, worker->received->data + used, sizeof frame);
		size_t whole = sizeof frame + frame.size;

		if (worker->received->len - used < whole)
			break;
		struct piece *piece = worker->piece;
		if (frame.type == FRAME_DONE) {
			piece->done = true;
			worker->piece = worker->ahead;
			worker->ahead = NULL;
		} else {
			g_byte_array_append(piece->frames, worker->received->data + used, (guint)whole);
			piece->last = frame.place;
			piece->begun = true;
			piece->stuck = 0;
		}
		used += whole;
	}
	if (used)
		g_byte_array_remove_range(worker->received, 0, (guint)used);
}

/* 1 if something came, 0 if nothing did, -1 with *err. */
static int worker_receive(struct workers *workers, struct worker *worker, struct error *err)
{
	guint before = worker->received->len;

	g_byte_array_set_size(worker->received, before + READ_BYTES);
	ssize_t n = read(worker->fd, worker->received->data + before, READ_BYTES);
	int problem = errno;
	g_byte_array_set_size(worker->received, before + (n > 0 ? (guint)n : 0));
	if (n > 0) {
		worker_moved(worker);
		worker_collect(worker);
		return 1;
	}
	if (n < 0 && (problem == EAGAIN || problem == EINTR))
		return 0;
	if (n < 0)
		kill(worker->pid, SIGKILL);     /* it lives, but cannot be heard */
	return worker_replace(workers, worker, worker_epitaph(worker), err) < 0 ? -1 : 1;
}

static void worker_send(struct worker *worker)
{
	size_t left = worker->to_send->len - worker->sent;

	if (!left)
		return;
	ssize_t n = send(worker->fd, worker->to_send->data + worker->sent, left, MSG_NOSIGNAL);
	if (n > 0)
		worker->sent += (size_t)n;
}

/* Has a worker been at one place for too long? What it works counts, not the time
 * that passes: on a busy or sleeping machine, or while a disk starts, an innocent
 * message must not be lost. Only one that does nothing at all for a multiple of
 * the patience is given up as well. */
static bool worker_is_stuck(struct worker *worker, int64_t patience_us)
{
	int64_t now = g_get_monotonic_time();

	worker->waited_us += MIN(now - worker->looked_us, TICK_MAX_US);
	worker->looked_us = now;
	if (worker->waited_us < patience_us)
		return false;
	return worker_time_us(worker) - worker->worked_us >= patience_us ||
	       worker->waited_us >= IDLE_FACTOR * patience_us;
}

/* Kill a worker that is stuck. The first time at a place another one tries it
 * again: what is lost must not depend on the machine's mood. */
static int worker_watch(struct workers *workers, struct worker *worker, struct error *err)
{
	struct piece *piece = worker->piece;
	struct place place = worker->mark->place;

	if (!piece || atomic_load(&worker->mark->serial) != worker->serial_seen) {
		worker_moved(worker);
		return 0;
	}
	if (!worker_is_stuck(worker, (int64_t)workers->spec.patience_s * G_USEC_PER_SEC))
		return 0;
	kill(worker->pid, SIGKILL);
	g_free(worker_epitaph(worker));
	if (!piece->slow || place_compare(piece->slow_at, place) != 0) {
		piece->slow = true;
		piece->slow_at = place;
		worker_bury(worker);
		return worker_restart(workers, worker, err);
	}
	return worker_replace(workers, worker,
	                      g_strdup_printf("the reader was stopped: no result after %d s",
	                                      workers->spec.patience_s), err);
}

static int deliver_frames(struct workers *workers, struct piece *piece, struct error *err)
{
	const struct workers_spec *spec = &workers->spec;
	struct frame frame;
	size_t used = 0;
	int status = 0;

	while (status == 0 && piece->frames->len - used >= sizeof frame) {
		memcpy(&frame, piece->frames->data + used, sizeof frame);
		const uint8_t *bytes = piece->frames->data + used + sizeof frame;

		if (frame.type == FRAME_LOST) {
			uint32_t which;

			memcpy(&which, bytes, sizeof which);
			status = spec->lost(spec->context, piece->bytes, piece->size, frame.place,
			                    g_ptr_array_index(piece->reasons, which), err);
		} else {
			status = spec->deliver(spec->context, piece->bytes, piece->size, frame.place,
			                       bytes, frame.size, err);
		}
		used += sizeof frame + frame.size;
	}
	g_byte_array_set_size(piece->frames, 0);
	return status;
}

/* Results of a piece that is not the next to be delivered pile up here: beyond a
 * bound they are left in the socket, and the worker waits. */
static bool worker_is_welcome(const struct workers *workers, const struct worker *worker)
{
	return !worker->piece || worker->piece->frames->len < FRAMES_MAX ||
	       worker->piece == g_queue_peek_head((GQueue *)&workers->order);
}

/* Hand out work, wait some time for a sign from any worker, take what comes. */
static int exchange(struct workers *workers, int wait_ms, struct error *err)
{
	struct pollfd *polls = g_newa(struct pollfd, (gsize)workers->spec.jobs);

	for (int i = 0; i < workers->spec.jobs; i++)
		worker_supply(&workers->each[i], &workers->waiting, false);
	for (int i = 0; i < workers->spec.jobs; i++) {
		struct worker *worker = &workers->each[i];

		worker_supply(worker, &workers->waiting, true);
		worker_send(worker);
		polls[i] = (struct pollfd){ .fd = worker->fd };
		if (worker_is_welcome(workers, worker))
			polls[i].events |= POLLIN;
		else
			worker_moved(worker);   /* it may well stand still: nobody listens */
		if (worker->sent < worker->to_send->len)
			polls[i].events |= POLLOUT;
	}
	if (poll(polls, (nfds_t)workers->spec.jobs, wait_ms) < 0 && errno != EINTR)
		return error_set(err, "cannot wait for workers: %s", g_strerror(errno));
	for (int i = 0; i < workers->spec.jobs; i++) {
		int got = polls[i].revents & (POLLIN | POLLHUP | POLLERR)
		          ? worker_receive(workers, &workers->each[i], err) : 0;

		if (got < 0 || (!got && worker_watch(workers, &workers->each[i], err) < 0))
			return -1;
	}
	return 0;
}

/* Deliver what is there, as far as the order allows. That may take long: what the
 * workers write meanwhile is taken after each piece, or they would wait for us. */
static int deliver_ready(struct workers *workers, struct error *err)
{
	struct piece *piece;

	while ((piece = g_queue_peek_head(&workers->order))) {
		if (deliver_frames(workers, piece, err) != 0)
			return -1;
		if (!piece->done)
			break;
		g_queue_pop_head(&workers->order);
		piece_free(piece);
		if (exchange(workers, 0, err) < 0)
			return -1;
	}
	return 0;
}

static int turn(struct workers *workers, struct error *err)
{
	return exchange(workers, TURN_MS, err) < 0 ? -1 : deliver_ready(workers, err);
}

struct workers *workers_new(const struct workers_spec *spec, struct error *err)
{
	struct workers *workers = g_new0(struct workers, 1);

	workers->spec = *spec;
	workers->each = g_new0(struct worker, spec->jobs);
	workers->marks = mmap(NULL, (size_t)spec->jobs * sizeof *workers->marks,
	                      PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int i = 0; i < spec->jobs; i++) {
		workers->each[i].fd = -1;
		workers->each[i].to_send = g_byte_array_new();
		workers->each[i].received = g_byte_array_new();
	}
	if (workers->marks == MAP_FAILED) {
		error_set(err, "cannot share memory with workers: %s", g_strerror(errno));
		workers_free(workers);
		return NULL;
	}
	for (int i = 0; i < spec->jobs; i++) {
		workers->each[i].mark = &workers->marks[i];
		if (worker_start(workers, &workers->each[i], err) < 0) {
			workers_free(workers);
			return NULL;
		}
	}
	return workers;
}

int workers_submit(struct workers *workers, const uint8_t *bytes, size_t size, struct error *err)
{
	struct piece *piece = g_new0(struct piece, 1);

	piece->number = ++workers->pieces;
	piece->bytes = g_memdup2(bytes, size);
	piece->size = size;
	piece->frames = g_byte_array_new();
	piece->skips = g_array_new(FALSE, FALSE, sizeof(struct place));
	piece->reasons = g_ptr_array_new_with_free_func(g_free);
	g_queue_push_tail(&workers->waiting, piece);
	g_queue_push_tail(&workers->order, piece);
	while (g_queue_get_length(&workers->order) >
	       (guint)(PIECES_PER_WORKER * workers->spec.jobs))
		if (turn(workers, err) < 0)
			return -1;
	return 0;
}

int workers_drain(struct workers *workers, struct error *err)
{
	while (!g_queue_is_empty(&workers->order))
		if (turn(workers, err) < 0)
			return -1;
	return 0;
}

void workers_free(struct workers *workers)
{
	struct piece *piece;

	if (!workers)
		return;
	for (int i = 0; i < workers->spec.jobs; i++) {
		struct worker *worker = &workers->each[i];

		if (worker->fd >= 0) {
			kill(worker->pid, SIGKILL);
			g_free(worker_epitaph(worker));
			worker_bury(worker);
		}
		g_byte_array_unref(worker->to_send);
		g_byte_array_unref(worker->received);
	}
	while ((piece = g_queue_pop_head(&workers->order)))
		piece_free(piece);
	g_queue_clear(&workers->waiting);
	if (workers->marks != MAP_FAILED)
		munmap(workers->marks, (size_t)workers->spec.jobs * sizeof *workers->marks);
	g_free(workers->each);
	g_free(workers);
}
