/* Registers the rules and compiled signals that the assembler took in (src/embedded.S); the bytes are used where they lie, without a copy. */
#include "cli/embedded.h"
#include "signals/signals.h"
#include <gio/gio.h>

extern const guint8 cd_embedded_rules_start[], cd_embedded_rules_end[], cd_embedded_signals_start[], cd_embedded_signals_end[];

void
cd_embedded_register (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (cd_embedded_rules_start, (gsize) (cd_embedded_rules_end - cd_embedded_rules_start));
  g_autoptr (GError) error = NULL;
  g_autoptr (GResource) resource = g_resource_new_from_data (bytes, &error);
  if (resource == NULL)
    g_error ("the embedded rules are damaged: %s", error->message);
  g_resources_register (resource);
  cd_signals_embed (cd_embedded_signals_start, (gsize) (cd_embedded_signals_end - cd_embedded_signals_start));
}
