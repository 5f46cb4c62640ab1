/* zephyr/kernel.h, as far as zephyr.c goes: the macros of <zephyr/irq.h> for one core. */
#ifndef ZEPHYR_KERNEL_H
#define ZEPHYR_KERNEL_H

unsigned int arch_irq_lock(void);
void arch_irq_unlock(unsigned int key);

#define irq_lock() arch_irq_lock()
#define irq_unlock(key) arch_irq_unlock(key)

#endif
