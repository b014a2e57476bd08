/* Printed JSON. */
#pragma once
#include <cjson/cJSON.h>
#include <glib.h>

/* The finished report: printed, credentials masked, controls escaped, ended by a new line; root is freed. Caller frees. */
char *cd_json_finish (cJSON *root);
