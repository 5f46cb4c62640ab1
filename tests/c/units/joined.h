#ifndef JOINED_H
#define JOINED_H
#include <nanoprom.h>
#ifdef __cplusplus
extern "C"
#endif
void receive(void);
#endif
