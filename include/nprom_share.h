/*
 * Part of nanoprom_host.h: metrics that a process shares with those it forks, for servers whose workers are forks of
 * one process: whichever of them is scraped shows the totals of all. On Linux, with 64-bit atomics.
 *
 *     #define NPROM_STORAGE NPROM_SHARED
 *     #include <nanoprom_host.h>
 *
 *     static NPROM_SHARED nprom_counter_t requests;
 *     NPROM_DEFINE_HISTOGRAM(latency, NPROM_DEFAULT_BUCKETS);
 *     ...
 *     if (nprom_share() < 0)
 *         fprintf(stderr, "%s\n", nprom_host_message());
 *     for (worker = 1; worker < 4 && fork() > 0; worker++)
 *         continue;
 *
 * NPROM_STORAGE is for what NPROM_DEFINE_... macros define, NPROM_SHARED stands before all else that changes.
 *
 * Updates cost what they always cost. There are no files, and nothing to clean up. Series that a worker adds are on the
 * pages of all. A worker that is killed, by SIGKILL at any moment, blocks nobody and loses nothing that it
 * counted; it may leave an observation in its bucket whose value is missing in the sum, an exemplar that is
 * not replaced any more, and, killed inside nprom_family_remove, a series that stays off the page.
 *
 * A gauge is one cell for all: what is added and taken away adds up, of what is set the last one holds. For a
 * value of each worker, use a family with the label "pid", and let the parent remove those of workers that ended.
 *
 * A family that grows is shared where its nprom_…_growing_t is: declare that NPROM_SHARED, and make it behind
 * nprom_share. Its series lie in memory that nprom_share reserves; nothing of it is given back.
 */
#ifndef NPROM_SHARE_H
#define NPROM_SHARE_H

#ifndef NANOPROM_HOST_H
#error "include nanoprom_host.h, which includes this file"
#endif

/* Puts a static object into the section that is shared. It takes room in the image, zeros included. */
#define NPROM_SHARED __attribute__((section("nprom_shared")))

/*
 * Behind the functions below: shares what lies between two pages, and reserves that many bytes. Given the page that
 * ends the section, so that linkers which drop what is unused keep it.
 */
int32_t nprom_share_between(void *start, void *end, const void *page, size_t room);

extern unsigned char __start_nprom_shared[] __attribute__((visibility("hidden")));
extern unsigned char __stop_nprom_shared[] __attribute__((visibility("hidden")));
extern unsigned char nprom_last_page_[] __attribute__((visibility("hidden")));

#if defined(__x86_64__) || defined(__riscv) || defined(__s390x__)
#define NPROM_PAGE_ "4096"
#else
#define NPROM_PAGE_ "65536"
#endif

/*
 * Shares everything in the section of this program or shared library with processes that are forked later, values
 * as they are. Call it before the first fork and before there are other threads: until it returns, nobody else
 * uses a metric of the section, no signal handler either. The second call does nothing.
 *
 * `room` is address space that is reserved for families that grow, in bytes; 0 is 64 MB. Memory is taken page by page,
 * as series are added, and the amount of the first call holds for all libraries of the program.
 *
 * Only whole pages can be shared. A program that is linked with libnanoprom_host.a, behind its own files, has
 * nothing to do for that. Linked with libnanoprom_host.so, the file that calls this comes last of those that
 * have metrics in the section.
 *
 * Returns NPROM_OK; or NPROM_ERR_SYSTEM, and nothing is shared: the system refused, the section does not end with a
 * page, or a family in it that grows was made already. nprom_host_message tells which.
 */
static inline int32_t nprom_share_sized(size_t room) {
    /* The page that ends the section, behind all else of this file: linkers align the section by it. Not under the
     * name of the one in the archive, of which linkers would take only one then. */
    __asm__ volatile(".ifndef nprom_last_page_\n"
                     ".pushsection nprom_shared, 8191, \"aw\"\n"
                     ".balign " NPROM_PAGE_ "\n"
                     ".weak nprom_last_page_\n"
                     ".hidden nprom_last_page_\n"
                     "nprom_last_page_:\n"
                     ".zero " NPROM_PAGE_ "\n"
                     ".popsection\n"
                     ".endif\n");
    return nprom_share_between(__start_nprom_shared, __stop_nprom_shared, nprom_last_page_, room);
}
static inline int32_t nprom_share(void) {
    return nprom_share_sized(0);
}

#endif
