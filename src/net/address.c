/* The address classifier: tables of prefixes, the longest that fits decides. No names are resolved here. */
#include "net/address.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#define CARRIES_IPV4 12u /* NAT64 */
#define CARRIES_6TO4 2u

typedef struct {
  guint8 prefix[16];
  guint bits;
  gboolean open;
  guint carries; /* where an IPv4 address stands in it that decides instead; 0: none */
} Range;

/* IANA's IPv4 special-purpose registry, and multicast. */
static const Range ranges4[] = {
  { { 0, 0, 0, 0 }, 8, FALSE, 0 },      { { 10, 0, 0, 0 }, 8, FALSE, 0 },
  { { 100, 64, 0, 0 }, 10, FALSE, 0 },  { { 127, 0, 0, 0 }, 8, FALSE, 0 },
  { { 169, 254, 0, 0 }, 16, FALSE, 0 }, { { 172, 16, 0, 0 }, 12, FALSE, 0 },
  { { 192, 0, 0, 0 }, 24, FALSE, 0 },   { { 192, 0, 2, 0 }, 24, FALSE, 0 },
  { { 192, 88, 99, 0 }, 24, FALSE, 0 }, { { 192, 168, 0, 0 }, 16, FALSE, 0 },
  { { 198, 18, 0, 0 }, 15, FALSE, 0 },  { { 198, 51, 100, 0 }, 24, FALSE, 0 },
  { { 203, 0, 113, 0 }, 24, FALSE, 0 }, { { 224, 0, 0, 0 }, 4, FALSE, 0 },
  { { 240, 0, 0, 0 }, 4, FALSE, 0 },    { { 0 }, 0, TRUE, 0 },
};

/* Of IPv6 only 2000::/3 is given out; within it stand the exceptions. An IPv4-mapped address never comes from the network. */
static const Range ranges6[] = {
  { { 0x20, 0x01, 0x0d, 0xb8 }, 32, FALSE, 0 },            /* documentation */
  { { 0x20, 0x01, 0x00 }, 23, FALSE, 0 },                  /* protocol assignments, Teredo, ORCHID */
  { { 0x20, 0x02 }, 16, FALSE, CARRIES_6TO4 },             /* 6to4 */
  { { 0x3f, 0xff }, 20, FALSE, 0 },                        /* documentation */
  { { 0x20 }, 3, TRUE, 0 },                                /* global unicast */
  { { 0x00, 0x64, 0xff, 0x9b }, 96, FALSE, CARRIES_IPV4 }, /* NAT64 */
  { { 0 }, 0, FALSE, 0 },                                  /* loopback, mapped, unique-local, link-local, multicast … */
};

static gboolean
fits (const Range *range, const guint8 *address)
{
  guint bytes = range->bits / 8, rest = range->bits % 8;
  guint mask = rest == 0 ? 0 : 0xffu << (8 - rest) & 0xffu;
  return memcmp (range->prefix, address, bytes) == 0 && (rest == 0 || ((range->prefix[bytes] ^ address[bytes]) & mask) == 0);
}

/* The first row that fits; the last one of each table fits all. */
static const Range *
find (const Range *ranges, const guint8 *address)
{
  while (!fits (ranges, address))
    ranges++;
  return ranges;
}

gboolean
cd_address_is_public (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET) {
    struct sockaddr_in ip;
    memcpy (&ip, address, sizeof ip);
    return find (ranges4, (const guint8 *) &ip.sin_addr)->open;
  }
  if (address->sa_family != AF_INET6)
    return FALSE;
  struct sockaddr_in6 ip;
  memcpy (&ip, address, sizeof ip);
  const Range *range = find (ranges6, ip.sin6_addr.s6_addr);
  return range->carries > 0 ? find (ranges4, ip.sin6_addr.s6_addr + range->carries)->open : range->open;
}

gboolean
cd_address_is_loopback (const struct sockaddr *address)
{
  if (address->sa_family == AF_INET) {
    struct sockaddr_in ip;
    memcpy (&ip, address, sizeof ip);
    return ntohl (ip.sin_addr.s_addr) >> 24 == 127;
  }
  if (address->sa_family != AF_INET6)
    return FALSE;
  struct sockaddr_in6 ip;
  memcpy (&ip, address, sizeof ip);
  return IN6_IS_ADDR_LOOPBACK (&ip.sin6_addr);
}

gboolean
cd_address_parse (const char *host, struct sockaddr_storage *address)
{
  memset (address, 0, sizeof *address);
  struct sockaddr_in *ip4 = (struct sockaddr_in *) address;
  struct sockaddr_in6 *ip6 = (struct sockaddr_in6 *) address;
  gsize length = strlen (host);
  g_autofree char *bare = *host == '[' && length > 2 ? g_strndup (host + 1, length - 2) : g_strdup (host);
  bare[strcspn (bare, "%")] = '\0'; /* a zone */
  if (inet_pton (AF_INET, bare, &ip4->sin_addr) == 1)
    ip4->sin_family = AF_INET;
  else if (inet_pton (AF_INET6, bare, &ip6->sin6_addr) == 1)
    ip6->sin6_family = AF_INET6;
  else
    return FALSE;
  return TRUE;
}
