/*
 * Part of nanoprom.h: registries, whose groups join and leave while others read pages.
 *
 *     static nprom_registry_t plugins = NPROM_REGISTRY_INIT(plugins);
 *     static nprom_node_t node = NPROM_NODE_INIT(&metrics);
 *
 *     int32_t status = nprom_registry_register(&plugins, &node, NULL, 0);
 *     nprom_cursor_init(&cursor, &plugins.group, NPROM_TEXT);
 *
 * And to leave for good, where node and metrics lie in memory that goes away:
 *
 *     nprom_registry_unregister(&plugins, &node);
 *     while (nprom_registry_unlink(&plugins, &node) == NPROM_ERR_BUSY)
 *         wait_a_moment();
 *
 * which goes with readers that say when they read:
 *
 *     if (nprom_scrape_begin(&plugins) == NPROM_OK) {
 *         nprom_encode(&plugins.group, NPROM_TEXT, write_to_peer, &peer);
 *         nprom_scrape_end(&plugins);
 *     }
 *
 * Wherever a group is asked for, the member `group` of a registry stands for all groups that are registered
 * then; only a table cannot include it. A group may be in several registries, by a node for each.
 *
 * What comes and goes together with its memory, a plugin for example, is unregistered first and then
 * unlinked; pages of such a registry are read between nprom_scrape_begin and nprom_scrape_end, whatever reads
 * them: a cursor, nprom_encode, nprom_http_t from the first nprom_http_feed of a request to the end of its answer,
 * nprom_push_t, nprom_frames_t. Only the server and the text files of nanoprom_host.h do that by themselves.
 */
#ifndef NPROM_REGISTRY_H
#define NPROM_REGISTRY_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

extern const nprom_list_t nprom_list_nodes;

/* The first value of the nprom_registry_t of this name: no groups. */
#define NPROM_REGISTRY_INIT(registry) \
    {&nprom_list_nodes, 0, 0, 0, {NPROM_LIST_ROWS_(registry), 0, "", 0, 0, 0, 1, &NPROM_ABI_}}

/* The same, with a prefix (a literal) in front of every name. */
#define NPROM_REGISTRY_INIT_PREFIX(registry, prefix) \
    {&nprom_list_nodes, 0, 0, 0, \
     {NPROM_LIST_ROWS_(registry), 0, "" prefix, 0, 0, (uint8_t)NPROM_LEN_(prefix, 255), 1, &NPROM_ABI_}}

/*
 * The same, with a prefix (a literal) in front of every name and the constant labels of an array on every
 * series. OpenMetrics advises against labels that are the same on everything a target exposes,
 * unless its operator asked for them.
 */
#define NPROM_REGISTRY_INIT_LABELS(registry, prefix, labels) \
    {&nprom_list_nodes, 0, 0, 0, \
     {NPROM_LIST_ROWS_(registry), (labels), "" prefix, 0, NPROM_COUNT16_(labels), \
      (uint8_t)NPROM_LEN_(prefix, 255), 1, &NPROM_ABI_}}

/* Where a group has its rows, one that stands for a list points to that. */
#define NPROM_LIST_ROWS_(list) ((const nprom_metric_t *)(const void *)&(list))

/* The value of an nprom_node_t that is in no registry. */
#define NPROM_NODE_INIT(group) \
    {(group), 0, 0, 0, 0, {0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}}

/* ---- The default registry: groups that join by a line beside their declaration ------------------- */

/*
 * NPROM_JOIN_DEFAULT(metrics); puts a group into the default registry of the program or shared library that it
 * is linked into; from an archive, if anything else of the same object file is used. A group that another of
 * them includes is shown only there. Who never calls nprom_default pays nothing: with --gc-sections
 * the linker drops the pointer. lld keeps the groups with -z nostart-stop-gc; GNU ld does by itself.
 */
#define NPROM_JOIN_DEFAULT(group) \
    __attribute__((used, section("nanoprom_groups"))) static const nprom_group_t *const \
        group##_joined_ = &(group)

extern const nprom_list_t nprom_list_joined;
extern const nprom_group_t *const __start_nanoprom_groups[]
    __attribute__((weak, visibility("hidden")));
extern const nprom_group_t *const __stop_nanoprom_groups[]
    __attribute__((weak, visibility("hidden")));

/*
 * Returns a group that stands for all that joined, wherever a group is asked for; a table cannot include it.
 * nprom_check(nprom_default(), …) finds names that are in two of them.
 */
static inline const nprom_group_t *nprom_default(void) {
    static const struct {
        const nprom_list_t *list;
        const nprom_group_t *const *begin, *const *end;
        nprom_group_t group;
    } all = {&nprom_list_joined, __start_nanoprom_groups, __stop_nanoprom_groups,
             {NPROM_LIST_ROWS_(all), 0, "", 0, 0, 0, 1, &NPROM_ABI_}};
    return &all.group;
}

#endif
