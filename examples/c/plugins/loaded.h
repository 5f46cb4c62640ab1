/* The plugins that are loaded, and the registry of their metrics. */
#ifndef LOADED_H
#define LOADED_H

#include "plugin.h"

extern nprom_registry_t loaded_registry;

/* Both return null, or what is wrong. A name is the file DIRECTORY/NAME.so. */
const char *loaded_add(const char *directory, const char *name);
const char *loaded_remove(const char *name);

/* The plugin of this name; null where it is not loaded. */
const plugin_t *loaded_find(const char *name);

/* Unloads all. Nobody reads a page of the registry any more. */
void loaded_remove_all(void);

#endif
