/* Takes the rules and the compiled signals into the program as they are (a C array of 10 MB compiles slowly); cli/embedded.c registers them.
 * 64: the border that compiled signals need to be used in place. */
.macro embed name, file
.global cd_embedded_\name\()_start
.global cd_embedded_\name\()_end
.balign 64
cd_embedded_\name\()_start:
.incbin "\file"
cd_embedded_\name\()_end:
.byte 0
.endm

.section .rodata
embed rules, embedded.gresource
embed signals, signals.db
.section .note.GNU-stack,"",%progbits
