/* Loading is dlopen and register; unloading is unregister, unlink and dlclose, in this order. */
#define _POSIX_C_SOURCE 200809L
#include "loaded.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

nprom_registry_t loaded_registry = NPROM_REGISTRY_INIT_PREFIX(loaded_registry, "plugin_");

/* A plugin in memory: the node is its place in the registry. */
typedef struct loaded_t {
    struct loaded_t *next;
    void *library;
    const plugin_t *plugin;
    nprom_node_t node;
    char name[32];
} loaded_t;

static loaded_t *all;

/* What points to the plugin of this name, or to the null at the end. */
static loaded_t **find(const char *name) {
    loaded_t **at = &all;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    return at;
}

const plugin_t *loaded_find(const char *name) {
    const loaded_t *found = *find(name);
    return found ? found->plugin : NULL;
}

static const char *open_library(loaded_t *new, const char *directory) {
    char path[1000];
    if (snprintf(path, sizeof path, "%s/%s.so", directory, new->name) >= (int)sizeof path)
        return "the name of the directory is too long";
    new->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!new->library)
        return dlerror();
    new->plugin = (const plugin_t *)dlsym(new->library, "plugin");
    return new->plugin ? NULL : "it is no plugin";
}

static void close_library(loaded_t *gone) {
    if (gone->library)
        dlclose(gone->library);
    free(gone);
}

const char *loaded_add(const char *directory, const char *name) {
    static char fault[200];
    if (*find(name))
        return "it is loaded";
    loaded_t *new = calloc(1, sizeof *new);
    if (!new)
        return "there is no memory";
    const char *why = "no plugin has such a name";
    if (!strchr(name, '/') && strlen(name) < sizeof new->name) {
        strcpy(new->name, name);
        why = open_library(new, directory);
    }
    if (!why && nprom_node_init(&new->node, new->plugin->metrics) != NPROM_OK)
        why = "it has no metrics";
    /* A name that another plugin shows already is refused here, with a sentence. */
    if (!why) {
        int32_t status = nprom_registry_register(&loaded_registry, &new->node, fault, sizeof fault);
        if (status == NPROM_OK) {
            new->next = all;
            all = new;
            return NULL;
        }
        why = status == NPROM_ERR_TABLE ? fault : "the registry is busy";
        /* Since register was called, the node is the registry's; no page shows it, so this is quick. */
        while (nprom_registry_unlink(&loaded_registry, &new->node) == NPROM_ERR_BUSY)
            nanosleep(&(struct timespec){0, 5000000}, NULL);
    }
    /* dlerror's text is valid until the next call of its like. */
    if (why != fault) {
        snprintf(fault, sizeof fault, "%s", why);
        why = fault;
    }
    close_library(new);
    return why;
}

const char *loaded_remove(const char *name) {
    loaded_t **at = find(name), *gone = *at;
    if (!gone)
        return "it is not loaded";
    /* Not found: it was unregistered before, and a page was still being read then. */
    int32_t status = nprom_registry_unregister(&loaded_registry, &gone->node);
    /* Pages that have begun go on showing it; a client that reads slowly must not hold us up for long. */
    for (int tries = 0; tries < 200; tries++) {
        status = nprom_registry_unlink(&loaded_registry, &gone->node);
        if (status != NPROM_ERR_BUSY)
            break;
        nanosleep(&(struct timespec){0, 5000000}, NULL);
    }
    if (status != NPROM_OK)
        return "somebody is reading its page; try again";
    *at = gone->next;
    close_library(gone);
    return NULL;
}

void loaded_remove_all(void) {
    while (all)
        if (loaded_remove(all->name))
            return;
}
