/* task.h of FreeRTOS, as far as freertos.c goes: the macros of one core. */
#ifndef INC_TASK_H
#define INC_TASK_H

#define taskENTER_CRITICAL_FROM_ISR() portSET_INTERRUPT_MASK_FROM_ISR()
#define taskEXIT_CRITICAL_FROM_ISR(x) portCLEAR_INTERRUPT_MASK_FROM_ISR(x)

#endif
