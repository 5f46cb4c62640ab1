/* Rows of the table of misuse, one file for each sort of object. */
#ifndef MISUSE_H
#define MISUSE_H

#include "../test.h"
#include <nanoprom.h>

/* One row: a call and what it returns. */
#define ROW(call, expected) \
    ((call) == (expected) ? (void)0 : test_fault(__FILE__, __LINE__, #call " is " #expected))

/* Each says its statements and returns what main returns. */
int misuse_values(void);
int misuse_families(void);
int misuse_pages(void);
int misuse_http(void);

#endif
