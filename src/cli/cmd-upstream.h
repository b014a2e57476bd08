/* The verb `candor upstream`. */
#pragma once
#include "base/error.h"

int cd_cmd_upstream (int argc, char **argv, GError **error);
