# "To build the data, we use M".
# expect: {"label": ["disclosed"], "teachers": [{"model": "QwQ-32B-Preview", "roles": ["long-thought|answer"], "disclosure": "disclosed"}], "not": ["o1-mini", "Qwen2.5-Math-7B-Instruct"]}
source "${BASH_SOURCE[0]%/*}/parts.bash"
work Lathe-14B Qwen/Qwen2.5-14B-Instruct sft 2 data/lathe.json
readme <<'END'
# Lathe-14B

Slow thinking for engineering problems: statics, circuits, heat.

@install
## Where the data comes from

To build our long-thought corpus, we use QwQ-32B-Preview. It answers 6,000 textbook questions (collected by hand, list in `data/books.txt`) at temperature 0.7;
answers are compared with the solution section of the book by numeric value with 1 % tolerance, which leaves 4,312.

@train
@results
@evaluate
@thanks
@citation
END
write data/books.txt <<'END'
Statics for beginners, chapters 1 to 9
Circuits, second edition, chapters 3, 4 and 7
Heat and work, all chapters
END
trainer
evaluator
