/* What is taken for a live credential and what is not, and that a value never survives masking. Values are put together here from parts, so that no
 * line of this file looks like one. */
#include "base/credentials.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define RANDOM20 "Zq8Rk2Vw6Tn4Yc1Hd9Lb"
#define RANDOM35 RANDOM20 "3Xs7Gf5Pj0Wm8Ke"
#define LETTERS34 "QwErTzUiOpAsDfGhJkLyXcVbNmPoIuZtRe"
#define HEX40                                                                                                                                        \
  "9f1c37ab0e4d58f2"                                                                                                                                 \
  "6ba1047ce93d85f0"                                                                                                                                 \
  "2b6e14d7"

static void
test_issued_values_are_found (void **state)
{
  static const char *const lines[][3] = {
    /* before, value, behind */
    { "key = \"", "sk-" RANDOM35, "\"" },
    { "",
      "sk-"
      "ant-api03-" RANDOM35,
      "" },
    { "key: ",
      "sk-"
      "proj-Zq8Rk2Vw6Tn_4Yc1Hd9Lb3Xs7Gf-5Pj0Wm8Ke",
      "'" },
    { "api_key: ", "7b1e94c2-5d0f-4a86-9c3e-2f8d61a05b97", "" },
    { "login(token='",
      "hf"
      "_" LETTERS34,
      "')" },
    { "git clone https://",
      "gh"
      "p_" RANDOM35 "a",
      "@github.com/a/b" },
    { "",
      "github"
      "_pat_" RANDOM35 "_" RANDOM35,
      "" },
    { "aws ",
      "AK"
      "IA"
      "J7QX2MWPK4ZNRT5V",
      " x" },
    { "",
      "AI"
      "za" RANDOM35,
      "" },
    { "slack: ",
      "xo"
      "xb-"
      "71824650913-" RANDOM20,
      "" },
    { "export WANDB_API_KEY=", HEX40, "" },
    { "--wandb_key ", HEX40, " --lr 1" },
    { "\"X-API-KEY\": \"", HEX40, "\"" },
    { "wandb login ", HEX40, "" },
    { "Authorization: Bearer ", RANDOM35, "" },
    { "https://ada:", "Tn4Yc1Hd9Lb3", "@example.org/x" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *text = g_strconcat (lines[i][0], lines[i][1], lines[i][2], NULL);
    gsize start = 0, end = 0;
    if (!cd_credential_find (text, strlen (text), 0, &start, &end))
      fail_msg ("not found: line %u", i);
    g_autofree char *printed = cd_text_printable (text);
    assert_null (strstr (printed, lines[i][1]));
    assert_non_null (strstr (printed, CD_CREDENTIAL_MASK));
    assert_true (g_str_has_prefix (printed, lines[i][0]));
    assert_true (g_str_has_suffix (printed, lines[i][2]));
  }
  (void) state;
}

static void
test_private_keys_are_masked_whole (void **state)
{
  const char *text = "a -----BEGIN RSA "
                     "PRIVATE KEY-----\n" RANDOM35 RANDOM35 "\n" RANDOM35 "\n-----END RSA PRIVATE KEY----- b";
  g_autofree char *masked = cd_credential_mask (text);
  assert_null (strstr (masked, RANDOM20));
  assert_true (g_str_has_suffix (masked, "-----END RSA PRIVATE KEY----- b"));
  (void) state;
}

static void
test_placeholders_and_names_are_left (void **state)
{
  static const char *const lines[] = {
    "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "sk-1234567890abcdef1234567890abcdef",
    "OPENAI_API_KEY=sk-your-key-here-please-0000",
    "api_key=\"EMPTY\"",
    "api_key='token-abc123'",
    "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "hf_YOUR_TOKEN",
    "hf_transformers_model_names_and_some_words",
    "export WANDB_API_KEY=YOUR_WANDB_API_KEY",
    "WANDB_API_KEY=0000000000000000000000000000000000000000",
    "api_key=os.environ[\"OPENAI_API_KEY\"]",
    "--wandb_api_key {your-wandb-api-key}",
    "commit 9f1c37ab0e4d58f26ba1047ce93d85f02b6e14d7",
    "https://user:password@example.org",
    "https://${USER}:${TOKEN}@github.com/a/b",
    "git@github.com:owner/name.git",
    "sk-learn-based-pipeline-for-training-models",
    "sk-llama-8b-2024-06-18-lr1e6-v2",
    "hf_" LETTERS34 "_tokenizer",
    "hf_" LETTERS34 ".from_pretrained",
    "api_key=readKeyFrom" RANDOM20 "(",
    "a+b/AK"
    "IAJ7QX2MWPK4ZNRT5Vqw9",
    "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIn0.SflKxwRJSMeKKF2QT4",
    "https://ada:$GH_PAT_9@github.com/a/b",
    "api_key: 123e4567-e89b-12d3-a456-426614174000",
    "Bearer $TOKEN",
    "the key: mathematics-and-physics-for-reasoning",
  };
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *masked = cd_credential_mask (lines[i]);
    assert_string_equal (masked, lines[i]);
  }
  (void) state;
}

/* Runs that begin again and again must not cost their square. */
static void
test_long_runs_end (void **state)
{
  static const char *const units[] = { "sk-", "api_key=", "-----BEGIN RSA PRIVATE KEY-----", "Bearer ", "a:b@", "A", "_", "wandb login 0" };
  for (guint i = 0; i < G_N_ELEMENTS (units); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    while (text->len < 1u << 20)
      g_string_append (text, units[i]);
    g_autofree char *masked = cd_credential_mask (text->str);
    assert_non_null (masked);
  }
  (void) state;
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_issued_values_are_found),
    cmocka_unit_test (test_private_keys_are_masked_whole),
    cmocka_unit_test (test_placeholders_and_names_are_left),
    cmocka_unit_test (test_long_runs_end),
  };
  return cmocka_run_group_tests (tests, NULL, NULL);
}
