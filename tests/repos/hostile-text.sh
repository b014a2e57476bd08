#!/usr/bin/env bash
# A work whose files try what a text can do to a terminal: escape sequences, controls, bidi marks, combining and wide characters, a line of a megabyte,
# bytes that are no text, an object that is not there.
source "$(cd "$(dirname "$0")" && pwd)/git.bash"
start "${1:?where to}"

printf '%b' '# Evil \033[2J\033]0;owned\007 work\n\n' \
  'Training took 20 hours on 8 x A100 80GB GPUs \033[31mred\033[0m \0342\0200\0256desrever\0342\0200\0254 e\0314\0201\0314\0201\0314\0201\0314\0201\0314\0201 end.\n\n' \
  'wide 日本語の説明です。漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 end.\n\n' \
  'tab\tseparated \001\002 controls \0302\0205 \0357\0273\0277 end.\n' '\0314\0201combining first\n' 'latin \0351 byte\n' | write README.md
{
  printf 'We train on 8 x A100 GPUs. '
  head -c 1000000 /dev/zero | tr '\0' x
  printf ' Behind-The-Giant\n'
} | write giant.txt
printf 'text\0with\0nul\n' | write nul.txt
head -c 3000 /dev/zero | write blob.bin
echo gone | write gone.txt
: | write empty.txt
{
  printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n'
  printf '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n'
  printf '4 0 obj<</Length 71>>stream\nBT /F 12 Tf 72 700 Td (We used 64 H800 GPUs for the training run.) Tj ET       \nendstream endobj\n'
  printf '5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n'
} | write paper.pdf
commit 'A text that bites'
object=$(git rev-parse HEAD:gone.txt)
rm -f ".git/objects/${object:0:2}/${object:2}"
