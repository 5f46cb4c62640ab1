/*
 * Part of nanoprom.h: how values are kept in memory, and that header and library agree on it.
 */
#ifndef NPROM_LAYOUT_H
#define NPROM_LAYOUT_H

#ifndef NANOPROM_H
#error "include nanoprom.h, which includes this file"
#endif

/* ---- Layout: how values are kept, told from what the compiler can do without a lock ------------- */

#if !defined(NPROM_LAYOUT_NATIVE64) && !defined(NPROM_LAYOUT_SPLIT32) && !defined(NPROM_LAYOUT_LOCKED)
#if __GCC_ATOMIC_LLONG_LOCK_FREE == 2
#define NPROM_LAYOUT_NATIVE64
#elif __GCC_ATOMIC_INT_LOCK_FREE == 2
#define NPROM_LAYOUT_SPLIT32
#else
#define NPROM_LAYOUT_LOCKED
#endif
#endif

/*
 * The library defines one of these names, so "undefined reference to nprom_abi_…" means: this header
 * is of another version than the library, or was compiled for another kind of core.
 */
#if defined(NPROM_LAYOUT_NATIVE64)
#define NPROM_ABI_ nprom_abi_1_native64
#elif defined(NPROM_LAYOUT_SPLIT32)
#define NPROM_ABI_ nprom_abi_1_split32
#else
#define NPROM_ABI_ nprom_abi_1_locked
#endif
NPROM_ASSERT_(NPROM_ABI_VERSION == 1, "nanoprom.h and nprom_abi.h are of different versions");

extern const uint8_t NPROM_ABI_;
/* Groups refer to it too: a linker that drops unused sections drops this reference. */
__attribute__((used)) static const uint8_t *const nprom_abi_check_ = &NPROM_ABI_;

NPROM_ASSERT_(sizeof(nprom_cell64_t) == 8 && NPROM_ALIGNOF_(nprom_cell64_t) == 8, "cell");
NPROM_ASSERT_(sizeof(nprom_counter_t) == 16 && NPROM_ALIGNOF_(nprom_counter_t) == 8, "counter");
NPROM_ASSERT_(NPROM_ALIGNOF_(nprom_counter32_t) == 4 && NPROM_ALIGNOF_(nprom_gauge32_t) == 4, "32 bits");
NPROM_ASSERT_(sizeof(nprom_str_t) == 2 * sizeof(void *), "string");
NPROM_ASSERT_(sizeof(nprom_cursor_t) == 240 && sizeof(nprom_frames_t) == 288 &&
                  sizeof(nprom_http_t) == 1408 && sizeof(nprom_push_t) == 640,
              "private memory");
NPROM_ASSERT_(sizeof(nprom_target_t) == 5 * sizeof(void *), "target");
NPROM_ASSERT_(sizeof(nprom_auth_t) == 5 * sizeof(void *), "auth");
NPROM_ASSERT_(sizeof(nprom_int_counter_t) == 8 && sizeof(nprom_counter32_t) == 4, "counters");
NPROM_ASSERT_(sizeof(nprom_gauge_t) == 8 && sizeof(nprom_int_gauge_t) == 8, "gauges");
NPROM_ASSERT_(sizeof(nprom_gauge32_t) == 4, "gauge32");
NPROM_ASSERT_(sizeof(nprom_summary_t) == 16 && sizeof(nprom_untyped_t) == 8, "summary, untyped");
NPROM_ASSERT_(sizeof(nprom_callback_t) == 2 * sizeof(void *), "callback");
NPROM_ASSERT_(sizeof(nprom_info_t) == 2 * sizeof(void *), "info");
NPROM_ASSERT_(sizeof(nprom_state_set_t) == 3 * sizeof(void *), "state set");
NPROM_ASSERT_(sizeof(nprom_family_head_t) == 24, "family head");
NPROM_ASSERT_(offsetof(nprom_counter_t, rest) == 8, "counter");
NPROM_ASSERT_(sizeof(nprom_histogram_t) == (sizeof(void *) == 8 ? 24 : 12), "histogram");
NPROM_ASSERT_(offsetof(nprom_histogram_t, bound_count) == 2 * sizeof(void *), "histogram");
NPROM_ASSERT_(sizeof(nprom_int_histogram_t) == (sizeof(void *) == 8 ? 24 : 16), "int_histogram");
NPROM_ASSERT_(sizeof(nprom_histogram32_t) == sizeof(nprom_int_histogram_t), "histogram32");
NPROM_ASSERT_(offsetof(nprom_histogram32_t, ticks_per_unit) == 2 * sizeof(void *) + 4, "histogram32");
NPROM_ASSERT_(sizeof(nprom_metric_t) == (sizeof(void *) == 8 ? 40 : 20), "metric");
NPROM_ASSERT_(offsetof(nprom_metric_t, help_len) == 4 * sizeof(void *) + 2, "metric");
NPROM_ASSERT_(sizeof(nprom_group_t) == (sizeof(void *) == 8 ? 40 : 24), "group");
NPROM_ASSERT_(offsetof(nprom_group_t, prefix_len) == 3 * sizeof(void *) + 4, "group");
NPROM_ASSERT_(sizeof(nprom_registry_t) == (sizeof(void *) == 8 ? 64 : 40), "registry");
NPROM_ASSERT_(sizeof(nprom_node_t) == (sizeof(void *) == 8 ? 112 : 64), "node");
NPROM_ASSERT_(sizeof(nprom_label_t) == (sizeof(void *) == 8 ? 24 : 12), "label");
NPROM_ASSERT_(sizeof(nprom_label_name_t) == 2 * sizeof(void *), "label name");
NPROM_ASSERT_(sizeof(nprom_family_t) == (sizeof(void *) == 8 ? 88 : 52), "family");
NPROM_ASSERT_(offsetof(nprom_family_t, bound_count) == 8 * sizeof(void *) + 18, "family");

#endif
