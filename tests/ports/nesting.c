/* Do sections nest, and come back to what they found? Exit status 0: they do. For host and core. */
#include "nesting.h"
#include <nanoprom.h>

int nesting_fails(void) {
    for (int before = 0; before < 2; before++) {
        uint32_t outer, inner;
        set_interrupts(before);
        outer = nprom_critical_enter();
        if (interrupts_on())
            return 1;
        inner = nprom_critical_enter();
        nprom_critical_exit(inner);
        if (interrupts_on())
            return 2;
        nprom_critical_exit(outer);
        if (interrupts_on() != before)
            return 3;
    }
    set_interrupts(1);
    return 0;
}
