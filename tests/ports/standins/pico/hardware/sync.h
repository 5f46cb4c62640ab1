/* hardware/sync.h of the Pico SDK, as far as pico.c goes. */
#ifndef HARDWARE_SYNC_H
#define HARDWARE_SYNC_H

#include "pico.h"
#include <stdint.h>

typedef volatile uint32_t spin_lock_t;

uint32_t save_and_disable_interrupts(void);
void restore_interrupts(uint32_t status);
spin_lock_t *spin_lock_instance(uint lock_num);
void spin_lock_unsafe_blocking(spin_lock_t *lock);
void spin_unlock_unsafe(spin_lock_t *lock);
void spin_lock_claim(uint lock_num);

#endif
