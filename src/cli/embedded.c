/* Registers the resource bundle that the assembler took in (Makefile: embedded.o); the bytes are used where they lie, without a copy. */
#include "cli/embedded.h"
#include <gio/gio.h>

extern const guint8 cd_embedded_start[], cd_embedded_end[];

void
cd_embedded_register (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (cd_embedded_start, (gsize) (cd_embedded_end - cd_embedded_start));
  g_autoptr (GError) error = NULL;
  g_autoptr (GResource) resource = g_resource_new_from_data (bytes, &error);
  if (resource == NULL)
    g_error ("the embedded rules are damaged: %s", error->message);
  g_resources_register (resource);
}
