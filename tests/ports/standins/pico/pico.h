/* pico.h of the Pico SDK, as far as pico.c goes. */
#ifndef PICO_H
#define PICO_H

typedef unsigned int uint;

uint get_core_num(void);

#endif
