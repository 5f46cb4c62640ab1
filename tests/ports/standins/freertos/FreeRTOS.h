/* FreeRTOS.h and portmacro.h of a Cortex-M port, as far as freertos.c goes. */
#ifndef INC_FREERTOS_H
#define INC_FREERTOS_H

#include <stdint.h>

typedef unsigned long UBaseType_t;

uint32_t ulPortRaiseBASEPRI(void);
void vPortSetBASEPRI(uint32_t ulNewMaskValue);

#define portSET_INTERRUPT_MASK_FROM_ISR() ulPortRaiseBASEPRI()
#define portCLEAR_INTERRUPT_MASK_FROM_ISR(x) vPortSetBASEPRI(x)

#endif
