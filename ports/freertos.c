/*
 * Critical section for FreeRTOS on one Cortex-M core: interrupts off up to
 * configMAX_SYSCALL_INTERRUPT_PRIORITY.
 *
 * Sound: from tasks, from interrupt handlers that may call FreeRTOS, and before the scheduler runs.
 * Sections nest, in each other and in those of the application.
 *
 * Not sound:
 * - Interrupts above configMAX_SYSCALL_INTERRUPT_PRIORITY, which FreeRTOS never masks (none on
 *   Cortex-M0, where it masks all). They may use only what takes no section on a core with
 *   compare-and-swap: nprom_counter_inc, integer counters by up to 2^28, 32-bit counters and gauges.
 * - Several cores (configNUMBER_OF_CORES > 1), which does not compile; RP2040 and RP2350 take pico.c.
 * - Tasks without privilege (MPU ports), where the processor ignores the write without a word.
 *
 * It uses taskENTER_CRITICAL_FROM_ISR in tasks too: on Cortex-M that saves and restores the mask and
 * works anywhere, while taskENTER_CRITICAL counts in a way that ends with everything enabled, even
 * inside taskDISABLE_INTERRUPTS, and asserts in handlers. Elsewhere the macro may do nothing in a
 * task, so other cores do not compile. ESP-IDF's FreeRTOS is another one, with other macros.
 *
 * To use it, compile this file with the application, where FreeRTOSConfig.h is found.
 */
#include "FreeRTOS.h"
#include "task.h"
#include <nanoprom.h>

#if !defined(__ARM_ARCH_PROFILE) || __ARM_ARCH_PROFILE != 'M'
#error "this file is for FreeRTOS on Cortex-M"
#endif
#if defined(configNUMBER_OF_CORES) && configNUMBER_OF_CORES > 1
#error "this file is for one core; RP2040 and RP2350 take pico.c"
#endif

uint32_t nprom_critical_enter(void) {
    return (uint32_t)taskENTER_CRITICAL_FROM_ISR();
}

void nprom_critical_exit(uint32_t state) {
    taskEXIT_CRITICAL_FROM_ISR(state);
}
