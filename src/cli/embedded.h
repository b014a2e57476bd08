/* The rules and schemas that the build took into the program. */
#pragma once

/* Make them known to base/data.c. Call once, first. */
void cd_embedded_register (void);
