/* The network engine: which addresses are public, what a connection is refused, how many questions go to one host at once, what the cache keeps. Servers
 * are threads of the test on loopback; nginx and TLS stand in tests/cli/online.bats. */
#include "fixture.h"
#include "net/http-cache.h"
#include "net/http.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* cmocka.h needs the headers above. */
#include <cmocka.h>

static void
classifies_addresses (void **state)
{
  (void) state;
  static const struct {
    const char *host;
    gboolean public;
  } rows[] = {
    { "8.8.8.8", TRUE },
    { "1.1.1.1", TRUE },
    { "100.63.255.255", TRUE },
    { "100.128.0.0", TRUE },
    { "172.15.255.255", TRUE },
    { "172.32.0.0", TRUE },
    { "198.17.255.255", TRUE },
    { "198.20.0.0", TRUE },
    { "223.255.255.255", TRUE },
    { "0.0.0.0", FALSE },
    { "0.1.2.3", FALSE },
    { "10.0.0.1", FALSE },
    { "10.255.255.255", FALSE },
    { "100.64.0.0", FALSE },
    { "100.127.255.255", FALSE },
    { "127.0.0.1", FALSE },
    { "127.255.255.254", FALSE },
    { "169.254.169.254", FALSE },
    { "172.16.0.0", FALSE },
    { "172.31.255.255", FALSE },
    { "192.0.0.8", FALSE },
    { "192.0.2.1", FALSE },
    { "192.168.255.255", FALSE },
    { "198.18.0.0", FALSE },
    { "198.19.255.255", FALSE },
    { "198.51.100.7", FALSE },
    { "203.0.113.7", FALSE },
    { "224.0.0.1", FALSE },
    { "239.255.255.255", FALSE },
    { "240.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "2606:4700:4700::1111", TRUE },
    { "[2a00:1450:4001::200e]", TRUE },
    { "2002:808:808::1", TRUE },     /* 6to4 of 8.8.8.8 */
    { "64:ff9b::808:808", TRUE },    /* NAT64 of 8.8.8.8 */
    { "2002:7f00:1::1", FALSE },     /* 6to4 of 127.0.0.1 */
    { "2002:a00:1::1", FALSE },      /* 6to4 of 10.0.0.1 */
    { "64:ff9b::7f00:1", FALSE },    /* NAT64 of 127.0.0.1 */
    { "64:ff9b::c0a8:101", FALSE },  /* NAT64 of 192.168.1.1 */
    { "64:ff9b:1::808:808", FALSE }, /* local NAT64 */
    { "::", FALSE },
    { "::1", FALSE },
    { "[::1]", FALSE },
    { "::ffff:127.0.0.1", FALSE },
    { "::ffff:8.8.8.8", FALSE },
    { "::127.0.0.1", FALSE },
    { "100::1", FALSE },
    { "2001::1", FALSE },
    { "2001:db8::1", FALSE },
    { "3fff::1", FALSE },
    { "fc00::1", FALSE },
    { "fdff::1", FALSE },
    { "fe80::1", FALSE },
    { "[fe80::1%25eth0]", FALSE },
    { "fec0::1", FALSE },
    { "ff02::1", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    struct sockaddr_storage address;
    if (!cd_address_parse (rows[i].host, &address))
      fail_msg ("%s is an address", rows[i].host);
    if (cd_address_is_public ((const struct sockaddr *) &address) != rows[i].public)
      fail_msg ("%s should be %s", rows[i].host, rows[i].public ? "public" : "refused");
  }
  static const char *const names[] = { "", "localhost", "example.org", "1.2.3", "[]", "127.0.0.1.example.org", "fe80" };
  struct sockaddr_storage address;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_false (cd_address_parse (names[i], &address));
  const struct sockaddr local = { .sa_family = AF_UNIX };
  assert_false (cd_address_is_public (&local));
}

/* --- a server --- */

typedef struct {
  GSocketService *service;
  guint16 port;
  GMutex lock;
  GCond changed;
  guint served, open, most; /* answers given, under way, most at once */
  guint gather;             /* no answer before so many questions are open at once, or some time has passed; 0: at once */
  const char *answer;
  char question[4096]; /* the last one, head and body */
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
} Server;

static gboolean
serve (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer target)
{
  (void) service;
  (void) source;
  Server *server = target;
  char question[4096];
  gsize length = 0;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  while (length < sizeof question - 1) {
    gssize got = g_input_stream_read (input, question + length, sizeof question - 1 - length, NULL, NULL);
    if (got <= 0)
      return TRUE;
    length += (gsize) got;
    question[length] = '\0';
    const char *body = strstr (question, "\r\n\r\n"), *announced = strstr (question, "Content-Length: ");
    gsize expected = announced == NULL ? 0 : (gsize) g_ascii_strtoull (announced + strlen ("Content-Length: "), NULL, 10);
    if (body != NULL && strlen (body + 4) >= expected)
      break;
  }
  g_mutex_lock (&server->lock);
  memcpy (server->question, question, length + 1);
  server->open++;
  server->most = MAX (server->most, server->open);
  g_cond_broadcast (&server->changed);
  gint64 patience = g_get_monotonic_time () + G_USEC_PER_SEC;
  while (server->most < server->gather && g_cond_wait_until (&server->changed, &server->lock, patience))
    ;
  server->served++;
  server->open--;
  g_mutex_unlock (&server->lock);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (output, server->answer, strlen (server->answer), NULL, NULL, NULL);
  return TRUE;
}

static gpointer
run_server (gpointer target)
{
  Server *server = target;
  g_main_context_push_thread_default (server->context);
  GSocketService *service = g_threaded_socket_service_new (64);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0), bound = NULL;
  assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (service), any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL));
  g_signal_connect (service, "run", G_CALLBACK (serve), server);
  g_socket_service_start (service);
  g_mutex_lock (&server->lock);
  server->service = service;
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_cond_broadcast (&server->changed);
  g_mutex_unlock (&server->lock);
  g_main_loop_run (server->loop);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_object_unref (service);
  g_main_context_pop_thread_default (server->context);
  return NULL;
}

static Server *
server_new (const char *answer)
{
  Server *server = g_new0 (Server, 1);
  g_mutex_init (&server->lock);
  g_cond_init (&server->changed);
  server->answer = answer;
  server->context = g_main_context_new ();
  server->loop = g_main_loop_new (server->context, FALSE);
  server->thread = g_thread_new ("server", run_server, server);
  g_mutex_lock (&server->lock);
  while (server->service == NULL)
    g_cond_wait (&server->changed, &server->lock);
  g_mutex_unlock (&server->lock);
  return server;
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* The loop may not have begun to run: it is told to end from within. */
static void
server_free (Server *server)
{
  GSource *source = g_idle_source_new ();
  g_source_set_callback (source, quit, server->loop, NULL);
  g_source_attach (source, server->context);
  g_source_unref (source);
  g_thread_join (server->thread);
  g_main_loop_unref (server->loop);
  g_main_context_unref (server->context);
  g_mutex_clear (&server->lock);
  g_cond_clear (&server->changed);
  g_free (server);
}

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"

/* --- asking --- */

typedef struct {
  guint done[64];
  CdHttpState states[64];
  guint statuses[64];
  guint asked[64];
} Answers;

static gboolean
note (guint index, const CdHttpAnswer *answer, gpointer target)
{
  Answers *answers = target;
  answers->done[index]++;
  answers->states[index] = answer->state;
  answers->statuses[index] = answer->status;
  answers->asked[index] = answer->asked;
  return TRUE;
}

static CdHttpOptions
loopback_options (void)
{
  CdHttpOptions options = cd_http_options ();
  options.permits = NULL;
  options.allow_http = TRUE;
  options.pause = 1;
  options.seconds = 5;
  return options;
}

static void
ask (const CdHttpOptions *options, const char *url, guint length, Answers *answers)
{
  g_autofree CdHttpRequest *requests = g_new0 (CdHttpRequest, length);
  for (guint i = 0; i < length; i++)
    requests[i].url = url;
  g_autoptr (GError) error = NULL;
  *answers = (Answers){ 0 };
  if (!cd_http_ask (options, requests, length, note, answers, &error))
    fail_msg ("%s", error->message);
  for (guint i = 0; i < length; i++)
    assert_int_equal (answers->done[i], 1);
}

static char *
url_of (const Server *server, const char *host)
{
  return g_strdup_printf ("http://%s:%u/", host, server->port);
}

static void
asks_few_at_a_time (void **state)
{
  (void) state;
  Server *server = server_new (ANSWER);
  server->gather = 4;
  CdHttpOptions options = loopback_options ();
  options.per_host = 4;
  Answers answers;
  g_autofree char *url = url_of (server, "127.0.0.1");
  ask (&options, url, 20, &answers);
  for (guint i = 0; i < 20; i++)
    assert_int_equal (answers.statuses[i], 200);
  assert_int_equal (server->served, 20);
  assert_int_equal (server->most, 4);
  server_free (server);
}

static void
post (const CdHttpOptions *options, const Server *server, const char *body, Answers *answers)
{
  static const char *const headers[] = { "Content-Type: application/json", NULL };
  g_autofree char *url = url_of (server, "127.0.0.1");
  CdHttpRequest request = { .url = url, .token = "sesame", .body = body, .headers = headers };
  *answers = (Answers){ 0 };
  assert_true (cd_http_ask (options, &request, 1, note, answers, NULL));
  assert_int_equal (answers->done[0], 1);
}

static void
posts_with_a_token_within_this_machine (void **state)
{
  (void) state;
  g_autofree char *folder = g_dir_make_tmp ("candor-http-XXXXXX", NULL), *kept = g_build_filename (folder, "answers", NULL);
  Server *server = server_new (ANSWER);
  CdHttpOptions options = loopback_options ();
  options.cache = kept;
  options.permits = cd_address_is_loopback;
  Answers answers;
  post (&options, server, "{\"a\": 1}", &answers);
  post (&options, server, "{\"a\": 1}", &answers);
  assert_int_equal (answers.statuses[0], 200);
  assert_int_equal (server->served, 2);
  assert_ptr_equal (strstr (server->question, "POST / HTTP/1.1\r\n"), server->question);
  assert_non_null (strstr (server->question, "\r\nAuthorization: Bearer sesame\r\n"));
  assert_non_null (strstr (server->question, "\r\nContent-Type: application/json\r\n"));
  assert_non_null (strstr (server->question, "\r\n\r\n{\"a\": 1}"));
  assert_null (strstr (server->question, "Expect"));
  assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  server_free (server);
  fixture_remove (folder);
}

static void
keeps_a_token_from_another_port (void **state)
{
  (void) state;
  Server *other = server_new (ANSWER);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", other->port);
  Server *server = server_new (answer);
  CdHttpOptions options = loopback_options ();
  Answers answers;
  post (&options, server, NULL, &answers);
  assert_int_equal (answers.statuses[0], 200);
  assert_null (strstr (server->question, "sesame")); /* without TLS only what is posted carries it */
  assert_int_equal (other->served, 1);
  assert_null (strstr (other->question, "sesame"));
  assert_null (strstr (other->question, "Content-Type"));
  /* What is posted goes nowhere else. */
  post (&options, server, "{}", &answers);
  assert_int_equal (answers.statuses[0], 302);
  assert_non_null (strstr (server->question, "sesame"));
  assert_int_equal (other->served, 1);
  server_free (server);
  server_free (other);
}

#define AFTER(seconds) "HTTP/1.1 429 Later\r\nRetry-After: " seconds "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static void
asks_again_within_bounds (void **state)
{
  (void) state;
  static const struct {
    const char *answer, *body;
    guint served;
  } rows[] = {
    { "HTTP/1.1 500 Broken\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "{}", 4 },
    { "HTTP/1.1 400 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "{}", 1 },
    { AFTER ("0"), "{}", 4 },
    { AFTER ("61"), "{}", 1 },
    { AFTER ("Fri, 01 Jan 2100 00:00:00 GMT"), "{}", 1 },
    { AFTER ("Sat, 01 Jan 2000 00:00:00 GMT"), "{}", 4 },
    { "", NULL, 4 }, /* the connection ends without an answer */
    { "", "{}", 1 }, /* what was sent may have been worked on */
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Server *server = server_new (rows[i].answer);
    CdHttpOptions options = loopback_options ();
    options.attempts = 4;
    Answers answers;
    post (&options, server, rows[i].body, &answers);
    if (server->served != rows[i].served || answers.asked[0] != rows[i].served)
      fail_msg ("asked %u times, and %u told, in case %u: %s", server->served, answers.asked[0], i, rows[i].answer);
    server_free (server);
  }
}

/* An address that is public when the name is looked at, and private when the connection is made. */
static guint rebound;
static gboolean
rebinds (const struct sockaddr *address)
{
  (void) address;
  return rebound++ == 0;
}

static void
puts_the_connected_address_to_the_rule (void **state)
{
  (void) state;
  Server *server = server_new (ANSWER);
  CdHttpOptions options = loopback_options ();
  options.permits = rebinds;
  Answers answers;
  g_autofree char *url = url_of (server, "127.0.0.1");
  ask (&options, url, 1, &answers);
  assert_int_equal (answers.states[0], CD_HTTP_REFUSED);
  assert_int_equal (rebound, 2);
  assert_int_equal (server->served, 0);
  server_free (server);
}

static gboolean
is_first_loopback (const struct sockaddr *address)
{
  struct sockaddr_in ip;
  memcpy (&ip, address, sizeof ip);
  return address->sa_family == AF_INET && ip.sin_addr.s_addr == GUINT32_TO_BE (0x7f000001u);
}

static void
refuses_a_redirect_to_a_private_address (void **state)
{
  (void) state;
  Server *hidden = server_new (ANSWER);
  g_autofree char *answer
      = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2:%u/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", hidden->port);
  Server *server = server_new (answer);
  CdHttpOptions options = loopback_options ();
  options.permits = is_first_loopback;
  Answers answers;
  g_autofree char *url = url_of (server, "127.0.0.1");
  ask (&options, url, 1, &answers);
  assert_int_equal (answers.states[0], CD_HTTP_REFUSED);
  assert_int_equal (server->served, 1);
  assert_int_equal (hidden->served, 0);
  server_free (server);
  server_free (hidden);
}

static void
reads_hostile_answers (void **state)
{
  (void) state;
  static const struct {
    const char *answer;
    CdHttpState state;
    guint status;
  } rows[] = {
    { ANSWER, CD_HTTP_ANSWERED, 200 },
    { "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", CD_HTTP_ANSWERED, 204 },
    { "HTTP/1.1 300 Many\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", CD_HTTP_ANSWERED, 300 },
    { "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", CD_HTTP_REFUSED, 0 },
    { "HTTP/1.1 302 Found\r\nLocation: gopher://127.0.0.1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", CD_HTTP_REFUSED, 0 },
    { "HTTP/1.1 302 Found\r\nLocation: http://[::bad/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", CD_HTTP_MALFORMED, 0 },
    { "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nok", CD_HTTP_MALFORMED, 200 },
    { "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\nok", CD_HTTP_TOO_LARGE, 200 },
    { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\n\r\n", CD_HTTP_ANSWERED, 200 },
    { "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", CD_HTTP_MALFORMED, 200 },
    { "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\n123456", CD_HTTP_TOO_LARGE, 200 },
    { "220 mail.example.org\r\n", CD_HTTP_MALFORMED, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Server *server = server_new (rows[i].answer);
    CdHttpOptions options = loopback_options ();
    options.body_bytes = 5;
    Answers answers;
    g_autofree char *url = url_of (server, "127.0.0.1");
    ask (&options, url, 1, &answers);
    if (answers.states[0] != rows[i].state || answers.statuses[0] != rows[i].status)
      fail_msg ("state %u, status %u of answer %u: %s", answers.states[0], answers.statuses[0], i, rows[i].answer);
    server_free (server);
  }
}

static void
gives_a_deaf_host_up (void **state)
{
  (void) state;
  Server *server = server_new (ANSWER);
  g_autofree char *url = url_of (server, "127.0.0.1");
  server_free (server); /* nobody listens there now */
  CdHttpOptions options = loopback_options ();
  options.pause = 100000; /* asking each again would take minutes */
  Answers answers;
  ask (&options, url, 64, &answers);
  for (guint i = 0; i < 64; i++)
    assert_int_equal (answers.states[i], CD_HTTP_UNREACHABLE);
}

static void
refuses_what_is_no_web_address (void **state)
{
  (void) state;
  static const struct {
    const char *url;
    CdHttpState state;
  } rows[] = {
    { "http://8.8.8.8/", CD_HTTP_REFUSED },
    { "ftp://example.org/", CD_HTTP_REFUSED },
    { "file:///etc/passwd", CD_HTTP_REFUSED },
    { "https://localhost/", CD_HTTP_REFUSED },
    { "https://a.LOCALHOST./", CD_HTTP_REFUSED },
    { "https://0x7f.1/", CD_HTTP_REFUSED },
    { "https://[::1]/", CD_HTTP_REFUSED },
    { "https://", CD_HTTP_MALFORMED },
    { "https://me:secret@example.org/", CD_HTTP_MALFORMED },
    { "", CD_HTTP_MALFORMED },
    { "https://10.1.2.3:99999/", CD_HTTP_MALFORMED },
  };
  CdHttpOptions options = cd_http_options ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Answers answers;
    ask (&options, rows[i].url, 1, &answers);
    if (answers.states[0] != rows[i].state)
      fail_msg ("state %u of \"%s\"", answers.states[0], rows[i].url);
  }
}

static void
keeps_answers (void **state)
{
  (void) state;
  g_autofree char *folder = g_dir_make_tmp ("candor-http-XXXXXX", NULL), *answers = g_build_filename (folder, "answers", NULL);
  const char body[] = "one\0two\nthree";
  CdHttpKept kept = { .status = 404, .asked = g_get_real_time () / G_USEC_PER_SEC, .url = (char *) "https://b/", .etag = (char *) "\"x\"" };
  kept.body = g_bytes_new_static (body, sizeof body);
  cd_http_cache_write (answers, "https://a/", NULL, FALSE, &kept);
  g_autoptr (CdHttpKept) read = cd_http_cache_read (answers, "https://a/", NULL, FALSE, 1000);
  assert_non_null (read);
  assert_int_equal (read->status, 404);
  assert_string_equal (read->url, "https://b/");
  assert_string_equal (read->etag, "\"x\"");
  assert_true (g_bytes_equal (read->body, kept.body));
  assert_true (cd_http_kept_is_fresh (read));
  read->asked -= CD_HTTP_FRESH_SECONDS + 10;
  assert_false (cd_http_kept_is_fresh (read));
  read->asked += 2 * CD_HTTP_FRESH_SECONDS;
  assert_false (cd_http_kept_is_fresh (read)); /* of tomorrow */
  assert_null (cd_http_cache_read (answers, "https://b/", NULL, FALSE, 1000));
  assert_null (cd_http_cache_read (answers, "https://a/", "token", FALSE, 1000));
  assert_null (cd_http_cache_read (answers, "https://a/", NULL, TRUE, 1000));
  g_bytes_unref (kept.body);
  fixture_remove (folder);
}

int
main (void)
{
  g_setenv ("no_proxy", "*", TRUE);
  g_unsetenv ("CURL_CA_BUNDLE");
  g_unsetenv ("SSL_CERT_FILE");
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (classifies_addresses),
    cmocka_unit_test (asks_few_at_a_time),
    cmocka_unit_test (posts_with_a_token_within_this_machine),
    cmocka_unit_test (keeps_a_token_from_another_port),
    cmocka_unit_test (asks_again_within_bounds),
    cmocka_unit_test (puts_the_connected_address_to_the_rule),
    cmocka_unit_test (refuses_a_redirect_to_a_private_address),
    cmocka_unit_test (reads_hostile_answers),
    cmocka_unit_test (gives_a_deaf_host_up),
    cmocka_unit_test (refuses_what_is_no_web_address),
    cmocka_unit_test (keeps_answers),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
