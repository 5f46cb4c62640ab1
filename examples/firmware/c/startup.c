/* From reset to main, for Cortex-M. Faults end the emulator, so that a test sees a status. */
#include "machine.h"

int main(void);
_Noreturn void reset_handler(void);

/* Addresses that the linker script defines. */
extern uint32_t stack_top[], data_load[], data_start[], data_end[], bss_start[], bss_end[];

enum { STATUS_FAULT = 2, SYS_EXIT_EXTENDED = 0x20, APPLICATION_EXIT = 0x20026 };

_Noreturn void machine_exit(uint32_t status) {
    const uint32_t block[] = {APPLICATION_EXIT, status};
    register uint32_t operation __asm__("r0") = SYS_EXIT_EXTENDED;
    register const uint32_t *argument __asm__("r1") = block;
    __asm__ volatile("bkpt 0xab" : : "r"(operation), "r"(argument) : "memory");
    for (;;)
        ;
}

static void fault_handler(void) {
    machine_exit(STATUS_FAULT);
}

_Noreturn void reset_handler(void) {
    const uint32_t *from = data_load;
    for (uint32_t *to = data_start; to < data_end;)
        *to++ = *from++;
    for (uint32_t *to = bss_start; to < bss_end;)
        *to++ = 0;
    machine_exit((uint32_t)main());
}

/* The system's exceptions; interrupts of peripherals would follow. */
typedef struct {
    uint32_t *stack;
    void (*handlers[15])(void);
} vectors_t;

extern const vectors_t vectors;
__attribute__((section(".vectors"), used)) const vectors_t vectors = {
    stack_top,
    {
        reset_handler,
        fault_handler, /* NMI */
        fault_handler, /* hard fault, and what it stands for where the next three are not enabled */
        fault_handler, /* memory management */
        fault_handler, /* bus */
        fault_handler, /* usage */
        0, 0, 0, 0,
        fault_handler, /* SVCall */
        fault_handler, /* debug monitor */
        0,
        fault_handler, /* PendSV */
        systick_handler,
    },
};
