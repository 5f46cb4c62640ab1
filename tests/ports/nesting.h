#ifndef NESTING_H
#define NESTING_H

int nesting_fails(void);

/* What the machine, or its stand-in, has to say. */
void set_interrupts(int on);
int interrupts_on(void);

#endif
