/* A metric of another file that processes share. */
#include <nanoprom_host.h>

#ifdef __cplusplus
extern "C" nprom_int_counter_t shared_elsewhere;
#endif
NPROM_SHARED nprom_int_counter_t shared_elsewhere;
