/*
 * A program whose plugins come and go while it is scraped: `plugins DIRECTORY`, where their files are. It obeys
 * its standard input until that ends:
 *
 *     load NAME        DIRECTORY/NAME.so: its metrics are on the plugins' page
 *     unload NAME      they are gone, and their memory too
 *     run NAME TRACE   lets it do a job, as a part of this trace
 *
 * It serves two pages. One has the program's own metrics, a list of which is nowhere: all groups join the
 * default registry by a line beside them (jobs.c, network.c). The other is a registry of the plugins that
 * are loaded (loaded.c). Program and plugins share libnanoprom.so.
 */
#include "jobs.h"
#include "loaded.h"
#include <nanoprom_host.h>
#include <stdio.h>
#include <string.h>

static const char *obey(const char *directory, char *line) {
    const char *verb = strtok(line, " "), *name = strtok(NULL, " "), *trace = strtok(NULL, " ");
    int words = !!verb + !!name + !!trace;
    if (words == 2 && strcmp(verb, "load") == 0)
        return loaded_add(directory, name);
    if (words == 2 && strcmp(verb, "unload") == 0)
        return loaded_remove(name);
    if (words == 3 && strcmp(verb, "run") == 0) {
        const plugin_t *found = loaded_find(name);
        if (!found)
            return "it is not loaded";
        jobs_run(name, found, trace);
        return NULL;
    }
    return "load NAME, unload NAME or run NAME TRACE";
}

int main(int argc, char **argv) {
    nprom_server_t *own = NULL, *of_plugins = NULL;
    char line[1000], words[1000];
    if (argc != 2) {
        fprintf(stderr, "usage: plugins DIRECTORY\n");
        return 2;
    }
    /* Each file was compiled by itself: only now it can be seen that no two use the same name. */
    if (nprom_check(nprom_default(), line, sizeof line) != NPROM_OK) {
        fprintf(stderr, "plugins: %s\n", line);
        return 1;
    }
    if (nprom_serve_start(nprom_default(), "127.0.0.1:0", NULL, &own) != NPROM_OK ||
        nprom_serve_start(&loaded_registry.group, "127.0.0.1:0", NULL, &of_plugins) != NPROM_OK) {
        fprintf(stderr, "plugins: %s\n", nprom_host_message());
        return 1;
    }
    printf("Serving http://127.0.0.1:%u/metrics\n", (unsigned)nprom_serve_port(own));
    printf("of the plugins http://127.0.0.1:%u/metrics\n", (unsigned)nprom_serve_port(of_plugins));
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        strcpy(words, line);
        const char *fault = obey(argv[1], words);
        if (fault)
            printf("failed: %s: %s\n", line, fault);
        else
            printf("done: %s\n", line);
        fflush(stdout);
    }
    /* The answers in progress are finished first; then nobody reads what goes away with the plugins. */
    nprom_serve_stop(of_plugins);
    nprom_serve_stop(own);
    loaded_remove_all();
    return 0;
}
