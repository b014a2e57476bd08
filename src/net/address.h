/* Which addresses are of the public internet, by the special-purpose registries of IANA (RFC 6890 and its updates). */
#pragma once
#include <glib.h>
#include <sys/socket.h>

/* Whether a connection to address may be made. Called for every connection, with the address itself: names and redirects cannot get around it. */
typedef gboolean (*CdAddressRule) (const struct sockaddr *address);

/* FALSE for private, loopback, link-local, carrier-grade NAT, documentation, benchmark, multicast and reserved addresses, for IPv6 addresses that hold
 * an IPv4 address of such a kind or are mapped, and for all that is no IP address. */
gboolean cd_address_is_public (const struct sockaddr *address);
/* This machine: 127.0.0.0/8 and ::1. */
gboolean cd_address_is_loopback (const struct sockaddr *address);
/* The address that host spells out, brackets of IPv6 allowed. FALSE where host is a name. */
gboolean cd_address_parse (const char *host, struct sockaddr_storage *address);
